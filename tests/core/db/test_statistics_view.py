"""A counselor's numbers: which bookings count as what."""

from datetime import timedelta

import pytest

from core.db.engine import Database
from core.db.statistics_view import Counts, counts
from core.db.uow import Store
from core.domain.booking import Status
from tests.core.db.samples import HOUR, NOON, Sample, a_booking, fill, store_on

DAY = timedelta(days=1)


@pytest.fixture
def store(database: Database) -> Store:
    return store_on(database)


@pytest.fixture
async def sample(store: Store) -> Sample:
    return await fill(store)


async def read(store: Store, counselor_id: int) -> Counts:
    async with store.read() as uow:
        return await counts(uow.conn, counselor_id, NOON)


async def test_nothing_comes_to_nothing(store: Store, sample: Sample) -> None:
    nothing = Counts(clients=0, sessions=0, upcoming=0, completed=0, no_shows=0)
    assert await read(store, sample.counselors[0]) == nothing


async def test_every_status_counts_as_what_it_is(store: Store, sample: Sample) -> None:
    past = [a_booking(sample, NOON - (n + 2) * DAY, status=each) for n, each in enumerate(Status)]
    ahead = [
        a_booking(sample, NOON + (n + 1) * DAY, status=each, client=1)
        for n, each in enumerate((Status.PENDING, Status.CONFIRMED, Status.CANCELLED))
    ]
    running = a_booking(sample, NOON - HOUR / 2, status=Status.IN_PROGRESS, client=1)
    foreign = a_booking(sample, NOON + 9 * DAY, counselor=1, client=2)
    async with store.write() as uow:
        for each in (*past, *ahead, running, foreign):
            await uow.bookings.add(each)
    found = await read(store, sample.counselors[0])
    assert found == Counts(clients=2, sessions=6, upcoming=2, completed=1, no_shows=1)


async def test_a_client_counts_once(store: Store, sample: Sample) -> None:
    async with store.write() as uow:
        for n in range(3):
            await uow.bookings.add(a_booking(sample, NOON - (n + 1) * DAY, status=Status.COMPLETED))
    assert (await read(store, sample.counselors[0])).clients == 1
