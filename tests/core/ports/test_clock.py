"""Clocks tell aware UTC instants, and an offset clock moves only forward."""

from datetime import UTC, datetime, timedelta

import pytest

from core.ports.clock import FixedClock, OffsetClock, SystemClock

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def test_the_system_clock_tells_an_aware_instant_in_utc() -> None:
    before = datetime.now(UTC)
    now = SystemClock().now()
    assert before <= now <= datetime.now(UTC)
    assert now.tzinfo is UTC


async def test_an_offset_clock_is_ahead_by_what_it_was_advanced() -> None:
    clock = OffsetClock(FixedClock(NOON))
    await clock.advance(timedelta(hours=1))
    await clock.advance(timedelta(minutes=5))
    assert (clock.now(), clock.offset) == (NOON + timedelta(minutes=65), timedelta(minutes=65))


async def test_an_offset_clock_runs_with_its_base() -> None:
    clock = OffsetClock(SystemClock())
    await clock.advance(timedelta(days=1))
    first = clock.now()
    assert first - datetime.now(UTC) > timedelta(hours=23)
    assert clock.now() >= first


async def test_time_does_not_run_backwards() -> None:
    clock = OffsetClock(FixedClock(NOON))
    with pytest.raises(ValueError, match="backwards"):
        await clock.advance(timedelta(seconds=-1))
    assert clock.now() == NOON


async def test_listeners_hear_of_an_advance_while_they_listen() -> None:
    clock = OffsetClock(FixedClock(NOON))
    heard: list[datetime] = []
    with clock.listening(lambda: heard.append(clock.now())):
        await clock.advance(timedelta(hours=1))
    await clock.advance(timedelta(hours=1))
    assert heard == [NOON + timedelta(hours=1)]
