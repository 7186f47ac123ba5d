"""Random additions and moves against a plain model: the same answers, and never an overlap."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import combinations
from typing import TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.db.engine import Database
from core.db.uow import UnitOfWork
from core.domain.booking import Booking, Status
from core.domain.errors import Conflict
from tests.core.db.samples import NOON, Sample, a_booking, fill, store_on

QUARTER = timedelta(minutes=15)
STATUSES = (Status.PENDING, Status.CONFIRMED, Status.IN_PROGRESS, Status.CANCELLED, Status.COMPLETED)

Step: TypeAlias = Callable[[Sample, list[Booking]], Booking]
"""The booking that is wanted next, given those that stand."""


@st.composite
def adding(draw: st.DrawFn) -> Step:
    """A new booking within five hours."""
    counselor, client = draw(st.integers(0, 1)), draw(st.integers(0, 2))
    start, length, buffer = draw(st.integers(0, 20)), draw(st.integers(1, 5)), draw(st.integers(0, 2))
    status = draw(st.sampled_from(STATUSES))
    return lambda sample, _standing: a_booking(
        sample,
        NOON + start * QUARTER,
        counselor=counselor,
        client=client,
        status=status,
        length=length * QUARTER,
        buffer=buffer * QUARTER,
    )


@st.composite
def moving(draw: st.DrawFn) -> Step:
    """Another time, length and status for one that stands; the first step of all adds one instead."""
    number, start, length = draw(st.integers(0, 99)), draw(st.integers(0, 20)), draw(st.integers(1, 5))
    status = draw(st.sampled_from(STATUSES))

    def step(sample: Sample, standing: list[Booking]) -> Booking:
        if not standing:
            return a_booking(sample)
        return at(standing[number % len(standing)], NOON + start * QUARTER, length * QUARTER, status)

    return step


class Undone(Exception):
    """Rolls an example back."""


def overlap(one: Booking, other: Booking) -> str | None:
    """What two bookings do to each other, by definition."""
    if not (one.active and other.active):
        return None
    same_client = one.client_id == other.client_id
    if same_client and one.starts_at < other.ends_at and other.starts_at < one.ends_at:
        return "client_busy"
    same_counselor = one.counselor_id == other.counselor_id
    if same_counselor and one.starts_at < other.busy_until and other.starts_at < one.busy_until:
        return "slot_taken"
    return None


def answer(standing: dict[int, Booking], wanted: Booking) -> str | None:
    """What the database should say."""
    found = {overlap(wanted, other) for other in standing.values() if other.id != wanted.id}
    return next((code for code in ("client_busy", "slot_taken") if code in found), None)


def at(booking: Booking, start: datetime, length: timedelta, status: Status) -> Booking:
    """The next version of a booking, with the same buffer."""
    return replace(
        booking,
        status=status,
        version=booking.version + 1,
        starts_at=start,
        ends_at=start + length,
        busy_until=start + length + (booking.busy_until - booking.ends_at),
    )


async def ask(uow: UnitOfWork, wanted: Booking) -> Booking | str:
    """The booking as it was stored, or why it was not."""
    try:
        return await (uow.bookings.save(wanted) if wanted.id else uow.bookings.add(wanted))
    except Conflict as conflict:
        return conflict.code


@pytest.fixture
async def sample(database: Database) -> Sample:
    return await fill(store_on(database))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.one_of(adding(), moving()), min_size=1, max_size=16))
async def test_the_database_answers_as_the_model_does(
    database: Database, sample: Sample, steps: list[Step]
) -> None:
    with suppress(Undone):
        async with store_on(database).write() as uow:
            standing: dict[int, Booking] = {}
            for step in steps:
                wanted = step(sample, list(standing.values()))
                said = await ask(uow, wanted)
                assert (said if isinstance(said, str) else None) == answer(standing, wanted)
                if isinstance(said, Booking):
                    standing[said.id] = said
            kept = {each: await uow.bookings.get(each) for each in standing}
            assert kept == standing
            assert {overlap(*pair) for pair in combinations(kept.values(), 2)} <= {None}
            raise Undone
