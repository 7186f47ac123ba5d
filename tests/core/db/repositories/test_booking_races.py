"""Many at the same moment, over several pools as several processes have them: one wins, nobody is stuck."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from time import perf_counter

import pytest
import sqlalchemy as sa

from core.db.engine import Database
from core.db.tables.bookings import bookings
from core.db.uow import Store
from core.domain.booking import Booking, Status
from core.domain.errors import Conflict
from tests.core.db.samples import BUFFER, HOUR, MADE, NOON, Sample, a_booking, fill, store_on

RACERS = 32
PATIENCE = 10.0  # seconds; a deadlock alone costs PostgreSQL one, and each racer in turn


@pytest.fixture
async def stores(database: Database) -> AsyncIterator[list[Store]]:
    """Two Stores with pools of their own."""
    other = Database(database.url, wait=PATIENCE)
    yield [store_on(database), store_on(other)]
    await other.close()


@pytest.fixture
async def sample(stores: list[Store]) -> Sample:
    return await fill(stores[0], clients=RACERS)


async def race(stores: list[Store], wanted: Iterable[Booking]) -> Counter[str]:
    """Add or, where they have an id, save all at once; how each ended."""

    async def run(number: int, booking: Booking) -> str:
        try:
            async with stores[number % len(stores)].write() as uow:
                await (uow.bookings.save(booking) if booking.id else uow.bookings.add(booking))
        except Conflict as conflict:
            return conflict.code
        return "won"

    begin = perf_counter()
    ends = await asyncio.gather(*(run(number, booking) for number, booking in enumerate(wanted)))
    assert perf_counter() - begin < PATIENCE
    return Counter(ends)


async def test_of_many_clients_at_one_slot_one_wins(stores: list[Store], sample: Sample) -> None:
    racers = (a_booking(sample, client=n, status=Status.HELD) for n in range(RACERS))
    assert await race(stores, racers) == {"won": 1, "slot_taken": RACERS - 1}


async def test_a_client_who_books_two_counselors_at_once_gets_one(
    stores: list[Store], sample: Sample
) -> None:
    racers = (a_booking(sample, counselor=n % 2) for n in range(RACERS))
    assert await race(stores, racers) == {"won": 1, "client_busy": RACERS - 1}


async def test_of_many_who_take_over_a_hold_that_ran_out_one_wins(
    stores: list[Store], sample: Sample
) -> None:
    await race(stores, [a_booking(sample, status=Status.HELD)])
    later = MADE + HOUR
    racers = [a_booking(sample, client=n, status=Status.HELD, made=later) for n in range(RACERS)]
    assert await race(stores, racers) == {"won": 1, "slot_taken": RACERS - 1}


async def test_a_client_who_taps_many_times_at_once_ends_with_one_hold(
    database: Database, stores: list[Store], sample: Sample
) -> None:
    racers = (
        a_booking(sample, NOON + n * 2 * HOUR, counselor=n % 2, status=Status.HELD) for n in range(RACERS)
    )
    ends = await race(stores, racers)
    assert set(ends) <= {"won", "stale"}
    async with database.read() as conn:
        assert (await conn.scalars(sa.select(bookings.c.client_id))).all() == [sample.clients[0]]


async def test_moves_and_new_bookings_race_for_one_slot(stores: list[Store], sample: Sample) -> None:
    half = RACERS // 2
    moves = await stand(stores, [a_booking(sample, NOON - (n + 1) * 2 * HOUR, client=n) for n in range(half)])
    news = [a_booking(sample, client=half + n) for n in range(half)]
    mixed = [each for move, new in zip(moves, news, strict=True) for each in (moved(move, NOON), new)]
    assert await race(stores, mixed) == {"won": 1, "slot_taken": RACERS - 1}


async def test_of_two_who_move_to_each_free_time_one_gets_it(stores: list[Store], sample: Sample) -> None:
    standing = await stand(
        stores,
        [a_booking(sample, NOON + n // 2 * 4 * HOUR, client=n, counselor=n % 2) for n in range(RACERS)],
    )
    moves = [moved(each, NOON + (n // 4 * 4 + 2) * HOUR) for n, each in enumerate(standing)]
    assert await race(stores, moves) == {"won": RACERS // 2, "slot_taken": RACERS // 2}


async def test_of_a_clients_two_bookings_that_move_to_one_time_one_gets_there(
    stores: list[Store], sample: Sample
) -> None:
    standing = await stand(
        stores,
        [
            a_booking(sample, NOON + (n // 2 * 8 + n % 2 * 2) * HOUR, client=n // 2, counselor=n % 2)
            for n in range(RACERS)
        ],
    )
    moves = [moved(each, NOON + (n // 2 * 8 + 4) * HOUR) for n, each in enumerate(standing)]
    assert await race(stores, moves) == {"won": RACERS // 2, "client_busy": RACERS // 2}


async def stand(stores: list[Store], wanted: Sequence[Booking]) -> list[Booking]:
    """Add bookings that do not meet, in one transaction."""
    async with stores[0].write() as uow:
        return [await uow.bookings.add(each) for each in wanted]


def moved(booking: Booking, to: datetime) -> Booking:
    """The next version of a booking at another time."""
    return replace(
        booking,
        version=booking.version + 1,
        starts_at=to,
        ends_at=to + HOUR,
        busy_until=to + HOUR + BUFFER,
    )
