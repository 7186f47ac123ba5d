"""A lease is held by the database's clock, and only who holds it may record an outcome."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from core.db.database_time import DatabaseTime
from core.db.engine import Connection, Database
from core.jobs.claims import Claims, next_run
from core.jobs.job import Job
from core.jobs.outcome import succeeded
from core.jobs.queue import NewJob, cancel_group, enqueue
from core.jobs.statements import CLAIM, NEXT, padded
from core.ports.clock import OffsetClock
from tests.core.jobs.handlers import Put, Rows

LONG, SHORT = timedelta(minutes=1), timedelta(milliseconds=50)


async def _claim(database: Database, claims: Claims, now: datetime, room: int = 10) -> list[Job]:
    async with database.write() as conn:
        return await claims.claim(conn, now=now, room=room)


async def test_a_leased_job_is_nobody_elses(database: Database, put: Put, clock: OffsetClock) -> None:
    await put("a", "b", "c")
    first = await _claim(database, Claims("one", LONG), clock.now(), room=2)
    second = await _claim(database, Claims("two", LONG), clock.now())
    assert [[job.key for job in taken] for taken in (first, second)] == [["a", "b"], ["c"]]


async def test_urgent_jobs_are_taken_first_then_the_earlier_due(
    database: Database, put: Put, clock: OffsetClock
) -> None:
    second = timedelta(seconds=1)
    await put("later", due=clock.now() - second)
    await put("earlier", due=clock.now() - 2 * second)
    await put("urgent", urgent=True)
    taken = await _claim(database, Claims("one", LONG), clock.now())
    assert [job.key for job in taken] == ["urgent", "earlier", "later"]


async def test_a_lease_runs_out_by_the_databases_clock_alone(
    database: Database, put: Put, clock: OffsetClock
) -> None:
    await put("a")
    await _claim(database, Claims("one", SHORT), clock.now())
    await clock.advance(timedelta(days=1))
    two = Claims("two", LONG)
    assert await _claim(database, two, clock.now()) == []
    await asyncio.sleep(0.06)
    (job,) = await _claim(database, two, clock.now())
    assert job.attempt == 2


async def test_an_outcome_is_dropped_when_another_has_the_job_by_now(
    database: Database, put: Put, rows: Rows, clock: OffsetClock
) -> None:
    await put("a")
    slow, quick = Claims("slow", SHORT), Claims("quick", LONG)
    (old,) = await _claim(database, slow, clock.now())
    await asyncio.sleep(0.06)
    (new,) = await _claim(database, quick, clock.now())
    async with database.write() as conn:
        assert await slow.save(conn, [succeeded(old, clock.now())]) == []
    assert await rows("lease") == [("quick",)]
    async with database.write() as conn:
        assert await quick.save(conn, [succeeded(new, clock.now())]) == []
    assert await rows("lease") == []


async def test_a_row_locked_by_another_transaction_is_left_for_later(
    postgres_database: Database, clock: OffsetClock
) -> None:
    claims = Claims("one", LONG)
    async with postgres_database.write() as conn:
        await enqueue(conn, [NewJob(kind="note", key=key, due=clock.now(), group=key) for key in "ab"])
    outcomes = [succeeded(job, clock.now()) for job in await _claim(postgres_database, claims, clock.now())]
    async with postgres_database.write() as cancelling:
        await cancel_group(cancelling, "a")
        async with postgres_database.write() as conn:
            assert await claims.save(conn, outcomes) == outcomes[:1]
    async with postgres_database.write() as conn:
        assert await claims.save(conn, outcomes[:1]) == []
        assert await conn.scalar(sa.text("SELECT count(*) FROM jobs")) == 0


async def test_a_cancelled_job_whose_process_died_is_cleared_away(
    database: Database, put: Put, rows: Rows, clock: OffsetClock
) -> None:
    await put("a", group="g", lane="l")
    await put("b", lane="l")
    await _claim(database, Claims("dead", SHORT), clock.now())
    async with database.write() as conn:
        await cancel_group(conn, "g")
    await asyncio.sleep(0.06)
    claims = Claims("two", LONG)
    assert [job.key for job in await _claim(database, claims, clock.now())] == ["b"]
    assert await rows("key") == [("b",)]


async def test_the_next_time_is_that_of_the_first_job_not_yet_due(
    database: Database, put: Put, clock: OffsetClock
) -> None:
    now = clock.now()

    async def next_time() -> datetime | None:
        async with database.read() as conn:
            return await next_run(conn, now=now)

    assert await next_time() is None
    await put("due")
    assert await next_time() is None
    await put("later", due=now + timedelta(hours=2))
    assert await next_time() == now + timedelta(hours=2)
    await put("urgent", due=now + timedelta(hours=3), urgent=True)
    assert await next_time() == now + timedelta(hours=2)
    await put("sooner", due=now + timedelta(hours=1), urgent=True)
    assert await next_time() == now + timedelta(hours=1)


async def test_the_databases_time_is_now_and_ahead_is_later(database: Database) -> None:
    ahead = sa.bindparam("ahead", 90.0, sa.Float)
    async with database.read() as conn:
        now, later = (await conn.execute(sa.select(DatabaseTime(), DatabaseTime(ahead)))).one()
    assert abs(datetime.now(UTC) - now) < timedelta(seconds=5)
    assert abs(later - now - timedelta(seconds=90)) < timedelta(milliseconds=100)


async def _plan(conn: Connection, statement: Any, given: dict[str, Any]) -> str:
    compiled = statement.compile(dialect=conn.dialect)
    given = {**compiled.params, **given}
    bound = compiled.construct_params(given)
    processed = {
        name: compiled._bind_processors[name](value) if name in compiled._bind_processors else value
        for name, value in bound.items()
    }
    explain = "EXPLAIN QUERY PLAN " if conn.dialect.name == "sqlite" else "EXPLAIN "
    parameters = tuple(processed[name] for name in compiled.positiontup or ())
    rows = await conn.exec_driver_sql(explain + compiled.string, parameters)
    return "\n".join(str(row[-1]) for row in rows)


@pytest.mark.parametrize(
    ("statement", "given", "indexes"),
    [
        (CLAIM, {"room": 10, "runner": "one", "span": 30.0}, {"ix_jobs_run_at", "ix_jobs_lane"}),
        (NEXT, {}, {"ix_jobs_run_at"}),
    ],
)
async def test_claiming_reads_by_index_only_what_is_due(
    database: Database, clock: OffsetClock, statement: Any, given: dict[str, Any], indexes: set[str]
) -> None:
    async with database.write() as conn:
        if database.dialect == "postgresql":  # with few rows it would read them all, rightly
            await conn.execute(sa.text("SET LOCAL enable_seqscan = off"))
        plan = await _plan(conn, statement, {"now": clock.now(), **given})
    assert {index for index in indexes if index in plan} == indexes
    assert "SCAN jobs" not in plan
    assert "Seq Scan on jobs" not in plan


@pytest.mark.parametrize(("count", "length"), [(1, 1), (2, 2), (3, 4), (33, 64), (64, 64)])
def test_lists_of_ids_have_few_lengths(count: int, length: int) -> None:
    ids = padded(range(count))
    assert (len(ids), set(ids)) == (length, set(range(count)))
