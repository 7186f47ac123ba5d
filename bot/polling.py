"""Fetching updates; one is confirmed to Telegram only when it and all before it have been carried out."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from telegram import Bot, Update
from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.telegram_errors import wait_seconds
from bot.telegram_setup import ALLOWED_UPDATES

log = logging.getLogger(__name__)

LONG_POLL = 25
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
PATIENCE = 0.2
"""Seconds after which those who take long no longer hold up the others."""
ATTEMPTS = 3


async def poll(bot: Bot, handle: Callable[[Update], Awaitable[None]]) -> None:
    """Fetch and handle updates until cancelled; a lost network is waited out."""
    offset: int | None = None
    begun: dict[int, asyncio.Task[None]] = {}
    try:
        while True:
            for update in await _fetch(bot, offset):
                if update.update_id not in begun:
                    begun[update.update_id] = asyncio.create_task(_carry_out(handle, update))
            if begun:
                await asyncio.wait(begun.values(), timeout=PATIENCE)
                offset = _unfinished(begun)
                begun = {number: task for number, task in begun.items() if number >= offset}
    finally:
        for task in begun.values():
            task.cancel()
        await asyncio.gather(*begun.values(), return_exceptions=True)


def _unfinished(begun: dict[int, asyncio.Task[None]]) -> int:
    """The first update that is still worked on, or the one that comes next."""
    return min((number for number, task in begun.items() if not task.done()), default=max(begun) + 1)


async def _fetch(bot: Bot, offset: int | None) -> Sequence[Update]:
    """What there is from `offset` on, waited for until there is something or the long poll ends."""
    pause = FIRST_PAUSE
    while True:
        try:
            return await bot.get_updates(
                offset=offset, timeout=LONG_POLL, allowed_updates=ALLOWED_UPDATES, read_timeout=LONG_POLL + 10
            )
        except InvalidToken:
            raise
        except TelegramError as error:
            wait = wait_seconds(error) if isinstance(error, RetryAfter) else pause
            log.warning("no updates from Telegram (%s), again in %.1f s", error, wait)
            await asyncio.sleep(wait)
            pause = min(pause * 2, LONGEST_PAUSE)


async def _carry_out(handle: Callable[[Update], Awaitable[None]], update: Update) -> None:
    for attempt in range(1, ATTEMPTS + 1):
        try:
            await handle(update)
        except Exception:
            log.exception("update %s failed, attempt %s", update.update_id, attempt)
        else:
            return
        if attempt < ATTEMPTS:
            await asyncio.sleep(0.05 * 4**attempt)
    log.error("update %s given up after %s attempts", update.update_id, ATTEMPTS)
