"""What becomes of a session: status, who was absent, refund, and the times that are kept."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.booking import Booking, Refund, Status
from core.domain.errors import Conflict
from core.domain.outcome import Outcome, outcome_of, settled, started
from core.domain.side import Side
from tests.core.domain.booking_examples import START, a_booking

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
LATER = START + 3 * HOUR
CAME_TO = {
    Outcome.TOOK_PLACE: (Status.COMPLETED, None, None),
    Outcome.CLIENT_ABSENT: (Status.NO_SHOW, Side.CLIENT, 0),
    Outcome.COUNSELOR_ABSENT: (Status.NO_SHOW, Side.COUNSELOR, 100),
}


def running(**changes: object) -> Booking:
    """A session that its counselor has started."""
    return started(a_booking(status=Status.CONFIRMED, **changes), START)


@pytest.mark.parametrize("before", [Status.CONFIRMED, Status.IN_PROGRESS])
@pytest.mark.parametrize("outcome", Outcome)
def test_an_outcome_says_who_came_and_what_comes_back(before: Status, outcome: Outcome) -> None:
    booking = a_booking(status=before, version=4)
    done = settled(booking, outcome, LATER)
    status, absent, percent = CAME_TO[outcome]
    refund = None if percent is None else Refund(percent=percent, amount=booking.price.percent(percent))
    assert (done.status, done.absent, done.refund) == (status, absent, refund)
    assert (done.version, done.sequence, done.closed_at) == (5, booking.sequence, LATER)
    assert outcome_of(done) is outcome


@pytest.mark.parametrize("first", Outcome)
@pytest.mark.parametrize("second", Outcome)
def test_every_outcome_can_be_corrected_into_every_other(first: Outcome, second: Outcome) -> None:
    done = settled(a_booking(status=Status.CONFIRMED), first, START + HOUR)
    if first is second:
        with pytest.raises(Conflict, match=r"^moved_on$"):
            settled(done, second, LATER)
        return
    corrected = settled(done, second, LATER)
    fresh = settled(a_booking(status=Status.CONFIRMED), second, LATER)
    assert outcome_of(corrected) is second
    assert (corrected.absent, corrected.refund) == (fresh.absent, fresh.refund)
    assert (corrected.version, corrected.closed_at) == (done.version + 1, START + HOUR)


@pytest.mark.parametrize(
    "status", [Status.HELD, Status.PENDING, Status.DECLINED, Status.CANCELLED, Status.EXPIRED]
)
def test_what_was_never_agreed_or_called_off_has_no_outcome(status: Status) -> None:
    booking = a_booking(status=status)
    assert outcome_of(booking) is None
    with pytest.raises(Conflict, match=r"^moved_on$"):
        settled(booking, Outcome.TOOK_PLACE, LATER)


def test_the_start_is_kept_as_it_was() -> None:
    begun = started(a_booking(status=Status.CONFIRMED, version=2), START + 4 * MINUTE)
    assert (begun.status, begun.started_at, begun.version) == (Status.IN_PROGRESS, START + 4 * MINUTE, 3)


def test_an_end_that_is_said_at_about_the_end_is_kept() -> None:
    session = running()
    for now in (session.ends_at - 20 * MINUTE, session.ends_at + 10 * MINUTE):
        assert settled(session, Outcome.TOOK_PLACE, now).ended_at == now


def test_an_end_that_was_observed_is_kept_whenever_it_is_said() -> None:
    session = replace(running(), ended_at=START + 40 * MINUTE)
    for now in (session.ends_at, session.ends_at + 5 * HOUR):
        assert settled(session, Outcome.TOOK_PLACE, now).ended_at == START + 40 * MINUTE


def test_nobody_knows_the_end_of_a_session_of_which_it_is_said_much_later_or_that_nobody_started() -> None:
    session = running()
    assert settled(session, Outcome.TOOK_PLACE, session.ends_at + HOUR).ended_at is None
    unstarted = a_booking(status=Status.CONFIRMED)
    assert settled(unstarted, Outcome.TOOK_PLACE, unstarted.ends_at).ended_at is None


def test_a_correction_leaves_the_times_as_they_were() -> None:
    session = running()
    done = settled(session, Outcome.TOOK_PLACE, session.ends_at)
    corrected = settled(done, Outcome.CLIENT_ABSENT, session.ends_at + MINUTE)
    assert (corrected.started_at, corrected.ended_at) == (START, session.ends_at)
