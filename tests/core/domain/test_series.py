"""Series keep their time on the counselor's clock, and move without getting into their own way."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.booking import Booking, Status
from core.domain.errors import Invalid
from core.domain.series import (
    MOST,
    Move,
    Occurrence,
    Place,
    Repeat,
    Rhythm,
    asked_for,
    edition,
    following,
    in_moving_order,
    occurrences,
    place,
    shifted,
)
from core.domain.side import Side
from core.domain.zones import wall_time
from tests.core.domain.booking_examples import START, a_booking

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
QUARTER = timedelta(minutes=15)
ZONES = st.sampled_from(
    ["America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Africa/Cairo", "Pacific/Apia", "UTC"]
)
STARTS = st.datetimes(datetime(2011, 10, 1), datetime(2027, 12, 31)).map(  # noqa: DTZ001 - the zone follows
    lambda each: each.replace(minute=each.minute // 15 * 15, second=0, microsecond=0, tzinfo=UTC)
)
RHYTHMS = st.sampled_from(Rhythm)
TIMES = st.integers(2, MOST)
SHIFTS = st.integers(-28 * 96, 28 * 96).map(lambda quarters: quarters * QUARTER)


def readings(wall: datetime, zone: str) -> list[datetime]:
    """Every instant at which clocks of a zone show this, found by trying all offsets there are."""
    tries = (wall.replace(tzinfo=UTC) + n * QUARTER for n in range(-60, 61))
    return [each for each in tries if wall_time(each, zone) == wall]


@given(STARTS, ZONES, RHYTHMS, TIMES)
def test_every_occurrence_shows_the_same_time_on_the_counselors_clock(
    first: datetime, zone: str, rhythm: Rhythm, times: int
) -> None:
    found = occurrences(first, zone, Repeat(rhythm=rhythm, times=times))
    wall = wall_time(first, zone)
    assert [each.wall for each in found] == [wall + n * rhythm * WEEK for n in range(times)]
    assert found[0].start == first
    expected = [next(iter(readings(each.wall, zone)), None) for each in found[1:]]
    assert [each.start for each in found[1:]] == expected


@given(STARTS, ZONES, RHYTHMS, TIMES)
def test_until_the_last_date_means_as_many_times(
    first: datetime, zone: str, rhythm: Rhythm, times: int
) -> None:
    counted = occurrences(first, zone, Repeat(rhythm=rhythm, times=times))
    last = counted[-1].wall.date()
    assert occurrences(first, zone, Repeat(rhythm=rhythm, until=last)) == counted
    if times < MOST:
        before_the_next = last + rhythm * WEEK - DAY
        assert occurrences(first, zone, Repeat(rhythm=rhythm, until=before_the_next)) == counted


OCTOBER = {
    "Europe/Berlin": (datetime(2026, 10, 20, 14, tzinfo=UTC), datetime(2026, 10, 27, 15, tzinfo=UTC)),
    "America/New_York": (datetime(2026, 10, 30, 18, tzinfo=UTC), datetime(2026, 11, 6, 19, tzinfo=UTC)),
    "Australia/Lord_Howe": (
        datetime(2026, 10, 1, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 8, 0, 0, tzinfo=UTC),
    ),
}


@pytest.mark.parametrize("zone", OCTOBER)
def test_a_series_stays_at_its_time_when_clocks_change(zone: str) -> None:
    first, second = OCTOBER[zone]
    found = occurrences(first, zone, Repeat(rhythm=Rhythm.WEEKLY, times=2))
    assert [each.start for each in found] == [first, second]


def test_a_time_that_clocks_skip_has_no_instant() -> None:
    cairo = occurrences(
        datetime(2026, 4, 16, 22, tzinfo=UTC), "Africa/Cairo", Repeat(rhythm=Rhythm.WEEKLY, times=3)
    )
    midnight = datetime(2026, 4, 17)  # noqa: DTZ001 - a wall time
    assert cairo == [
        Occurrence(wall=midnight, start=datetime(2026, 4, 16, 22, tzinfo=UTC)),
        Occurrence(wall=midnight + WEEK, start=None),
        Occurrence(wall=midnight + 2 * WEEK, start=datetime(2026, 4, 30, 21, tzinfo=UTC)),
    ]


def test_a_time_that_clocks_show_twice_means_the_first() -> None:
    found = occurrences(
        datetime(2026, 10, 18, 0, 30, tzinfo=UTC), "Europe/Berlin", Repeat(rhythm=Rhythm.WEEKLY, times=2)
    )
    assert found[1].start == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"times": 1},
        {"times": MOST + 1},
        {"times": 2, "until": date(2026, 12, 1)},
    ],
)
def test_a_repeat_needs_a_fitting_number_or_a_last_date(wrong: dict[str, object]) -> None:
    with pytest.raises(Invalid, match="bad_repeat"):
        Repeat(rhythm=Rhythm.WEEKLY, **wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("last", [date(2026, 11, 11), date(2026, 11, 4), date(2027, 5, 6), date.max])
def test_a_last_date_must_leave_two_to_twenty_six_sessions(last: date) -> None:
    with pytest.raises(Invalid, match="bad_repeat"):
        occurrences(START, "UTC", Repeat(rhythm=Rhythm.WEEKLY, until=last))


@given(STARTS, ZONES, RHYTHMS, TIMES, SHIFTS)
def test_all_move_by_as_much_on_the_clock(
    first: datetime, zone: str, rhythm: Rhythm, times: int, by: timedelta
) -> None:
    starts = [each.start for each in occurrences(first, zone, Repeat(rhythm=rhythm, times=times))]
    real = [each for each in starts if each is not None]
    moved = shifted(real, first + by, zone)
    on_the_clock = wall_time(first + by, zone) - wall_time(first, zone)
    assert moved[0] == first + by
    expected = [next(iter(readings(wall_time(each, zone) + on_the_clock, zone)), None) for each in real[1:]]
    assert moved[1:] == expected


@given(STARTS, ZONES, RHYTHMS, TIMES, SHIFTS, st.sampled_from([45, 120, 1440]))
def test_a_series_can_always_be_moved_one_by_one(
    first: datetime, zone: str, rhythm: Rhythm, times: int, by: timedelta, minutes: int
) -> None:
    found = occurrences(first, zone, Repeat(rhythm=rhythm, times=times))
    olds = sessions([each.start for each in found if each.start], minutes)
    starts = shifted([each.starts_at for each in olds], first + by, zone)
    moves = [
        Move(old=old, new=to_start(old, start, minutes))
        for old, start in zip(olds, starts, strict=True)
        if start is not None
    ]
    ordered = in_moving_order(moves)
    assert {each.old.id for each in ordered} == {each.old.id for each in moves}
    standing = {each.id: each for each in olds}
    for move in ordered:
        del standing[move.old.id]
        assert not [each for each in standing.values() if overlap(each, move.new)]
        standing[move.new.id] = move.new


def test_later_sessions_go_first_when_moving_forward_and_earlier_ones_when_moving_back() -> None:
    olds = sessions([START + n * WEEK for n in range(3)], 60)
    news = sessions([START + n * WEEK for n in range(1, 4)], 60)
    forward = [Move(old=old, new=new) for old, new in zip(olds, news, strict=True)]
    back = [Move(old=new, new=old) for old, new in zip(olds, news, strict=True)]
    assert in_moving_order(forward) == forward[::-1]
    assert in_moving_order(back[::-1]) == back


def test_what_follows_is_still_to_come_and_in_order_of_time() -> None:
    first, second, third, fourth = sessions([START + n * WEEK for n in range(4)], 60)
    called_off = replace(third, status=Status.CANCELLED)
    every = [fourth, called_off, second, first]
    assert following(every, second) == [second, fourth]
    assert following(every, called_off) == [fourth]
    assert place(every, fourth) == Place(number=4, size=4)
    assert edition(every) == 4
    assert edition([*every[1:], replace(fourth, version=2)]) == 5


def test_only_requests_that_wait_for_the_counselor_are_asked_for() -> None:
    asked, offered, settled = sessions([START + n * WEEK for n in range(3)], 60)
    offered, settled = replace(offered, awaits=Side.CLIENT), replace(settled, status=Status.CONFIRMED)
    assert asked_for([asked, offered, settled]) == [asked]


def sessions(starts: Sequence[datetime], minutes: int) -> list[Booking]:
    return [to_start(a_booking(id=n), start, minutes) for n, start in enumerate(starts, start=1)]


def to_start(booking: Booking, start: datetime, minutes: int) -> Booking:
    end = start + timedelta(minutes=minutes)
    return replace(booking, starts_at=start, ends_at=end, busy_until=end + QUARTER)


def overlap(one: Booking, other: Booking) -> bool:
    return one.starts_at < other.busy_until and other.starts_at < one.busy_until
