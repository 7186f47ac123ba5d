"""Fetching updates; a batch is confirmed to Telegram only when all of it has been carried out."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from telegram import Bot, Update
from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.telegram_errors import wait_seconds
from bot.telegram_setup import ALLOWED_UPDATES

log = logging.getLogger(__name__)

LONG_POLL = 25
LONGEST_PAUSE = 30.0


async def poll(bot: Bot, handle: Callable[[Update], Awaitable[None]]) -> None:
    """Fetch and handle updates until cancelled; a lost network is waited out."""
    offset, pause = None, 1.0
    while True:
        try:
            updates = await bot.get_updates(
                offset=offset, timeout=LONG_POLL, allowed_updates=ALLOWED_UPDATES, read_timeout=LONG_POLL + 10
            )
        except InvalidToken:
            raise
        except TelegramError as error:
            pause = min(pause * 2, LONGEST_PAUSE)
            wait = wait_seconds(error) if isinstance(error, RetryAfter) else pause
            log.warning("no updates from Telegram (%s), again in %.0f s", error, wait)
            await asyncio.sleep(wait)
            continue
        pause = 1.0
        await asyncio.gather(*(_carry_out(handle, update) for update in updates))
        if updates:
            offset = updates[-1].update_id + 1


ATTEMPTS = 3


async def _carry_out(handle: Callable[[Update], Awaitable[None]], update: Update) -> None:
    for attempt in range(ATTEMPTS):
        try:
            await handle(update)
        except Exception:
            log.exception("update %s failed, attempt %s", update.update_id, attempt + 1)
            await asyncio.sleep(0.2 * 4**attempt)
        else:
            return
    log.error("update %s given up after %s attempts", update.update_id, ATTEMPTS)
