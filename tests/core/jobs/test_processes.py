"""Jobs survive kill -9, a lost database and company: none is lost, none runs twice without need."""

import asyncio
import os
import signal
import sqlite3
import sys
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from operator import le
from pathlib import Path

import pytest
import sqlalchemy as sa

from core.db.engine import Database
from core.jobs.job import Job, RetryLater
from core.jobs.queue import NewJob, cancel_group, enqueue
from core.jobs.runner import Runner
from core.ports.clock import OffsetClock
from tests.core.jobs.handlers import MakeRunner, Put, Ran, running
from tests.servers.postgres import PostgresServer

ROOT = Path(__file__).parents[3]
WORKER = Path(__file__).with_name("worker.py")
EFFECTS = sa.Table(
    "effects",
    sa.MetaData(),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("key", sa.Text, unique=True),
    sa.Column("lane", sa.Text),
    sa.Column("runs", sa.Integer),
)
COUNT = sa.select(sa.func.count()).select_from(EFFECTS)
JOBS = sa.text("SELECT count(*) FROM jobs")
LISTENING = sa.text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'"
)


@asynccontextmanager
async def _worker(database: Database) -> AsyncIterator[None]:
    """A worker process, killed without warning at the end."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(WORKER),
        database.url.render_as_string(hide_password=False),
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    try:
        yield
    finally:
        process.send_signal(signal.SIGKILL)
        await process.wait()


async def _until(database: Database, statement: sa.Executable, reached: Callable[[int], bool]) -> None:
    async with asyncio.timeout(30):
        while True:
            async with database.read() as conn:
                if reached(await conn.scalar(statement) or 0):
                    return
            await asyncio.sleep(0.005)


async def test_killed_workers_lose_no_job_and_keep_every_lanes_order(database: Database) -> None:
    jobs = [
        NewJob(
            kind="effect",
            key=f"{number:03}",
            due=datetime.now(UTC),
            payload={"lane": f"chat:{number % 20}"},
            lane=f"chat:{number % 20}",
        )
        for number in range(240)
    ]
    async with database.write() as conn:
        await conn.run_sync(EFFECTS.create)
        await enqueue(conn, jobs)
    for killed_at in (50, 130):
        async with _worker(database):
            await _until(database, COUNT, partial(le, killed_at))
    async with _worker(database):
        await _until(database, JOBS, lambda count: count == 0)
    async with database.read() as conn:
        made = (await conn.execute(sa.select(EFFECTS).order_by(EFFECTS.c.number))).all()
    lanes = defaultdict(list)
    for row in made:
        lanes[row.lane].append(row.key)
    assert sorted(row.key for row in made) == [job.key for job in jobs]
    assert all(keys == sorted(keys) for keys in lanes.values())
    assert Counter(row.runs for row in made)[1] >= 240 - 2 * 8


async def test_runners_beside_each_other_run_no_job_twice(
    database: Database, put: Put, ran: Ran, make_runner: MakeRunner
) -> None:
    await put(*(f"free{number}" for number in range(200)))
    for lane in range(20):
        await put(*(f"lane{lane}-{number}" for number in range(5)), lane=f"chat:{lane}")
    databases = [Database(database.url) for _ in range(4)]
    poll = timedelta(milliseconds=20)
    runners = [make_runner(ran, database=each, concurrency=8, poll=poll) for each in databases]
    async with running(*runners):
        await ran.until(300)
        await asyncio.sleep(0.1)
    for each in databases:
        await each.close()
    assert len(ran.keys) == len(set(ran.keys)) == 300


async def test_cancelling_beside_busy_runners_neither_deadlocks_nor_leaves_anything(
    database: Database, ran: Ran, clock: OffsetClock, make_runner: MakeRunner
) -> None:
    patience = timedelta(seconds=30)

    async def sometimes_later(job: Job) -> None:
        await ran(job)
        if job.payload["number"] % 3 == 0 and ran.keys.count(job.key) == 1:
            raise RetryLater(patience)

    async def book_and_cancel(person: int) -> None:
        for number in range(40):
            group = f"booking:{person}:{number}"
            new = NewJob(kind="note", key=group, due=clock.now(), payload={"number": number}, group=group)
            parts = [replace(new, key=f"{group}:{part}", lane=f"chat:{person}") for part in range(3)]
            async with database.write() as conn:
                await enqueue(conn, parts)
            if number % 2:
                async with database.write() as conn:
                    await cancel_group(conn, f"booking:{person}:{number - 1}")
                    await cancel_group(conn, group)

    runners = [make_runner(sometimes_later, poll=timedelta(milliseconds=20)) for _ in range(2)]
    async with running(*runners):
        await asyncio.wait_for(asyncio.gather(*(book_and_cancel(person) for person in range(4))), 20)
    await clock.advance(patience)
    await runners[0].drain()
    async with database.read() as conn:
        assert await conn.scalar(JOBS) == 0


async def test_a_running_runner_is_woken_by_another_process(
    postgres_database: Database, ran: Ran, clock: OffsetClock
) -> None:
    other = Database(postgres_database.url)
    runner = Runner(other, {"note": ran}, clock, poll=timedelta(hours=1))
    async with running(runner):
        await _until(postgres_database, LISTENING, lambda count: count == 1)
        async with postgres_database.write() as conn:
            await enqueue(conn, [NewJob(kind="note", key="k", due=clock.now())])
        await ran.until(1)
    await other.close()


async def test_a_runner_waits_for_a_locked_sqlite_file(
    sqlite_url: str, tmp_path: Path, clock: OffsetClock, ran: Ran, caplog: pytest.LogCaptureFixture
) -> None:
    database = Database(sqlite_url, wait=0.05)
    async with database.write() as conn:
        await enqueue(conn, [NewJob(kind="note", key="k", due=clock.now())])
    blocker = sqlite3.connect(tmp_path / "confer.db", isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    async with running(Runner(database, {"note": ran}, clock)):
        await asyncio.sleep(0.2)
        assert "jobs wait for the database: SQLite database" in caplog.text
        assert ran.keys == []
        blocker.close()
        await ran.until(1)
    await database.close()


async def test_a_runner_waits_for_a_lost_server_and_keeps_what_it_has_done(
    postgres: PostgresServer,
    postgres_database: Database,
    clock: OffsetClock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    name = postgres_database.url.database
    begun, go_on = asyncio.Event(), asyncio.Event()
    seen: list[str] = []

    async def handler(job: Job) -> None:
        seen.append(job.key)
        begun.set()
        await go_on.wait()

    async with postgres_database.write() as conn:
        await enqueue(
            conn, [NewJob(kind="note", key=key, due=clock.now(), lane="chat:1") for key in ("a", "b")]
        )
    async with running(Runner(postgres_database, {"note": handler}, clock)):
        await begun.wait()
        postgres.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        postgres.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")  # noqa: S608
        go_on.set()
        await asyncio.sleep(0.3)
        assert seen == ["a"]
        assert "jobs wait for the database: PostgreSQL database" in caplog.text
        postgres.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
        await _until(postgres_database, JOBS, lambda count: count == 0)
    assert seen == ["a", "b"]
