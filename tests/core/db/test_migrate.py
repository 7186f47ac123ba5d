"""Migrations give the tables that the code declares, once, whoever starts first."""

import asyncio
import importlib
import pkgutil
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

import core.db
import core.jobs
from core.db.engine import Database
from core.db.errors import DatabaseUnavailable, GuardLost, SchemaOutdated
from core.db.metadata import metadata
from core.db.migrate import current, head, is_current, migrate, verify


def _load_all_tables() -> None:
    for package in (core.db, core.jobs):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" not in module.name:
                importlib.import_module(module.name)


def _differences(conn: sa.Connection) -> list[object]:
    context = MigrationContext.configure(conn, opts={"compare_type": True, "compare_server_default": True})
    return list(compare_metadata(context, metadata))


async def test_the_migrations_make_the_tables_that_the_code_declares(database: Database) -> None:
    _load_all_tables()
    async with database.read() as conn:
        assert await conn.run_sync(_differences) == []


async def test_a_migrated_database_is_current(database: Database) -> None:
    assert await current(database) == head()
    assert await is_current(database)
    await verify(database)


async def test_migrating_again_changes_nothing(database: Database) -> None:
    async with database.write() as conn:
        await conn.execute(sa.text("CREATE TABLE kept (id integer)"))
    await migrate(database.url)
    async with database.read() as conn:
        assert await conn.scalar(sa.text("SELECT count(*) FROM kept")) == 0
    assert await is_current(database)


async def test_of_several_that_start_at_once_one_upgrades_and_the_others_wait(
    empty_database_url: str,
) -> None:
    await asyncio.gather(*(migrate(empty_database_url) for _ in range(4)))
    database = Database(empty_database_url)
    await verify(database)
    await database.close()


async def test_an_empty_database_is_not_current_and_says_what_to_do(empty_postgresql_url: str) -> None:
    database = Database(empty_postgresql_url)
    assert await current(database) is None
    assert not await is_current(database)
    with pytest.raises(SchemaOutdated) as caught:
        await verify(database)
    assert str(caught.value) == (
        f"{database.place}: tables are at nothing, this program needs {head()}; run `confer migrate`"
    )
    await database.close()


async def test_a_folder_that_does_not_exist_is_told(tmp_path: Path) -> None:
    path = tmp_path / "missing" / "confer.db"
    with pytest.raises(DatabaseUnavailable) as caught:
        await migrate(f"sqlite:///{path}")
    assert str(caught.value) == f"SQLite database {path}: unable to open database file"


async def test_a_server_that_does_not_answer_is_told() -> None:
    with pytest.raises(DatabaseUnavailable, match="refused"):
        await migrate("postgresql://127.0.0.1:1/confer")


class TableGuard:
    """A guard that stands for a table."""

    def ensure(self, conn: sa.Connection) -> None:
        conn.execute(sa.text("CREATE TABLE IF NOT EXISTS sentry (id integer)"))

    def verify(self, conn: sa.Connection) -> None:
        if not sa.inspect(conn).has_table("sentry"):
            raise GuardLost("the sentry is gone")


async def test_a_lost_guard_is_noticed_and_made_again_by_an_upgrade(database: Database) -> None:
    guards = [TableGuard()]
    with pytest.raises(GuardLost, match="the sentry is gone"):
        await verify(database, guards)
    await migrate(database.url, guards)
    await verify(database, guards)


class Orphan:
    """A guard that leaves a row without the row it refers to, as a bad step would."""

    def ensure(self, conn: sa.Connection) -> None:
        conn.execute(sa.text("CREATE TABLE parents (id integer PRIMARY KEY)"))
        conn.execute(sa.text("CREATE TABLE children (parent integer REFERENCES parents (id))"))
        conn.execute(sa.text("INSERT INTO children VALUES (1)"))

    def verify(self, conn: sa.Connection) -> None:
        del conn


async def test_an_upgrade_that_breaks_references_is_taken_back_whole(empty_sqlite_url: str) -> None:
    with pytest.raises(RuntimeError, match="rows of children without their parents"):
        await migrate(empty_sqlite_url, [Orphan()])
    database = Database(empty_sqlite_url)
    async with database.read() as conn:
        assert await conn.scalar(sa.text("SELECT count(*) FROM sqlite_master")) == 0
    await database.close()
