"""Booking transactions per second through the unit of work, beside a bare insert of one row by the driver."""

import asyncio
import sqlite3
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import timedelta
from itertools import count
from pathlib import Path
from statistics import median
from time import perf_counter

import asyncpg

from core.db.engine import Connection, Database
from core.db.migrate import migrate
from core.db.uow import Store
from core.domain.events import Event, EventName
from core.domain.policy import Policy
from core.jobs.queue import NewJob, enqueue
from tests.benchmarks.figure import Figure, table
from tests.core.db.samples import HOUR, MADE, NOON, Sample, a_booking, fill
from tests.servers.postgres import binaries, in_thread, postgres_server

ROUNDS = 3
WORKERS = 8
SECONDS = 1.0
JOBS = 4
CREATE = "CREATE TABLE plain (id integer PRIMARY KEY, at bigint)"
INSERT = "INSERT INTO plain VALUES ({}, {})"

Work = Callable[[int], Awaitable[None]]
"""One transaction, given a number that no other has."""


def run() -> list[Figure]:
    """Transactions per second on SQLite and, where its programs are, on PostgreSQL."""
    figures = [in_thread(_on_sqlite())]
    folder = binaries()
    if folder is not None:
        with postgres_server(folder) as server, server.database() as name:
            figures.append(in_thread(_on_postgresql(server.url(name))))
    return figures


async def _on_sqlite() -> Figure:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "confer.db"
        await migrate(f"sqlite:///{path}")
        raw = sqlite3.connect(path, isolation_level=None)
        raw.execute("PRAGMA synchronous=FULL")
        raw.execute(CREATE)

        async def insert(number: int) -> None:
            raw.execute(INSERT.format("?", "?"), (number, number))

        try:
            return await _measure("SQLite", f"sqlite:///{path}", insert)
        finally:
            raw.close()


async def _on_postgresql(url: str) -> Figure:
    await migrate(url)
    async with asyncpg.create_pool(url.replace("+asyncpg", ""), min_size=WORKERS, max_size=WORKERS) as pool:
        await pool.execute(CREATE)

        async def insert(number: int) -> None:
            await pool.execute(INSERT.format("$1", "$2"), number, number)

        return await _measure("PostgreSQL", url, insert)


async def _measure(place: str, url: str, insert: Work) -> Figure:
    database = Database(url, pool_size=WORKERS)
    store = Store(database, _publish)
    sample = await fill(store, clients=WORKERS)
    numbers = count(1)
    try:
        rates = [
            (await _rate(lambda number: _book(store, sample, number), numbers), await _rate(insert, numbers))
            for _ in range(ROUNDS)
        ]
    finally:
        await database.close()
    value, floor = (median(each) for each in zip(*rates, strict=True))
    return Figure(
        name=f"bookings on {place}, each with an audit entry and {JOBS} jobs",
        value=value,
        unit="transactions/s",
        floor_name="driver's insert of one row",
        floor_value=floor,
        ratio=value / floor,
    )


async def _rate(work: Work, numbers: Iterator[int]) -> float:
    """How often a second some workers together get it done."""
    begin = perf_counter()

    async def repeat() -> int:
        done = 0
        while perf_counter() - begin < SECONDS:
            await work(next(numbers))
            done += 1
        return done

    done = await asyncio.gather(*(repeat() for _ in range(WORKERS)))
    return sum(done) / (perf_counter() - begin)


async def _book(store: Store, sample: Sample, number: int) -> None:
    client, counselor = number % WORKERS, number % 2
    wanted = a_booking(sample, NOON + number * 2 * HOUR, client=client, counselor=counselor)
    async with store.write() as uow:
        booking = await uow.bookings.add(wanted)
        await uow.audit.add(
            booking_id=booking.id, actor_id=booking.client_id, action=EventName.CONFIRMED, at=MADE
        )
        uow.record(
            Event(
                name=EventName.CONFIRMED,
                booking=booking,
                counselor_person_id=sample.counselors[counselor],
                actor_id=booking.client_id,
                at=MADE,
                policy=Policy(),
            )
        )


async def _publish(conn: Connection, events: Sequence[Event]) -> None:
    jobs = [
        NewJob(
            kind="notify",
            key=f"notify:{event.booking.id}:{number}",
            due=event.at + timedelta(hours=number),
            payload={"booking": event.booking.id},
            group=f"booking:{event.booking.id}",
            lane=f"chat:{event.booking.client_id}",
        )
        for event in events
        for number in range(JOBS)
    ]
    await enqueue(conn, jobs)


if __name__ == "__main__":
    sys.stdout.write(table(run()) + "\n")
