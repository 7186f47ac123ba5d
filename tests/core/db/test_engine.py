"""Transactions commit whole, writers queue up, and a missing database is told in one line."""

import asyncio
import itertools
import shutil
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from core.db.announce import announce
from core.db.engine import Connection, Database, database_url
from core.db.errors import DatabaseUnavailable

words = sa.Table("words", sa.MetaData(), sa.Column("word", sa.Text, nullable=False))
ADD = words.insert()
TERMINATE = sa.text("SELECT pg_terminate_backend(:pid)")


@pytest.fixture
async def database(database: Database) -> Database:
    async with database.write() as conn:
        await conn.run_sync(words.create)
    return database


async def _all_words(database: Database) -> list[str]:
    async with database.read() as conn:
        return list((await conn.scalars(sa.select(words.c.word).order_by(words.c.word))).all())


async def test_a_transaction_is_committed_at_its_end(database: Database) -> None:
    async with database.write() as conn:
        await conn.execute(ADD, {"word": "one"})
    assert await _all_words(database) == ["one"]


async def test_an_exception_takes_everything_back(database: Database) -> None:
    async def add_and_fail() -> None:
        async with database.write() as conn:
            await conn.execute(ADD, {"word": "one"})
            raise LookupError

    with pytest.raises(LookupError):
        await add_and_fail()
    assert await _all_words(database) == []


async def test_a_reading_transaction_cannot_write(database: Database) -> None:
    with pytest.raises((DBAPIError, DatabaseUnavailable), match=r"read-?only"):
        async with database.read() as conn:
            await conn.execute(ADD, {"word": "one"})
    assert await _all_words(database) == []


async def test_a_reading_transaction_sees_one_state_while_others_write(database: Database) -> None:
    count = sa.select(sa.func.count()).select_from(words)
    async with database.read() as reader:
        before = await reader.scalar(count)
        async with database.write() as writer:
            await writer.execute(ADD, {"word": "one"})
        assert await reader.scalar(count) == before == 0
    assert await _all_words(database) == ["one"]


async def test_two_sqlite_writers_never_decide_on_the_same_state(sqlite_url: str) -> None:
    """With the driver's deferred transactions all of them would find the table empty."""
    databases = [Database(sqlite_url) for _ in range(4)]
    async with databases[0].write() as conn:
        await conn.run_sync(words.create)

    async def add_if_first(database: Database) -> None:
        async with database.write() as conn:
            if (await conn.execute(sa.select(words))).first() is None:
                await asyncio.sleep(0.01)
                await conn.execute(ADD, {"word": database.name})

    await asyncio.gather(*(add_if_first(database) for database in databases * 3))
    assert len(await _all_words(databases[0])) == 1
    for database in databases:
        await database.close()


async def test_a_cancelled_transaction_leaves_nothing_behind(database: Database) -> None:
    started = asyncio.Event()

    async def write_for_long() -> None:
        async with database.write() as conn:
            await conn.execute(ADD, {"word": "cancelled"})
            started.set()
            await asyncio.sleep(60)

    writing = asyncio.create_task(write_for_long())
    await started.wait()
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    async with database.write() as conn:
        await conn.execute(ADD, {"word": "next"})
    assert await _all_words(database) == ["next"]


async def test_cancelling_at_any_moment_leaves_the_database_usable(database: Database) -> None:
    async def write_some(conn: Connection) -> None:
        for number in range(20):
            await conn.execute(ADD, {"word": str(number)})

    async def transaction() -> None:
        async with database.write() as conn:
            await write_some(conn)

    for pause in range(15):
        writing = asyncio.create_task(transaction())
        await asyncio.sleep(pause / 3000)
        writing.cancel()
        await asyncio.gather(writing, return_exceptions=True)
    assert len(await _all_words(database)) % 20 == 0
    await transaction()


async def test_sqlite_is_durable_and_keeps_references(sqlite_database: Database) -> None:
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    async with sqlite_database.write() as conn:
        found = {name: (await conn.exec_driver_sql(f"PRAGMA {name}")).scalar() for name in wanted}
    assert found == wanted


async def test_listeners_hear_of_a_commit_and_not_of_a_rollback(database: Database) -> None:
    async def announce_and_fail() -> None:
        async with database.write() as conn:
            await announce(conn, "jobs")
            raise LookupError

    heard: list[str] = []
    with database.listening("jobs", lambda: heard.append("jobs")):
        with pytest.raises(LookupError):
            await announce_and_fail()
        assert heard == []
        async with database.write() as conn:
            await announce(conn, "jobs")
            await announce(conn, "jobs")
            await announce(conn, "other")
            assert heard == []
        assert heard == ["jobs"]
    async with database.write() as conn:
        await announce(conn, "jobs")
    assert heard == ["jobs"]


async def test_a_locked_sqlite_file_is_told_in_one_line(sqlite_url: str, tmp_path: Path) -> None:
    database = Database(sqlite_url, wait=0.1)
    blocker = sqlite3.connect(tmp_path / "confer.db", isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseUnavailable) as caught:
        async with database.write():
            pass
    assert str(caught.value) == f"SQLite database {tmp_path / 'confer.db'}: database is locked"
    blocker.close()
    async with database.write():
        pass
    await database.close()


async def _line(url: str) -> str:
    database = Database(url)
    try:
        with pytest.raises(DatabaseUnavailable) as caught:
            async with database.write():
                pass
    finally:
        await database.close()
    return str(caught.value)


