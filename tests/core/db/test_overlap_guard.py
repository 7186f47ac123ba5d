"""The guard refuses every overlap whatever the code above does, and its loss is noticed."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy.exc import IntegrityError

from core.db import overlap_guard
from core.db.engine import Connection, Database
from core.db.errors import GuardLost
from core.db.migrate import migrate, verify
from core.db.repositories.booking_rows import booking_row
from core.db.tables.bookings import bookings
from core.domain.booking import ACTIVE, Booking, Status
from tests.core.db.samples import BUFFER, HOUR, NOON, Sample, a_booking, fill, store_on

MINUTE = timedelta(minutes=1)


async def put(conn: Connection, booking: Booking) -> int:
    """Insert past all code of ours, and give the row's id."""
    row = booking_row(booking)
    del row["id"]
    booking_id: int = (await conn.execute(sa.insert(bookings).returning(bookings.c.id), row)).scalar_one()
    return booking_id


async def refusal(database: Database, *rows: Booking, change: Mapping[str, Any] | None = None) -> str | None:
    """What the database says to these rows one after the other, and then to a change of the last one."""
    refused = None
    with suppress(Undone):
        async with database.write() as conn:
            try:
                for row in rows:
                    last = await put(conn, row)
                if change is not None:
                    await conn.execute(sa.update(bookings).where(bookings.c.id == last), change)
            except IntegrityError as error:
                told = str(error.orig)
                refused = next(rule.name for rule in overlap_guard.RULES if rule.name in told)
            raise Undone
    return refused


class Undone(Exception):
    """Rolls a transaction back."""


@pytest.fixture
async def sample(database: Database) -> Sample:
    return await fill(store_on(database))


COUNSELOR_TIMES = (
    (timedelta(), "slot_taken"),
    (timedelta(minutes=30), "slot_taken"),
    (HOUR, "slot_taken"),  # inside the buffer of the first
    (HOUR + BUFFER - MINUTE, "slot_taken"),
    (HOUR + BUFFER, None),  # right after the buffer
    (-HOUR, "slot_taken"),  # its own buffer runs into the first
    (-HOUR - BUFFER, None),
    (-timedelta(hours=9), None),
)
CLIENT_TIMES = (
    (timedelta(), "client_busy"),
    (HOUR - MINUTE, "client_busy"),
    (HOUR, None),  # a buffer is the counselor's time, not the client's
    (MINUTE - HOUR, "client_busy"),
    (-HOUR, None),
)


async def test_two_sessions_of_a_counselor_keep_the_buffer_apart(database: Database, sample: Sample) -> None:
    answers = [
        await refusal(database, a_booking(sample), a_booking(sample, NOON + shift, client=1))
        for shift, _ in COUNSELOR_TIMES
    ]
    assert answers == [expected for _, expected in COUNSELOR_TIMES]


async def test_two_sessions_of_a_client_do_not_overlap(database: Database, sample: Sample) -> None:
    answers = [
        await refusal(database, a_booking(sample), a_booking(sample, NOON + shift, counselor=1))
        for shift, _ in CLIENT_TIMES
    ]
    assert answers == [expected for _, expected in CLIENT_TIMES]


async def test_a_session_inside_or_around_another_is_refused(database: Database, sample: Sample) -> None:
    around = a_booking(sample, NOON - HOUR, client=1, length=4 * HOUR)
    assert await refusal(database, a_booking(sample), around) == "slot_taken"
    inside = a_booking(sample, NOON + 2 * HOUR, client=1, length=MINUTE, buffer=timedelta())
    assert await refusal(database, a_booking(sample, length=4 * HOUR), inside) == "slot_taken"


async def test_exactly_the_active_statuses_take_their_time(database: Database, sample: Sample) -> None:
    takes_time = {
        status
        for status in Status
        if await refusal(database, a_booking(sample, status=status), a_booking(sample, client=1))
    }
    assert takes_time == ACTIVE


async def test_a_booking_that_becomes_active_or_moves_is_looked_at_again(
    database: Database, sample: Sample
) -> None:
    first, later = a_booking(sample), a_booking(sample, NOON + 3 * HOUR, client=1)
    move = {"starts_at": NOON, "ends_at": NOON + HOUR, "busy_until": NOON + HOUR}
    assert await refusal(database, first, later, change=move) == "slot_taken"
    cancelled = a_booking(sample, client=1, status=Status.CANCELLED)
    assert await refusal(database, first, cancelled, change={"status": "confirmed"}) == "slot_taken"
    with_bob = a_booking(sample, counselor=1, client=1)
    elsewhere = {"counselor_id": sample.counselors[0]}
    assert await refusal(database, first, with_bob, change=elsewhere) == "slot_taken"
    somebody_else = {"client_id": sample.clients[0]}
    assert await refusal(database, first, with_bob, change=somebody_else) == "client_busy"
    longer = {"ends_at": NOON + 9 * HOUR, "busy_until": NOON + 9 * HOUR}
    before = a_booking(sample, NOON - 3 * HOUR, client=1)
    assert await refusal(database, first, before, change=longer) == "slot_taken"


