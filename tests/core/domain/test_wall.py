"""Instants on a wall calendar: dates, times of day, and days on which clocks change."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.timespan import Timespan, from_epoch, to_epoch
from core.domain.wall import Piece, Round, WallDay, date_range, date_spans, pieces, wall_day
from core.domain.zones import wall_time

BERLIN, NEW_YORK = "Europe/Berlin", "America/New_York"
HOUR = 3600
FALL, SPRING = date(2026, 10, 25), date(2027, 3, 28)
ZONES = (BERLIN, NEW_YORK, "UTC", "Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Cairo", "Pacific/Apia")


def utc(*when: int) -> datetime:
    return datetime(*when, tzinfo=UTC)  # type: ignore[arg-type, misc]


def cut(zone: str, start: datetime, end: datetime) -> list[Piece]:
    return pieces(zone, Timespan(start=start, end=end))


@pytest.mark.parametrize(
    ("zone", "day", "wanted"),
    [
        (BERLIN, date(2026, 11, 2), WallDay(date=date(2026, 11, 2), seconds=24 * HOUR)),
        (BERLIN, FALL, WallDay(date=FALL, seconds=25 * HOUR, repeated=((2 * HOUR, 3 * HOUR),))),
        (BERLIN, SPRING, WallDay(date=SPRING, seconds=23 * HOUR, skipped=((2 * HOUR, 3 * HOUR),))),
        (
            "Africa/Cairo",
            date(2026, 4, 24),
            WallDay(date=date(2026, 4, 24), seconds=23 * HOUR, skipped=((0, HOUR),)),
        ),
        (
            "Australia/Lord_Howe",
            date(2027, 4, 4),
            WallDay(
                date=date(2027, 4, 4), seconds=24 * HOUR + HOUR // 2, repeated=((HOUR * 3 // 2, 2 * HOUR),)
            ),
        ),
        (
            "Pacific/Apia",
            date(2011, 12, 30),
            WallDay(date=date(2011, 12, 30), seconds=0, skipped=((0, 24 * HOUR),)),
        ),
    ],
)
def test_a_day_is_as_long_as_clocks_make_it(zone: str, day: date, wanted: WallDay) -> None:
    assert wall_day(zone, day) == wanted


def test_a_session_stands_where_the_clock_shows_it() -> None:
    assert cut(NEW_YORK, utc(2026, 11, 3, 15), utc(2026, 11, 3, 15, 45)) == [
        Piece(day=date(2026, 11, 3), start=10 * HOUR, end=10 * HOUR + 45 * 60)
    ]


def test_a_session_over_midnight_stands_on_both_days() -> None:
    assert cut(BERLIN, utc(2026, 11, 2, 22, 30), utc(2026, 11, 2, 23, 30)) == [
        Piece(day=date(2026, 11, 2), start=23 * HOUR + HOUR // 2, end=24 * HOUR),
        Piece(day=date(2026, 11, 3), start=0, end=HOUR // 2),
    ]


def test_in_the_hour_that_comes_twice_each_round_has_its_own_place() -> None:
    first, second = (utc(2026, 10, 25, hour) for hour in (0, 1))
    length = timedelta(minutes=45)
    place = {"day": FALL, "start": 2 * HOUR, "end": 2 * HOUR + 45 * 60}
    assert cut(BERLIN, first, first + length) == [Piece(**place, round=Round.FIRST)]  # type: ignore[arg-type]
    assert cut(BERLIN, second, second + length) == [Piece(**place, round=Round.SECOND)]  # type: ignore[arg-type]


def test_a_session_through_the_whole_night_of_the_change_is_cut_at_each_round() -> None:
    assert cut(BERLIN, utc(2026, 10, 24, 23, 30), utc(2026, 10, 25, 2, 30)) == [
        Piece(day=FALL, start=HOUR * 3 // 2, end=2 * HOUR),
        Piece(day=FALL, start=2 * HOUR, end=3 * HOUR, round=Round.FIRST),
        Piece(day=FALL, start=2 * HOUR, end=3 * HOUR, round=Round.SECOND),
        Piece(day=FALL, start=3 * HOUR, end=HOUR * 7 // 2),
    ]


def test_a_session_over_the_skipped_hour_leaves_it_out() -> None:
    assert cut(BERLIN, utc(2027, 3, 28, 0, 30), utc(2027, 3, 28, 1, 30)) == [
        Piece(day=SPRING, start=HOUR * 3 // 2, end=2 * HOUR),
        Piece(day=SPRING, start=3 * HOUR, end=HOUR * 7 // 2),
    ]


def test_dates_are_found_as_instants() -> None:
    whole = date_range(BERLIN, FALL, FALL)
    assert (whole.start, whole.end) == (utc(2026, 10, 24, 22), utc(2026, 10, 25, 23))
    assert date_spans("Pacific/Apia", date(2011, 12, 30), date(2011, 12, 30)) == []


@given(
    st.sampled_from(ZONES),
    st.integers(to_epoch(utc(2024, 1, 1)), to_epoch(utc(2030, 1, 1))).map(from_epoch),
    st.integers(1, 3 * 24 * HOUR),
)
def test_pieces_are_the_wall_times_of_the_instants_and_lose_none(
    zone: str, start: datetime, seconds: int
) -> None:
    found = cut(zone, start, start + timedelta(seconds=seconds))
    assert sum(each.end - each.start for each in found) == seconds
    instant = to_epoch(start)
    for each in found:
        shown = wall_time(from_epoch(instant), zone)
        assert (shown.date(), (shown - datetime.combine(shown.date(), datetime.min.time())).seconds) == (
            each.day,
            each.start,
        )
        assert 0 <= each.start < each.end <= 24 * HOUR
        instant += each.end - each.start


@given(st.sampled_from(ZONES), st.dates(date(2024, 1, 1), date(2030, 1, 1)))
def test_a_day_s_pieces_fill_it_but_for_what_is_skipped(zone: str, day: date) -> None:
    known = wall_day(zone, day)
    found = [each for span in date_spans(zone, day, day) for each in pieces(zone, Timespan.of_seconds(*span))]
    assert {each.day for each in found} == {day}
    once = [each for each in found if each.round is not Round.SECOND]
    shown = sum(each.end - each.start for each in once)
    assert shown + sum(end - start for start, end in known.skipped) == 24 * HOUR
    again = sum(each.end - each.start for each in found if each.round is Round.SECOND)
    assert again == sum(end - start for start, end in known.repeated)
    assert known.seconds == shown + again
