"""Timespans are half-open and live in UTC; seconds are rounded the way one asks for."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.timespan import Timespan, from_epoch, to_epoch, to_epoch_up, to_seconds

NINE = datetime(2026, 11, 2, 9, tzinfo=UTC)
TEN = NINE + timedelta(hours=1)
ELEVEN = NINE + timedelta(hours=2)
NEW_YORK = ZoneInfo("America/New_York")
SECOND_PASS = datetime(2026, 11, 1, 1, 30, tzinfo=NEW_YORK, fold=1)


def test_a_timespan_is_kept_in_utc() -> None:
    span = Timespan(start=SECOND_PASS, end=SECOND_PASS + timedelta(hours=2))
    assert (span.start, span.start.tzinfo) == (datetime(2026, 11, 1, 6, 30, tzinfo=UTC), UTC)


def test_touching_timespans_do_not_overlap() -> None:
    assert not Timespan(start=NINE, end=TEN).overlaps(Timespan(start=TEN, end=ELEVEN))


def test_timespans_that_share_a_moment_overlap() -> None:
    almost = TEN - timedelta(microseconds=1)
    assert Timespan(start=NINE, end=TEN).overlaps(Timespan(start=almost, end=ELEVEN))


def test_a_timespan_contains_its_start_and_not_its_end() -> None:
    span = Timespan(start=NINE, end=TEN)
    assert [span.contains(each) for each in (NINE, TEN - timedelta(microseconds=1), TEN)] == [
        True,
        True,
        False,
    ]


def test_both_passes_of_a_repeated_hour_make_a_timespan() -> None:
    first_pass = SECOND_PASS.replace(fold=0)
    assert Timespan(start=first_pass, end=SECOND_PASS) == Timespan.of_seconds(1793511000, 1793514600)


def test_a_timespan_without_a_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="must end after it starts"):
        Timespan(start=NINE, end=NINE)


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone: 2026-11-02T09:00:00"):
        Timespan(start=NINE.replace(tzinfo=None), end=TEN)
    with pytest.raises(ValueError, match="without a zone"):
        to_epoch(NINE.replace(tzinfo=None))


def test_the_repeated_hour_is_told_apart_in_seconds() -> None:
    assert to_epoch(SECOND_PASS) - to_epoch(SECOND_PASS.replace(fold=0)) == 3600


@given(st.datetimes(timezones=st.just(UTC)))
def test_seconds_are_rounded_down_or_up_around_the_instant(instant: datetime) -> None:
    low, high = from_epoch(to_epoch(instant)), to_epoch_up(instant)
    assert low == instant.replace(microsecond=0)
    assert high == to_epoch(instant) + (1 if instant.microsecond else 0)


def test_a_duration_is_rounded_up_to_seconds() -> None:
    assert [to_seconds(timedelta(days=1)), to_seconds(timedelta(microseconds=1))] == [86_400, 1]