async def test_a_missing_sqlite_file_is_told_and_not_created(tmp_path: Path) -> None:
    path = tmp_path / "missing.db"
    assert await _line(f"sqlite:///{path}") == f"SQLite database {path}: unable to open database file"
    assert not path.exists()


async def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "letter.db"
    path.write_text("Dear reader, " * 200)
    assert await _line(f"sqlite:///{path}") == f"SQLite database {path}: file is not a database"


async def test_an_unreachable_server_is_told_without_its_password() -> None:
    line = await _line("postgresql://ann:secret@127.0.0.1:1/confer")
    assert line.startswith("PostgreSQL database confer at 127.0.0.1:1: ")
    assert "refused" in line
    assert "secret" not in line


async def test_a_database_that_the_server_does_not_have_is_told(postgresql_url: str) -> None:
    line = await _line(postgresql_url.rpartition("/")[0] + "/nowhere")
    assert line.endswith('database "nowhere" does not exist')


async def test_a_connection_lost_in_a_transaction_is_told_and_the_next_one_works(
    postgres_database: Database,
) -> None:
    async def lose_connection() -> None:
        async with postgres_database.write() as conn:
            pid = await conn.scalar(sa.text("SELECT pg_backend_pid()"))
            async with postgres_database.write() as other:
                await other.execute(TERMINATE, {"pid": pid})
            await conn.execute(sa.text("SELECT pg_sleep(0.05)"))

    with pytest.raises(DatabaseUnavailable):
        await lose_connection()
    async with postgres_database.write() as conn:
        assert await conn.scalar(sa.text("SELECT 1")) == 1


async def test_idle_connections_lost_while_nobody_looked_are_not_felt(postgres_database: Database) -> None:
    async with postgres_database.write(), postgres_database.write() as conn:
        await conn.execute(sa.text("SELECT 1"))
    async with postgres_database.write() as conn:
        others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        assert await conn.scalar(sa.text(f"SELECT count(pg_terminate_backend(pid)) {others}")) == 1
    await asyncio.sleep(0.05)
    await asyncio.gather(_one(postgres_database), _one(postgres_database))


async def _one(database: Database) -> None:
    async with database.read() as conn:
        assert await conn.scalar(sa.text("SELECT 1")) == 1


@pytest.fixture
def strange_url(sqlite_template: Path, tmp_path: Path) -> sa.URL:
    path = shutil.copyfile(sqlite_template, tmp_path / "a b%20c#d?.db")
    return sa.URL.create("sqlite", database=str(path))


async def test_any_file_name_will_do(strange_url: sa.URL) -> None:
    database = Database(strange_url)
    async with database.read() as conn:
        assert await conn.scalar(sa.text("SELECT count(*) FROM jobs")) == 0
    await database.close()


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("sqlite:///data/confer.db", "sqlite+aiosqlite:///data/confer.db"),
        ("postgresql://db/confer", "postgresql+asyncpg://db/confer"),
        ("postgresql+psycopg://db/confer", "postgresql+asyncpg://db/confer"),
    ],
)
def test_the_driver_is_always_ours(given: str, used: str) -> None:
    assert str(database_url(given)) == used


@pytest.mark.parametrize("url", ["mysql://db/confer", "sqlite://", "sqlite:///:memory:"])
def test_other_databases_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"must begin with sqlite or postgresql|needs a file"):
        database_url(url)


async def most_at_once(databases: Sequence[Database]) -> int:
    """How many had the same turn at the same moment when all asked at once."""
    present, most = 0, 0

    async def take(database: Database) -> None:
        nonlocal present, most
        async with database.turn(7):
            present += 1
            most = max(most, present)
            await asyncio.sleep(0.01)
            present -= 1

    await asyncio.gather(*map(take, databases))
    return most


async def meet(databases: Sequence[Database]) -> None:
    """Ends when as many different turns as databases were had at the same moment."""
    everybody = asyncio.Barrier(len(databases))

    async def take(number: int, database: Database) -> None:
        async with database.turn(number):
            await everybody.wait()

    async with asyncio.timeout(20):
        await asyncio.gather(*itertools.starmap(take, enumerate(databases)))


async def test_only_those_who_ask_for_the_same_turn_wait_for_each_other(database: Database) -> None:
    assert await most_at_once([database] * 8) == 1
    await meet([database] * 8)


async def test_turns_hold_across_processes_on_postgresql(postgres_database: Database) -> None:
    other = Database(postgres_database.url)
    assert await most_at_once([postgres_database, other] * 6) == 1
    await meet([postgres_database, other] * 6)
    await other.close()


async def test_more_turns_than_connections_leave_some_to_work_with(database: Database) -> None:
    async def work(number: int) -> None:
        async with database.turn(number), database.write() as conn:
            await conn.execute(ADD, {"word": str(number)})

    await asyncio.gather(*map(work, range(60)))
    assert len(await _all_words(database)) == 60


async def test_whoever_gives_up_a_turn_leaves_it_to_the_next(database: Database) -> None:
    for pause in range(10):
        taking = asyncio.create_task(most_at_once([database]))
        await asyncio.sleep(pause / 1000)
        taking.cancel()
        await asyncio.gather(taking, return_exceptions=True)
    async with asyncio.timeout(5):
        assert await most_at_once([database]) == 1
