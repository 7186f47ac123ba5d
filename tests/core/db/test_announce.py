"""On PostgreSQL one process hears of another's commits, also after its connection was lost."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
import sqlalchemy as sa

from core.db.announce import announce, hear
from core.db.engine import Database

LISTENERS = "FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'"


class Bell:
    """Counts how often it was rung."""

    def __init__(self) -> None:
        self.count = 0
        self._rung = asyncio.Event()

    def ring(self) -> None:
        self.count += 1
        self._rung.set()

    async def next(self) -> None:
        async with asyncio.timeout(10):
            await self._rung.wait()
        self._rung.clear()


@asynccontextmanager
async def _hearing(database: Database, topic: str, listener: Callable[[], None]) -> AsyncIterator[None]:
    task = asyncio.create_task(hear(database, topic, listener))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
async def other(postgres_database: Database) -> AsyncIterator[Database]:
    """Another process's way to the same database."""
    other = Database(postgres_database.url)
    yield other
    await other.close()


async def _announce(database: Database, topic: str) -> None:
    async with database.write() as conn:
        await announce(conn, topic)


async def _announce_and_fail(database: Database) -> None:
    async with database.write() as conn:
        await announce(conn, "jobs")
        raise LookupError


async def test_another_process_hears_of_a_commit(postgres_database: Database, other: Database) -> None:
    bell = Bell()
    async with _hearing(other, "jobs", bell.ring):
        await bell.next()  # it listens
        await _announce(postgres_database, "jobs")
        await bell.next()
    assert bell.count == 2


async def test_nobody_hears_of_their_own_commits_other_topics_and_rollbacks(
    postgres_database: Database, other: Database
) -> None:
    bell = Bell()
    async with _hearing(other, "jobs", bell.ring):
        await bell.next()
        await _announce(other, "jobs")
        await _announce(postgres_database, "weather")
        with pytest.raises(LookupError):
            await _announce_and_fail(postgres_database)
        await _announce(postgres_database, "jobs")
        await bell.next()
        await asyncio.sleep(0.1)
    assert bell.count == 2


async def test_a_lost_connection_is_made_again_and_tells_to_look(
    postgres_database: Database, other: Database
) -> None:
    bell = Bell()
    async with _hearing(other, "jobs", bell.ring):
        await bell.next()
        async with postgres_database.write() as conn:
            ended = sa.text(f"SELECT count(pg_terminate_backend(pid)) {LISTENERS}")
            assert await conn.scalar(ended) == 1
        await bell.next()
        await _announce(postgres_database, "jobs")
        await bell.next()


async def test_on_sqlite_there_is_nobody_else_to_hear(sqlite_database: Database) -> None:
    bell = Bell()
    async with _hearing(sqlite_database, "jobs", bell.ring):
        await _announce(sqlite_database, "jobs")
        await asyncio.sleep(0.05)
    assert bell.count == 0
