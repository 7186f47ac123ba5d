"""Jobs per second, in and out of the queue, beside a raw insert and beside a million future jobs."""

import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg
import sqlalchemy as sa

from core.db.engine import Database
from core.db.migrate import migrate
from core.db.types import UtcDateTime
from core.jobs.job import Job
from core.jobs.queue import NewJob, cancel_group, enqueue
from core.jobs.runner import Runner
from core.ports.clock import SystemClock
from tests.benchmarks.figure import Figure
from tests.servers.postgres import binaries, postgres_server

TRANSACTIONS = 300
JOBS = 6
"""Of one booking: four effects and two reminders."""
EFFECTS = 6_000
ROUNDS = 3
GROUP = "booking:1"
FEW, MANY, CHUNK = 10_000, 1_000_000, 50_000
CREATE = "CREATE TABLE floor (id INTEGER PRIMARY KEY, word TEXT)"
INSERT = "INSERT INTO floor (id, word) VALUES ({}, 'word')"
NUMBERS = {
    "sqlite": "WITH RECURSIVE numbers(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM numbers WHERE n < :count)"
    " SELECT :first + n AS n FROM numbers",
    "postgresql": "SELECT :first + n AS n FROM generate_series(1, :count) AS n",
}
FUTURE = (
    "INSERT INTO jobs (kind, key, payload, state, priority, due, run_at, group_name, lane,"
    " attempts, max_attempts, keep_seconds) SELECT 'note', 'future:' || n, '{{}}', 'ready', 1, :due, :due,"
    " 'booking:' || n / 2, 'chat:' || n % 50000, 0, 10, 0 FROM ({}) AS numbers"
)


def run() -> list[Figure]:
    """The figures of SQLite and, where there are binaries, of PostgreSQL."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "confer.db"
        figures = asyncio.run(_figures(f"sqlite:///{path}", lambda: _raw_sqlite(path)))
    if found := binaries():
        with postgres_server(found) as server, server.database() as name:
            raw = f"postgresql://confer@127.0.0.1:{server.port}/{name}"
            figures += asyncio.run(_figures(server.url(name), lambda: _raw_postgresql(raw)))
    return figures


async def _figures(url: str, raw: Callable[[], Awaitable[float]]) -> list[Figure]:
    await migrate(url)
    floor = max([await raw() for _ in range(ROUNDS)])
    database = Database(url)
    name, raw_name = f"jobs on {database.dialect}", "raw single-row inserts"
    enqueued = await _best(_enqueue_speed, database)
    await _add_future(database, FEW)
    few = await _best(_run_speed, database)
    await _add_future(database, MANY)
    many = await _best(_run_speed, database)
    await database.close()
    return [
        _figure(f"{name}: transactions of {JOBS} enqueued", enqueued, raw_name, floor),
        _figure(f"{name}: carried out", few, raw_name, floor),
        _figure(f"{name}: carried out beside {MANY:,} future ones", many, f"beside {FEW:,}", few, ">= 0.8x"),
    ]


def _figure(name: str, value: float, floor_name: str, floor: float, target: str | None = None) -> Figure:
    return Figure(
        name=name,
        value=value,
        unit="1/s",
        floor_name=floor_name,
        floor_value=floor,
        ratio=value / floor,
        target=target,
    )


async def _raw_sqlite(path: Path) -> float:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous=FULL")
    connection.executescript(f"DROP TABLE IF EXISTS floor; {CREATE}")
    begin = time.perf_counter()
    for number in range(TRANSACTIONS):
        connection.execute(INSERT.format("?"), (number,))
    speed = TRANSACTIONS / (time.perf_counter() - begin)
    connection.close()
    return speed


async def _raw_postgresql(address: str) -> float:
    connection = await asyncpg.connect(address)
    await connection.execute(f"DROP TABLE IF EXISTS floor; {CREATE}")
    begin = time.perf_counter()
    for number in range(TRANSACTIONS):
        await connection.execute(INSERT.format("$1"), number)
    speed = TRANSACTIONS / (time.perf_counter() - begin)
    await connection.close()
    return speed


async def _best(speed: Callable[[Database], Awaitable[float]], database: Database) -> float:
    """Of three rounds, since other programs on the machine only ever make one slower."""
    return max([await speed(database) for _ in range(ROUNDS)])


async def _enqueue_speed(database: Database) -> float:
    async with database.write() as conn:
        await cancel_group(conn, GROUP)
    due = datetime.now(UTC) + timedelta(days=1)
    begin = time.perf_counter()
    for number in range(TRANSACTIONS):
        async with database.write() as conn:
            await enqueue(conn, [_job(f"enqueued:{number}:{part}", due) for part in range(JOBS)])
    return TRANSACTIONS / (time.perf_counter() - begin)


async def _run_speed(database: Database) -> float:
    """Jobs that do nothing, half of them in lanes of two, per second."""
    left, through = EFFECTS, asyncio.Event()

    async def count(_job: Job) -> None:
        nonlocal left
        left -= 1
        if not left:
            through.set()

    async with database.write() as conn:
        now = datetime.now(UTC)
        await enqueue(conn, [_job(f"effect:{number}", now, number) for number in range(EFFECTS)])
    runner = Runner(database, {"note": count}, SystemClock())
    begin = time.perf_counter()
    running = asyncio.create_task(runner.run())
    await through.wait()
    runner.stop()
    await running
    return EFFECTS / (time.perf_counter() - begin)


def _job(key: str, due: datetime, number: int = 0) -> NewJob:
    lane = f"chat:{number // 4}" if number % 2 else None
    return NewJob(kind="note", key=key, due=due, payload={"booking": 1}, group=GROUP, lane=lane)


async def _add_future(database: Database, count: int) -> None:
    due = sa.bindparam("due", datetime.now(UTC) + timedelta(days=30), UtcDateTime)
    statement = sa.text(FUTURE.format(NUMBERS[database.dialect])).bindparams(due)
    async with database.write() as conn:
        await conn.execute(sa.text("DELETE FROM jobs"))
    for first in range(0, count, CHUNK):
        async with database.write() as conn:
            await conn.execute(statement, {"first": first, "count": min(CHUNK, count)})
    if database.dialect == "sqlite":
        _tidy_up(str(database.url.database))


def _tidy_up(path: str) -> None:
    """Bring what was added from the log into the file, which is not the runner's work."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
