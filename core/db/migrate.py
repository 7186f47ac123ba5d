"""Bring a database to the present tables, and tell whether it is there."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from core.db.engine import Connection, Database, database_url, place
from core.db.errors import SchemaOutdated, connecting, outages_told
from core.db.guards import GUARDS, Guard
from core.db.sqlite import sqlite_engine

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = sa.text("SELECT pg_advisory_xact_lock(:number)")
LOCK_NUMBER = 0x636F6E666572  # "confer"
LOCK_SECONDS = 60.0


async def migrate(url: str | URL, guards: Sequence[Guard] = GUARDS) -> None:
    """Upgrade to the newest revision, all steps in one transaction, creating a SQLite file if needed.

    Of several processes that start at once one upgrades and the others wait for it. Guards are made
    again at the end, because Alembic's batch mode on SQLite drops triggers silently.
    """
    target = database_url(url)
    async with _migration_connection(target) as conn, conn.begin():
        if conn.dialect.name == "postgresql":
            await conn.execute(LOCK, {"number": LOCK_NUMBER})
        await conn.run_sync(_upgrade, guards)


async def current(database: Database) -> str | None:
    """The revision that the database is at; None when it has never been migrated."""
    async with database.read() as conn:
        return await conn.run_sync(_revision)


@cache
def head() -> str:
    """The newest revision that this program knows."""
    newest = ScriptDirectory.from_config(_config()).get_current_head()
    if newest is None:
        raise LookupError(f"no migrations in {MIGRATIONS}")
    return newest


async def is_current(database: Database) -> bool:
    """Whether the database is at the newest revision."""
    return await current(database) == head()


async def verify(database: Database, guards: Sequence[Guard] = GUARDS) -> None:
    """Raise SchemaOutdated or GuardLost unless tables and guards are those of this program."""
    async with database.read() as conn:
        revision = await conn.run_sync(_revision)
        if revision != head():
            raise SchemaOutdated(
                f"{database.place}: tables are at {revision or 'nothing'}, this program needs {head()};"
                " run `confer migrate`"
            )
        for guard in guards:
            await conn.run_sync(guard.verify)


@asynccontextmanager
async def _migration_connection(url: URL) -> AsyncIterator[Connection]:
    engine = _migration_engine(url)
    conn = engine.connect()
    try:
        with connecting(place(url)):
            await conn.start()
        try:
            with outages_told(place(url)):
                yield conn
        finally:
            await conn.close()
    finally:
        await engine.dispose()


def _migration_engine(url: URL) -> AsyncEngine:
    """Foreign keys off on SQLite: there, changing a table means making it anew and dropping the old."""
    if url.get_backend_name() == "sqlite":
        return sqlite_engine(url, pool_size=1, wait=LOCK_SECONDS, create=True, foreign_keys=False)
    return create_async_engine(url, poolclass=NullPool)


def _upgrade(conn: sa.Connection, guards: Sequence[Guard]) -> None:
    config = _config()
    config.attributes["connection"] = conn
    command.upgrade(config, "head")
    for guard in guards:
        guard.ensure(conn)
    if conn.dialect.name == "sqlite":
        _check_foreign_keys(conn)


def _check_foreign_keys(conn: sa.Connection) -> None:
    broken = conn.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise RuntimeError(f"the upgrade would leave rows of {broken[0]} without their {broken[2]}")


def _revision(conn: sa.Connection) -> str | None:
    return MigrationContext.configure(conn).get_current_revision()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
