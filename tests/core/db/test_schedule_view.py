"""The sessions of a counselor's days: what is on them, in which order, and what is not."""

from datetime import timedelta

import pytest

from core.db.engine import Database
from core.db.schedule_view import SessionLine, next_session, proposed, sessions
from core.db.uow import Store
from core.domain.booking import Booking, Status
from core.domain.policy import Policy
from core.domain.reschedule import ProposalStatus, opened
from core.domain.side import Side
from core.domain.timespan import Timespan
from tests.core.db.samples import BUFFER, HOUR, MADE, NOON, Sample, a_booking, fill, store_on

DAY = timedelta(days=1)


@pytest.fixture
def store(database: Database) -> Store:
    return store_on(database)


@pytest.fixture
async def sample(store: Store) -> Sample:
    return await fill(store)


async def stand(store: Store, *wanted: Booking) -> list[Booking]:
    async with store.write() as uow:
        return [await uow.bookings.add(each) for each in wanted]


async def read(store: Store, sample: Sample) -> list[SessionLine]:
    """Ann's sessions of the day that begins at noon."""
    async with store.read() as uow:
        return await sessions(uow.conn, sample.counselors[0], NOON, NOON + DAY)


async def test_a_line_names_client_and_session_type(store: Store, sample: Sample) -> None:
    [booking] = await stand(store, a_booking(sample, client=1))
    assert await read(store, sample) == [
        SessionLine(booking=booking, client_name="Client 1", session_type_title="Introductory session")
    ]


async def test_a_day_has_what_begins_in_it_and_what_reaches_into_it(store: Store, sample: Sample) -> None:
    reaching, last, first = await stand(
        store,
        a_booking(sample, NOON - HOUR / 2),
        a_booking(sample, NOON + DAY - HOUR / 2),
        a_booking(sample, NOON + HOUR),
    )
    await stand(
        store,
        a_booking(sample, NOON - 2 * HOUR, length=HOUR),
        a_booking(sample, NOON + DAY + HOUR),
        a_booking(sample, NOON + 3 * HOUR, counselor=1),
    )
    assert [each.booking for each in await read(store, sample)] == [reaching, first, last]


async def test_what_came_to_nothing_and_holds_are_not_on_it(store: Store, sample: Sample) -> None:
    every = [a_booking(sample, NOON + n * 2 * HOUR, status=each) for n, each in enumerate(Status)]
    standing = await stand(store, *every)
    shown = {each.booking.status for each in await read(store, sample)}
    assert shown == {each.status for each in standing} - {
        Status.HELD,
        Status.DECLINED,
        Status.CANCELLED,
        Status.EXPIRED,
    }


async def test_the_next_session_is_the_first_agreed_one(store: Store, sample: Sample) -> None:
    _, _, later, sooner = await stand(
        store,
        a_booking(sample, NOON - HOUR / 2),
        a_booking(sample, NOON + HOUR, status=Status.PENDING),
        a_booking(sample, NOON + 9 * HOUR),
        a_booking(sample, NOON + 5 * HOUR),
    )
    async with store.read() as uow:
        found = await next_session(uow.conn, sample.counselors[0], NOON)
        after = await next_session(uow.conn, sample.counselors[0], sooner.starts_at + HOUR)
        none = await next_session(uow.conn, sample.counselors[0], later.starts_at + HOUR)
    assert (found and found.booking, after and after.booking, none) == (sooner, later, None)


async def test_times_on_offer_are_those_of_open_proposals(store: Store, sample: Sample) -> None:
    [mine, foreign] = await stand(store, a_booking(sample), a_booking(sample, counselor=1, client=1))
    async with store.write() as uow:
        for booking in (mine, foreign):
            offer = opened(booking, Side.COUNSELOR, NOON + DAY, MADE, Policy())
            await uow.proposals.add(offer)
    wanted = [Timespan(start=NOON + DAY, end=NOON + DAY + HOUR + BUFFER)]
    [line] = await read(store, sample)
    assert line.proposed_at == NOON + DAY
    async with store.read() as uow:
        assert await proposed(uow.conn, sample.counselors[0]) == wanted
    async with store.write() as uow:
        standing = await uow.proposals.open_of(mine.id)
        assert standing is not None
        await uow.proposals.save(standing.close(ProposalStatus.REJECTED))
    async with store.read() as uow:
        assert await proposed(uow.conn, sample.counselors[0]) == []
