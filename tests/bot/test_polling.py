"""Fetching updates from a real server: nothing is lost, whatever fails in between."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import pytest
from telegram import Bot, Update
from telegram.error import InvalidToken

from bot.polling import ATTEMPTS, poll
from bot.telegram_setup import ALLOWED_UPDATES
from tests.servers.troubled_telegram import TroubledTelegram, lost, refused, wait


@dataclass(slots=True)
class Handler:
    """Keeps what it is given; fails as often as `failures` say, and `gate` holds up whatever `slow` names."""

    seen: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    failures: dict[str, int] = field(default_factory=dict)
    slow: set[str] = field(default_factory=set)
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self, update: Update) -> None:
        text = update.message.text or "" if update.message else ""
        self.seen.append(text)
        if text in self.slow:
            await self.gate.wait()
        if self.failures.get(text, 0) > 0:
            self.failures[text] -= 1
            raise RuntimeError(f"no luck with {text}")
        self.done.append(text)


@pytest.fixture
def handler() -> Handler:
    return Handler()


@asynccontextmanager
async def polling(bot: Bot, handle: Callable[[Update], Awaitable[None]]) -> AsyncIterator[asyncio.Task[None]]:
    """Poll meanwhile."""
    task = asyncio.create_task(poll(bot, handle))
    try:
        yield task
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def happens(condition: Callable[[], object], seconds: float = 8) -> None:
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - many things are waited for here
            await asyncio.sleep(0.005)


async def done(handler: Handler, texts: list[str]) -> None:
    await happens(lambda: handler.done == texts)


def pending(telegram: TroubledTelegram) -> list[str]:
    world = telegram.sandbox.world
    return [each.body["message"]["text"] for each in world.updates.pending(world.now())]


async def test_an_update_is_confirmed_only_when_it_and_all_before_it_have_been_carried_out(
    telegram: TroubledTelegram, api: Bot, handler: Handler
) -> None:
    handler.slow = {"second"}
    for text in ("first", "second", "third"):
        await telegram.phone("Dora").send(text)
    async with polling(api, handler):
        await happens(lambda: pending(telegram) == ["second", "third"])
        assert handler.done == ["first", "third"]
        handler.gate.set()
        await happens(lambda: pending(telegram) == [])
    assert handler.seen == ["first", "second", "third"]


async def test_one_who_takes_long_does_not_hold_up_those_who_come_later(
    telegram: TroubledTelegram, api: Bot, handler: Handler
) -> None:
    handler.slow = {"slow"}
    await telegram.phone("Dora").send("slow")
    async with polling(api, handler):
        await happens(lambda: handler.seen == ["slow"])
        for number in range(3):
            await telegram.phone("Emil").send(str(number))
            await done(handler, [str(each) for each in range(number + 1)])
        handler.gate.set()
        await happens(lambda: pending(telegram) == [])
    assert handler.seen == ["slow", "0", "1", "2"]


async def test_what_was_not_finished_comes_again_after_a_restart(
    telegram: TroubledTelegram, api: Bot, handler: Handler
) -> None:
    handler.slow = {"book"}
    await telegram.phone("Dora").send("book")
    async with polling(api, handler):
        await happens(lambda: handler.seen == ["book"])
    assert (handler.done, pending(telegram)) == ([], ["book"])
    handler.gate.set()
    async with polling(api, handler):
        await happens(lambda: pending(telegram) == [])
    assert handler.done == ["book"]


async def test_different_updates_of_a_batch_are_handled_at_once(
    telegram: TroubledTelegram, api: Bot, handler: Handler
) -> None:
    handler.slow = set("01234")
    for number in range(5):
        await telegram.phone("Dora").send(str(number))
    async with polling(api, handler):
        await happens(lambda: handler.seen == ["0", "1", "2", "3", "4"])


async def test_a_failing_update_is_tried_again_and_holds_back_no_other(
    telegram: TroubledTelegram, api: Bot, handler: Handler, caplog: pytest.LogCaptureFixture
) -> None:
    handler.failures = {"first": ATTEMPTS - 1, "hopeless": ATTEMPTS}
    for text in ("first", "hopeless", "third"):
        await telegram.phone("Dora").send(text)
    async with polling(api, handler):
        await happens(lambda: pending(telegram) == [])
        await telegram.phone("Dora").send("later")
        await happens(lambda: "later" in handler.done)
    assert handler.done == ["third", "first", "later"]
    assert handler.seen.count("hopeless") == ATTEMPTS
    given_up = [each for each in caplog.messages if "given up" in each]
    assert len(given_up) == 1


async def test_a_lost_network_is_waited_out(
    telegram: TroubledTelegram, api: Bot, handler: Handler, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.troubles["getupdates"].extend([lost, refused(502, "Bad Gateway")])
    await telegram.phone("Dora").send("book")
    async with polling(api, handler):
        await happens(lambda: handler.done == ["book"])
    waits = [each.getMessage() for each in caplog.records if each.levelno == logging.WARNING]
    assert [each.rpartition(", ")[2] for each in waits] == ["again in 0.5 s", "again in 1.0 s"]


async def test_the_wait_that_telegram_asks_for_is_kept(
    telegram: TroubledTelegram, api: Bot, handler: Handler
) -> None:
    telegram.troubles["getupdates"].append(wait(1))
    await telegram.phone("Dora").send("book")
    begin = asyncio.get_running_loop().time()
    async with polling(api, handler):
        await happens(lambda: handler.done == ["book"])
    assert 0.95 < asyncio.get_running_loop().time() - begin < 3


async def test_a_second_poller_is_got_over(
    telegram: TroubledTelegram, api: Bot, handler: Handler, caplog: pytest.LogCaptureFixture
) -> None:
    async with polling(api, handler):
        await telegram.phone("Dora").send("before")
        await happens(lambda: pending(telegram) == [])
        async with telegram.bot() as other:
            assert await other.get_updates(timeout=0) == ()
        await happens(lambda: "Conflict" in caplog.text or "other getUpdates" in caplog.text)
        await telegram.phone("Dora").send("after")
        await happens(lambda: handler.done == ["before", "after"])


async def test_a_token_that_nobody_knows_ends_it(telegram: TroubledTelegram, handler: Handler) -> None:
    async with telegram.bot("100200300:another-token") as stranger:
        with pytest.raises(InvalidToken):
            await asyncio.wait_for(poll(stranger, handler), 5)


async def test_only_the_kinds_of_updates_that_are_handled_are_asked_for(
    telegram: TroubledTelegram, api: Bot, handler: Handler
) -> None:
    async with polling(api, handler):
        await telegram.phone("Dora").send("book")
        await happens(lambda: handler.done == ["book"])
    assert telegram.sandbox.world.updates.allowed == list(ALLOWED_UPDATES)
