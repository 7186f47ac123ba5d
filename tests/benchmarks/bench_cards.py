"""A card among a hundred thousand bookings, beside one read by primary key through the same database."""

import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter

import sqlalchemy as sa

from core.db.engine import Database
from core.db.migrate import migrate
from core.db.tables.bookings import bookings
from core.domain.booking import Booking, Status
from core.ports.clock import FixedClock, OffsetClock
from tests.benchmarks.figure import Figure, table
from tests.conftest import START
from tests.core.db.many_bookings import add_all, one_after_the_other
from tests.core.services.small_practice import HOUR, SmallPractice, small_practice
from tests.servers.postgres import binaries, in_thread, postgres_server

BOOKINGS = 100_000
BATCH = 5_000
ROUNDS = 9
LOOKS = 60
LONGEST = 10
ONE = sa.select(bookings).where(bookings.c.id == sa.bindparam("id"))


def run() -> list[Figure]:
    """Cards per second on SQLite and, where its programs are, on PostgreSQL."""
    with tempfile.TemporaryDirectory() as folder:
        figures = in_thread(_measure("SQLite", f"sqlite:///{Path(folder) / 'confer.db'}"))
    programs = binaries()
    if programs is not None:
        with postgres_server(programs) as server, server.database() as name:
            figures += in_thread(_measure("PostgreSQL", server.url(name)))
    return figures


async def _measure(place: str, url: str) -> list[Figure]:
    await migrate(url)
    database = Database(url)
    try:
        practice = await small_practice(database, OffsetClock(FixedClock(START)))
        booked = await _fill(practice)
        return [await _figure(place, practice, booked, who) for who in ("client", "counselor")]
    finally:
        await database.close()


async def _fill(practice: SmallPractice) -> Booking:
    """A hundred thousand sessions of dora's with ann, half of them over; the one to look at."""
    booked = await practice.book()
    half = BOOKINGS // 2
    for number in range(0, BOOKINGS, BATCH):
        ahead = (number - half) * HOUR + (HOUR if number >= half else -HOUR)
        first = replace(
            booked,
            status=Status.CONFIRMED if number >= half else Status.COMPLETED,
            starts_at=booked.starts_at + 2 * ahead,
            ends_at=booked.ends_at + 2 * ahead,
            busy_until=booked.busy_until + 2 * ahead,
            expires_at=None,
        )
        made = one_after_the_other(first, BATCH, 2 * HOUR)
        await add_all(
            practice.store,
            [
                replace(each, reference=f"{number}{each.reference}", uid=f"{number}{each.uid}")
                for each in made
            ],
        )
    return booked


async def _figure(place: str, practice: SmallPractice, booked: Booking, who: str) -> Figure:
    actor = practice.actor({"client": "dora", "counselor": "ann"}[who])

    async def card() -> object:
        return await practice.core.listing.look(actor, booked.id)

    async def one_row() -> object:
        async with practice.database.read() as conn:
            return (await conn.execute(ONE, {"id": booked.id})).one()

    rates = [(await _rate(card), await _rate(one_row)) for _ in range(ROUNDS)]
    value, floor = (median(each) for each in zip(*rates, strict=True))
    return Figure(
        name=f"a {who}'s card among {BOOKINGS:,} bookings on {place}",
        value=value,
        unit="cards/s",
        floor_name="read by primary key",
        floor_value=floor,
        ratio=value / floor,
        target=f"at least {1 / LONGEST}x",
    )


async def _rate(work: Callable[[], Awaitable[object]]) -> float:
    """How often a second it is done, one after the other."""
    await work()
    begin = perf_counter()
    for _ in range(LOOKS):
        await work()
    return LOOKS / (perf_counter() - begin)


if __name__ == "__main__":
    sys.stdout.write(table(run()) + "\n")
