"""What two processes do at the very moment a deadline passes, whose clocks are a hair apart."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from telegram import Update

from bot.main import Program, build
from bot.sandbox.phone import Phone, buttons_of, text_of
from core.domain.booking import Status
from core.domain.events import EventName
from core.kit.config import Settings
from core.ports.clock import OffsetClock
from tests.journeys.conftest import House, carried_out
from tests.journeys.walk import PRACTICE, TO_AN_APPROVED_SESSION, Walk

HAIR = timedelta(microseconds=1)
REQUESTS = 6
COUNSELORS = {"Ann Rivera": 1001, "Jonas Weber": 1002}
