"""getUpdates hands out what is new, once confirmed never again, and to one poller only."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
import telegram

from bot.sandbox.phone import Phone


async def texts(bot: telegram.Bot, **arguments: Any) -> list[str]:
    updates = await bot.get_updates(**arguments)
    return [str(update.message.text) for update in updates if update.message]


async def test_updates_come_again_until_they_are_confirmed(bot: telegram.Bot, clara: Phone) -> None:
    for text in ("a", "b", "c"):
        await clara.send(text)
    updates = await bot.get_updates()
    assert [update.update_id - updates[0].update_id for update in updates] == [0, 1, 2]
    assert await texts(bot, offset=updates[0].update_id, limit=2) == ["a", "b"]
    assert await texts(bot, offset=updates[1].update_id) == ["b", "c"]
    assert await texts(bot) == ["b", "c"]
    assert await texts(bot, offset=-1) == ["c"]
    assert await texts(bot, offset=updates[2].update_id + 1) == []
    assert await texts(bot) == []


async def test_a_waiting_poller_gets_news_at_once(bot: telegram.Bot, clara: Phone) -> None:
    waiting = asyncio.create_task(texts(bot, timeout=20))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    await clara.send("hello")
    async with asyncio.timeout(2):
        assert await waiting == ["hello"]


async def test_a_poller_waits_no_longer_than_it_said(bot: telegram.Bot) -> None:
    begin = asyncio.get_running_loop().time()
    assert await bot.get_updates(timeout=1) == ()
    assert 0.9 < asyncio.get_running_loop().time() - begin < 3


async def test_a_second_poller_ends_the_first(bot: telegram.Bot, clara: Phone, call: Any) -> None:
    waiting = asyncio.create_task(call("getUpdates", timeout=20))
    await asyncio.sleep(0.05)
    second = asyncio.create_task(bot.get_updates(timeout=20))
    assert (await waiting)["description"] == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    await clara.send("hello")
    assert len(await second) == 1


async def test_only_the_kinds_asked_for_are_made(bot: telegram.Bot, clara: Phone) -> None:
    await bot.get_updates(allowed_updates=["my_chat_member"])
    await clara.send("a")
    await clara.block()
    (update,) = await bot.get_updates()
    assert update.my_chat_member is not None
    assert update.my_chat_member.new_chat_member.status == "kicked"
    assert update.my_chat_member.old_chat_member.status == "member"
    await bot.get_updates(allowed_updates=[])
    await clara.unblock()
    await clara.send("b")
    assert [bool(update.message) for update in await bot.get_updates()] == [False, False, True]


async def test_updates_are_kept_for_a_day(bot: telegram.Bot, clara: Phone, clock: Any) -> None:
    await clara.send("old")
    await clock.advance(timedelta(hours=20))
    await clara.send("new")
    await clock.advance(timedelta(hours=4, seconds=1))
    assert await texts(bot) == ["new"]


async def test_polling_is_refused_while_a_webhook_is_set(bot: telegram.Bot) -> None:
    await bot.set_webhook("https://example.org/hook")
    with pytest.raises(telegram.error.Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


async def test_a_location_arrives(bot: telegram.Bot, clara: Phone) -> None:
    await clara.share_location(52.52, 13.405)
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.location == telegram.Location(13.405, 52.52)
