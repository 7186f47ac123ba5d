"""Taken times keep whole seconds and never shrink on the way there."""

from datetime import UTC, datetime, timedelta

import pytest

from core.domain.taken import Taken, TakenKind

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
SECOND = int(NOON.timestamp())
BIT = timedelta(microseconds=1)


def test_parts_of_a_second_widen_a_taken_time() -> None:
    taken = Taken.between(NOON + BIT, NOON + 2 * BIT, TakenKind.BOOKING, NOON + timedelta(seconds=1) + BIT)
    assert taken == Taken(start=SECOND, end=SECOND + 1, busy_until=SECOND + 2, kind=TakenKind.BOOKING)


def test_without_a_buffer_a_taken_time_is_busy_until_its_end() -> None:
    taken = Taken.between(NOON, NOON + timedelta(hours=1), TakenKind.EXTERNAL)
    assert (taken.end, taken.busy_until) == (SECOND + 3600, SECOND + 3600)


@pytest.mark.parametrize(("end", "busy_until"), [(0, 0), (-1, 5), (60, 59)])
def test_a_taken_time_that_takes_nothing_is_refused(end: int, busy_until: int) -> None:
    with pytest.raises(ValueError, match="must end after it starts"):
        Taken(start=0, end=end, busy_until=busy_until, kind=TakenKind.HOLD)
