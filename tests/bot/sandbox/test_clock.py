"""The sandbox's own clock runs, skips ahead, and remembers how far over a restart."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.sandbox.clock import StandaloneClock


async def test_what_was_skipped_stays_skipped_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "clock.json"
    clock = StandaloneClock(path)
    await clock.advance(timedelta(days=1))
    await clock.advance(timedelta(minutes=10))
    for each in (clock, StandaloneClock(path)):
        ahead = each.now() - datetime.now(UTC)
        assert timedelta(days=1, minutes=9, seconds=59) < ahead <= timedelta(days=1, minutes=10)


async def test_time_cannot_go_back() -> None:
    with pytest.raises(ValueError, match="Time cannot go back"):
        await StandaloneClock().advance(timedelta(seconds=-1))