async def test_a_booking_is_not_in_its_own_way(database: Database, sample: Sample) -> None:
    move = {"starts_at": NOON + MINUTE, "ends_at": NOON + HOUR + MINUTE, "busy_until": NOON + 2 * HOUR}
    assert await refusal(database, a_booking(sample), change=move) is None


@pytest.mark.parametrize(
    "nonsense",
    [
        {"ends_at": NOON},
        {"busy_until": NOON + HOUR - MINUTE},
        {"status": "parked"},
        {"status": "held", "expires_at": None},
        {"source": "mail"},
    ],
)
async def test_a_row_that_makes_no_sense_is_refused(
    database: Database, sample: Sample, nonsense: dict[str, Any]
) -> None:
    async with database.write() as conn:
        booking_id = await put(conn, a_booking(sample))
    change = sa.update(bookings).where(bookings.c.id == booking_id)
    async with database.write() as conn:
        with pytest.raises(IntegrityError, match=r"CHECK|check"):
            await conn.execute(change, nonsense)


LOST = {
    "sqlite": ("DROP TRIGGER client_busy_update", "client_busy_update"),
    "postgresql": ("ALTER TABLE bookings DROP CONSTRAINT client_busy", "client_busy"),
}


async def test_a_lost_guard_is_named_and_made_again_by_migrating(database: Database, sample: Sample) -> None:
    drop, name = LOST[database.dialect]
    async with database.write() as conn:
        await conn.exec_driver_sql(drop)
    with pytest.raises(
        GuardLost, match=f"overlapping bookings: {name} missing or changed; run `confer migrate`"
    ):
        await verify(database)
    await migrate(database.url)
    await verify(database)
    clash = a_booking(sample, counselor=1)
    assert (
        await refusal(database, a_booking(sample), a_booking(sample, NOON + 9 * HOUR), clash) == "client_busy"
    )


WEAKENED = {
    "sqlite": (
        "DROP TRIGGER slot_taken_insert",
        "CREATE TRIGGER slot_taken_insert BEFORE INSERT ON bookings BEGIN SELECT 1; END",
    ),
    "postgresql": (
        "ALTER TABLE bookings DROP CONSTRAINT slot_taken",
        "ALTER TABLE bookings ADD CONSTRAINT slot_taken EXCLUDE USING btree (uid WITH =)",
    ),
}


async def test_a_guard_that_is_not_ours_is_noticed_and_replaced(database: Database, sample: Sample) -> None:
    async with database.write() as conn:
        for statement in WEAKENED[database.dialect]:
            await conn.exec_driver_sql(statement)
    with pytest.raises(GuardLost, match="slot_taken"):
        await verify(database)
    await migrate(database.url)
    assert await refusal(database, a_booking(sample), a_booking(sample, client=1)) == "slot_taken"


async def test_overlaps_that_came_in_without_the_guard_are_named(database: Database, sample: Sample) -> None:
    drops = [piece.drop for piece in overlap_guard.PIECES[database.dialect].values()]
    first, second = a_booking(sample, length=9 * HOUR), a_booking(sample, NOON + HOUR, client=1)
    between = a_booking(sample, NOON + 2 * HOUR, client=2, status=Status.CANCELLED)
    async with database.write() as conn:
        for drop in drops:
            await conn.exec_driver_sql(drop)
        for row in (first, between, second):
            await put(conn, row)
    with pytest.raises(GuardLost, match=f"slot_taken: booking {second.reference} overlaps an earlier one"):
        await migrate(database.url)


def _add_column_in_batch(conn: sa.Connection) -> None:
    operations = Operations(MigrationContext.configure(conn))
    with operations.batch_alter_table("bookings", recreate="always") as batch:
        batch.add_column(sa.Column("mood", sa.Text))


async def test_the_triggers_outlive_a_migration_that_makes_the_table_anew(sqlite_database: Database) -> None:
    sample = await fill(store_on(sqlite_database))
    async with sqlite_database.write() as conn:
        await conn.run_sync(_add_column_in_batch)
        with pytest.raises(GuardLost, match="slot_taken_insert, slot_taken_update, client_busy_insert"):
            await conn.run_sync(overlap_guard.verify)
        await conn.run_sync(overlap_guard.ensure)
        await conn.run_sync(overlap_guard.verify)
    assert await refusal(sqlite_database, a_booking(sample), a_booking(sample, client=1)) == "slot_taken"
