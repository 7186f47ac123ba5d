"""A phone does what a phone can do, and nothing else."""

import asyncio
from typing import Any

import pytest
import telegram
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.sandbox.phone import CannotDo, Phone


async def test_a_deep_link_starts_with_its_payload(bot: telegram.Bot, clara: Phone) -> None:
    await clara.start("c_ann-1")
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.text == "/start c_ann-1"
    assert update.message.parse_entities() == {update.message.entities[0]: "/start"}
    assert update.effective_user is not None
    assert update.effective_user.language_code == "en"


@pytest.mark.parametrize("payload", ["a b", "ä", "x" * 65])
async def test_no_app_opens_a_malformed_deep_link(clara: Phone, payload: str) -> None:
    with pytest.raises(CannotDo):
        await clara.start(payload)
    assert clara.messages == []


async def test_a_text_too_long_is_sent_in_pieces(bot: telegram.Bot, clara: Phone) -> None:
    await clara.send("ä" * 65_000)
    lengths = [len(update.message.text or "") for update in await bot.get_updates() if update.message]
    assert lengths == [4096] * 15 + [65_000 - 15 * 4096]


async def test_blocked_phones_say_nothing_until_the_bot_is_started_anew(
    bot: telegram.Bot, clara: Phone
) -> None:
    await clara.start()
    await clara.block()
    for attempt in (clara.send("x"), clara.tap_data("x", 1), clara.share_location(1, 1)):
        with pytest.raises(CannotDo, match="unblock it first"):
            await attempt
    await clara.start()
    kinds = [
        (update.my_chat_member.new_chat_member.status if update.my_chat_member else "message")
        for update in await bot.get_updates()
    ]
    assert kinds == ["message", "kicked", "member", "message"]


async def test_blocking_a_bot_never_started_changes_nothing(bot: telegram.Bot, clara: Phone) -> None:
    await clara.block()
    assert not clara.blocked
    assert await bot.get_updates() == ()


async def test_nonsense_cannot_be_sent(clara: Phone) -> None:
    with pytest.raises(CannotDo, match="empty"):
        await clara.send(" \n")
    with pytest.raises(CannotDo, match="place"):
        await clara.share_location(91, 0)


async def test_the_newest_message_with_the_button_is_tapped(bot: telegram.Bot, clara: Phone) -> None:
    await clara.start()
    for number in ("1", "2"):
        buttons = [
            InlineKeyboardButton("Book now", callback_data=f"now:{number}"),
            InlineKeyboardButton("Book", callback_data=f"book:{number}"),
        ]
        sent = await bot.send_message(clara.person.id, number, reply_markup=InlineKeyboardMarkup([buttons]))
    assert (await clara.tap("Book")).data == "book:2"
    assert (await clara.tap("now")).data == "now:2"
    assert (await clara.tap("Book", message_id=sent.message_id - 1)).data == "book:1"


async def test_waiting_for_a_message_sees_edits_too(bot: telegram.Bot, clara: Phone) -> None:
    await clara.start()
    sent = await bot.send_message(clara.person.id, "Please wait …")
    waiting = asyncio.create_task(clara.wait_for("Done", button="Home"))
    await asyncio.sleep(0.02)
    assert not waiting.done()
    home = InlineKeyboardMarkup([[InlineKeyboardButton("Home", callback_data="home")]])
    await sent.edit_text("Done", reply_markup=home)
    assert (await waiting)["message_id"] == sent.message_id
    with pytest.raises(TimeoutError, match="Clara waited for 'Done' ''; saw last: \\['Done'\\]"):
        await clara.wait_for("Done", after=sent.message_id, seconds=0.05)


async def test_an_answer_to_a_tap_can_be_waited_for(bot: telegram.Bot, clara: Phone) -> None:
    await clara.start()
    tap = await clara.tap_data("x", 1)
    waiting = asyncio.create_task(clara.wait_for_answer(tap))
    await asyncio.sleep(0.02)
    await bot.answer_callback_query(tap.id, "Hello")
    assert await waiting == "Hello"


async def test_unknown_people_are_not_found(sandbox: Any) -> None:
    with pytest.raises(KeyError):
        sandbox.person("Nobody")
