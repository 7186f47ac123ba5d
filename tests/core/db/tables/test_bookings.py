"""The table of bookings as migrations make it is the one that the code declares, to the letter."""

import sqlalchemy as sa

from core.db import overlap_guard
from core.db.engine import Database
from core.db.tables.bookings import bookings

DEFINITIONS = {
    "sqlite": "SELECT name, sql AS definition FROM sqlite_master"
    " WHERE type = 'index' AND tbl_name = 'bookings'",
    "postgresql": "SELECT indexname AS name, indexdef AS definition FROM pg_indexes"
    " WHERE tablename = 'bookings'",
}


def _indexes(conn: sa.Connection) -> dict[str, str]:
    return {row.name: row.definition for row in conn.exec_driver_sql(DEFINITIONS[conn.dialect.name])}


def _checks(conn: sa.Connection) -> dict[str | None, str]:
    return {each["name"]: each["sqltext"] for each in sa.inspect(conn).get_check_constraints("bookings")}


def _made_anew(conn: sa.Connection) -> None:
    conn.exec_driver_sql("DELETE FROM bookings")
    conn.exec_driver_sql(f"DROP TABLE bookings{' CASCADE' if conn.dialect.name == 'postgresql' else ''}")
    bookings.create(conn)
    overlap_guard.ensure(conn)


async def test_indexes_and_checks_are_those_that_the_code_declares(database: Database) -> None:
    async with database.write() as conn:
        migrated = await conn.run_sync(_indexes), await conn.run_sync(_checks)
        await conn.run_sync(_made_anew)
        declared = await conn.run_sync(_indexes), await conn.run_sync(_checks)
    assert migrated == declared
    assert "ix_bookings_counselor_active" in migrated[0]


async def test_ids_that_buttons_name_are_never_given_twice(sqlite_database: Database) -> None:
    named = sa.text("SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%'")
    buttons = {"address_checks", "bookings", "drafts", "people", "proposals", "series", "waitlist"}
    async with sqlite_database.read() as conn:
        assert set((await conn.scalars(named)).all()) == buttons
