"""A counselor's clients: their order, their numbers, and the history of each."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.db.clients_view import ClientLine, client, clients, history
from core.db.engine import Database
from core.db.uow import Store
from core.domain.booking import Booking, Status
from core.domain.side import Side
from tests.core.db.samples import HOUR, NOON, Sample, a_booking, fill, store_on

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


async def read(store: Store, counselor_id: int, page: int = 0) -> tuple[list[ClientLine], int, int]:
    async with store.read() as uow:
        return await clients(uow.conn, counselor_id, now=NOON, page=page, size=2)


async def test_who_had_a_session_last_comes_first(store: Store, sample: Sample) -> None:
    await stand(
        store,
        a_booking(sample, NOON - 3 * DAY, client=0, status=Status.COMPLETED),
        a_booking(sample, NOON - DAY, client=1, status=Status.COMPLETED),
        a_booking(sample, NOON + DAY, client=0),
        a_booking(sample, NOON + 2 * DAY, client=2, status=Status.PENDING),
        a_booking(sample, NOON + 3 * DAY, client=3, counselor=1),
    )
    first, page, pages = await read(store, sample.counselors[0])
    assert [each.client_id for each in first] == [sample.clients[1], sample.clients[0]]
    assert (page, pages) == (0, 2)
    second, page, _ = await read(store, sample.counselors[0], page=9)
    assert ([each.client_id for each in second], page) == ([sample.clients[2]], 1)


async def test_a_client_s_bookings_come_to_these_numbers(store: Store, sample: Sample) -> None:
    mine = [a_booking(sample, NOON - (n + 1) * DAY, status=each) for n, each in enumerate(Status)]
    absent = replace(a_booking(sample, NOON - 20 * DAY, status=Status.NO_SHOW), absent=Side.CLIENT)
    counselor_absent = replace(
        a_booking(sample, NOON - 21 * DAY, status=Status.NO_SHOW), absent=Side.COUNSELOR
    )
    ahead = [a_booking(sample, NOON + n * DAY) for n in (2, 1)]
    later = a_booking(sample, NOON + 3 * DAY, status=Status.CANCELLED)
    await stand(store, *mine, absent, counselor_absent, *ahead, later)
    async with store.read() as uow:
        found = await client(uow.conn, sample.counselors[0], sample.clients[0], now=NOON)
    agreed = (Status.CONFIRMED, Status.IN_PROGRESS, Status.COMPLETED, Status.NO_SHOW)
    last = max(each.starts_at for each in mine if each.status in agreed)
    assert found == ClientLine(
        client_id=sample.clients[0],
        name="Client 0",
        sessions=8,
        completed=1,
        no_shows=1,
        cancelled=2,
        last=last,
        next=NOON + DAY,
    )


async def test_whoever_has_never_booked_with_the_counselor_is_unknown(store: Store, sample: Sample) -> None:
    await stand(
        store,
        a_booking(sample, client=0, counselor=1),
        a_booking(sample, NOON + DAY, client=1, status=Status.HELD),
    )
    async with store.read() as uow:
        found = [
            await client(uow.conn, sample.counselors[0], each, now=NOON)
            for each in (*sample.clients[:2], 2**62)
        ]
    assert found == [None, None, None]


async def test_the_history_has_everything_with_this_counselor_the_latest_first(
    store: Store, sample: Sample
) -> None:
    mine = [a_booking(sample, NOON + n * 2 * HOUR, status=each) for n, each in enumerate(Status)]
    mine = [each for each in await stand(store, *mine) if each.status is not Status.HELD]
    await stand(
        store,
        a_booking(sample, NOON + 4 * DAY, counselor=1),
        a_booking(sample, NOON + 5 * DAY, client=1),
    )
    async with store.read() as uow:
        pages = [
            await history(uow.conn, sample.counselors[0], sample.clients[0], page=page, size=5)
            for page in (0, 1)
        ]
    assert [line.booking for page in pages for line in page.lines] == mine[::-1]
    assert [(each.page, each.pages) for each in pages] == [(0, 2), (1, 2)]
