"""What has become free by what happened to a booking, and how the job keeps it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.booking import Booking, Status
from core.domain.events import Event, EventName
from core.domain.policy import Policy
from core.domain.reschedule import moved, opened
from core.domain.side import Side
from core.domain.timespan import Timespan
from core.domain.waitlist import Opening
from core.services.subscribers import FOLLOW_UPS
from core.services.waitlist_offers import ASK_WAITING, ask_job, freed_by, opening_of
from tests.conftest import START
from tests.core.domain.booking_examples import a_booking

DAY = timedelta(days=1)
BOOKING: Booking = a_booking(status=Status.CONFIRMED)
FREEING = {
    EventName.DECLINED,
    EventName.EXPIRED,
    EventName.CANCELLED,
    EventName.RESCHEDULE_ACCEPTED,
}


def event(name: EventName, booking: Booking = BOOKING) -> Event:
    """Something that happened a day before the session."""
    at = BOOKING.starts_at - DAY
    proposal = opened(BOOKING, Side.CLIENT, BOOKING.starts_at + DAY, at, Policy())
    return Event(
        name=name,
        booking=booking,
        counselor_person_id=9,
        actor_id=None,
        at=at,
        policy=Policy(),
        proposal=replace(proposal, id=5) if name.startswith("reschedule") else None,
    )


@pytest.mark.parametrize("name", EventName)
def test_those_who_wait_are_asked_when_a_booking_gives_up_its_time(name: EventName) -> None:
    happened = event(name)
    jobs = [job for follow in FOLLOW_UPS[name] for job in follow(happened) if job.kind == ASK_WAITING]
    assert len(jobs) == (name in FREEING)
    assert {job.due for job in jobs} <= {happened.at}


def test_the_time_with_its_buffer_becomes_free() -> None:
    cancelled = replace(BOOKING, status=Status.CANCELLED, version=4)
    assert freed_by(event(EventName.CANCELLED, cancelled)) == Opening(
        counselor_id=BOOKING.counselor_id,
        round=f"{BOOKING.id}:4",
        span=Timespan(start=BOOKING.starts_at, end=BOOKING.busy_until),
    )


def test_after_a_move_the_old_time_is_free_and_not_the_new_one() -> None:
    happened = event(EventName.RESCHEDULE_ACCEPTED)
    assert happened.proposal is not None
    after = replace(happened, booking=moved(BOOKING, happened.proposal, "UTC"))
    freed = freed_by(after)
    assert freed is not None
    assert freed.span == Timespan(start=BOOKING.starts_at, end=BOOKING.busy_until)


def test_what_is_over_is_of_no_use() -> None:
    happened = event(EventName.CANCELLED, replace(BOOKING, status=Status.CANCELLED))
    assert freed_by(replace(happened, at=BOOKING.busy_until)) is None


@pytest.mark.parametrize("span", [None, Timespan(start=START, end=START + DAY)])
def test_a_job_keeps_what_it_is_about(span: Timespan | None) -> None:
    opening = Opening(counselor_id=2, round="42:3", span=span)
    job = ask_job(opening, "freed", START)
    assert opening_of(job.payload) == opening
    assert (job.key, job.due) == ("ask_waiting:2:42:3:freed", START)
