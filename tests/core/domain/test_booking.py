"""The life of a booking: its table of moves, and the times a request waits."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.booking import ACTIVE, MOVES, UPCOMING, Status, nudge_at, request_deadline
from core.domain.errors import Conflict
from core.domain.policy import POLICIES, Policy
from tests.core.domain.booking_examples import MADE, START, a_booking

ALLOWED = """
from         pending confirmed in_progress completed no_show declined cancelled expired held
held         yes     yes       -           -         -       -        -         -       -
pending      -       yes       -           -         -       yes      yes       yes     -
confirmed    -       -         yes         yes       yes     -        yes       -       -
in_progress  -       -         -           yes       yes     -        -         -       -
completed    -       -         -           -         yes     -        -         -       -
no_show      -       -         -           yes       -       -        -         -       -
declined     -       -         -           -         -       -        -         -       -
cancelled    -       -         -           -         -       -        -         -       -
expired      -       -         -           -         -       -        -         -       -
"""
TARGETS, *LINES = (line.split() for line in ALLOWED.strip().splitlines())
TABLE = [
    (Status(start), Status(target), mark == "yes")
    for start, *marks in LINES
    for target, mark in zip(TARGETS[1:], marks, strict=True)
]
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
instants = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("start", "target", "allowed"), TABLE, ids=[f"{start}-{target}" for start, target, _ in TABLE]
)
def test_a_booking_moves_along_the_table_and_nowhere_else(
    start: Status, target: Status, allowed: bool
) -> None:
    booking = a_booking(status=start, version=4)
    if allowed:
        assert booking.move(target, reason="time") == a_booking(status=target, version=5, reason="time")
        return
    with pytest.raises(Conflict, match=r"^moved_on$") as refused:
        booking.move(target)
    assert refused.value.details == {"status": start, "booking_id": booking.id}


def test_the_table_names_every_pair_of_statuses() -> None:
    assert len(TABLE) == len({(start, target) for start, target, _ in TABLE}) == len(Status) ** 2
    assert set(MOVES) == set(Status)


@pytest.mark.parametrize("status", Status)
def test_a_booking_takes_its_time_while_it_may_still_happen(status: Status) -> None:
    takes_time = status in {Status.HELD, Status.PENDING, Status.CONFIRMED, Status.IN_PROGRESS}
    assert a_booking(status=status).active is takes_time
    assert (status in ACTIVE) is takes_time
    assert (status in UPCOMING) is (takes_time and status is not Status.HELD)


def test_the_length_of_a_session_is_elapsed_minutes() -> None:
    assert a_booking(ends_at=START + timedelta(minutes=90)).minutes == 90


@pytest.mark.parametrize(
    ("ahead", "wanted"),
    [
        (timedelta(days=10), timedelta(hours=24)),
        (timedelta(hours=27), timedelta(hours=24)),
        (timedelta(hours=26), timedelta(hours=24)),
        (timedelta(hours=25), timedelta(hours=23)),
        (timedelta(hours=3), timedelta(hours=1)),
        (timedelta(minutes=150), timedelta(minutes=30)),
        (timedelta(hours=1), timedelta(minutes=30)),
    ],
)
def test_a_request_waits_a_day_but_no_longer_than_two_hours_before_the_start(
    ahead: timedelta, wanted: timedelta
) -> None:
    assert request_deadline(MADE, MADE + ahead, Policy()) - MADE == wanted


@given(
    created=instants,
    ahead=st.timedeltas(timedelta(), timedelta(days=400)),
    hours=st.integers(POLICIES["request_expiry_hours"].least, POLICIES["request_expiry_hours"].most),
)
def test_the_deadline_is_the_later_of_half_an_hour_and_the_earlier_of_the_other_two(
    created: datetime, ahead: timedelta, hours: int
) -> None:
    start = created + ahead
    deadline = request_deadline(created, start, Policy(chosen={"request_expiry_hours": hours}))
    assert deadline == max(created + 30 * MINUTE, min(created + hours * HOUR, start - 2 * HOUR))


@given(created=instants, wait=st.timedeltas(timedelta(minutes=30), timedelta(days=14)))
def test_the_counselor_is_nudged_with_a_third_of_the_time_left(created: datetime, wait: timedelta) -> None:
    nudge = nudge_at(created, created + wait)
    assert abs((created + wait - nudge) * 3 - wait) <= timedelta(microseconds=3)
    assert created < nudge < created + wait
