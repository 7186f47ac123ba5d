"""What makes a process unready, on real databases of both kinds."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from core.db.engine import Database
from core.jobs.queue import NewJob, enqueue
from core.kit.metrics import Metrics
from core.ports.clock import OffsetClock
from core.services.readiness import Readiness
from tests.servers.postgres import PostgresServer

DROP_GUARD = {
    "sqlite": "DROP TRIGGER slot_taken_insert",
    "postgresql": "ALTER TABLE bookings DROP CONSTRAINT slot_taken",
}


async def problems(database: Database, clock: OffsetClock) -> dict[str, str]:
    answers = {name: await check() for name, check in Readiness(database, clock).checks().items()}
    return {name: words for name, words in answers.items() if words}


async def test_a_migrated_guarded_database_without_late_jobs_is_ready(
    database: Database, clock: OffsetClock
) -> None:
    assert await problems(database, clock) == {}


@pytest.fixture
def bare_url(empty_database_url: str) -> str:
    """A database that is there, without any table."""
    if empty_database_url.startswith("sqlite"):
        Path(empty_database_url.partition(":///")[2]).touch()
    return empty_database_url


async def test_an_empty_database_needs_a_migration(bare_url: str, clock: OffsetClock) -> None:
    database = Database(bare_url)
    assert await problems(database, clock) == {
        "migrations": "the tables are of another version; run `confer migrate`"
    }
    await database.close()


async def test_a_lost_guard(database: Database, clock: OffsetClock) -> None:
    async with database.write() as conn:
        await conn.exec_driver_sql(DROP_GUARD[database.dialect])
    assert await problems(database, clock) == {
        "guard": "the guard against overlaps is lost; run `confer migrate`"
    }


async def test_jobs_that_nobody_carries_out(database: Database, clock: OffsetClock) -> None:
    async with database.write() as conn:
        await enqueue(conn, [NewJob(kind="paint", key="paint:1", due=clock.now())])
    await clock.advance(timedelta(minutes=5))
    assert await problems(database, clock) == {}
    await clock.advance(timedelta(seconds=1))
    assert await problems(database, clock) == {"jobs": "the oldest due job has waited 301 s"}


async def test_a_missing_file_is_told_once(tmp_path: Path, clock: OffsetClock) -> None:
    database = Database(f"sqlite:///{tmp_path}/nowhere.db")
    assert await problems(database, clock) == {"database": "it does not answer"}
    await database.close()


@pytest.fixture
async def vanished(postgres: PostgresServer) -> AsyncIterator[Database]:
    """A database that its server no longer has."""
    database = Database(postgres.url("no_such_database"))
    yield database
    await database.close()


async def test_a_vanished_database_is_told_once(vanished: Database, clock: OffsetClock) -> None:
    assert await problems(vanished, clock) == {"database": "it does not answer"}


async def test_the_gauges_of_the_queue(database: Database, clock: OffsetClock) -> None:
    jobs = [NewJob(kind="paint", key=f"paint:{each}", due=clock.now()) for each in range(3)]
    async with database.write() as conn:
        await enqueue(conn, jobs)
    await clock.advance(timedelta(seconds=90))
    metrics = Metrics()
    await Readiness(database, clock).measure(metrics)
    lines = metrics.render().decode().splitlines()
    assert {"confer_jobs_waiting 3.0", "confer_jobs_dead 0.0", "confer_job_lag_seconds 90.0"} <= set(lines)


async def test_the_gauges_are_unknown_while_the_database_does_not_answer(
    vanished: Database, clock: OffsetClock
) -> None:
    metrics = Metrics()
    await Readiness(vanished, clock).measure(metrics)
    lines = metrics.render().decode().splitlines()
    assert {"confer_jobs_waiting NaN", "confer_jobs_dead NaN", "confer_job_lag_seconds NaN"} <= set(lines)
