"""A Telegram of our own with two people at their phones, and the bot's side of it."""

from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from bot.sandbox.people import Person
from core.ports.clock import OffsetClock
from tests.servers.troubled_telegram import TroubledTelegram

DORA = Person(id=1003, first_name="Dora", label="Client")
EMIL = Person(id=1004, first_name="Emil", language_code="de", label="Client")


@pytest.fixture
async def telegram(clock: OffsetClock) -> AsyncIterator[TroubledTelegram]:
    """A Bot API server on a real socket."""
    async with TroubledTelegram(clock, (DORA, EMIL)).serving() as telegram:
        yield telegram


@pytest.fixture
async def api(telegram: TroubledTelegram) -> AsyncIterator[Bot]:
    """python-telegram-bot over our own transport."""
    async with telegram.bot() as bot:
        yield bot
