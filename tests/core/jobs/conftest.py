"""Runners that remember what they ran."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from core.db.engine import Database
from core.jobs.backoff import Backoff
from core.jobs.job import Handler
from core.jobs.queue import NewJob, enqueue
from core.jobs.runner import Runner
from core.jobs.table import jobs
from core.ports.clock import OffsetClock
from tests.core.jobs.handlers import MakeRunner, Put, Ran, Rows

STEADY = Backoff(first=timedelta(seconds=10), longest=timedelta(minutes=5), jitter=0)


@pytest.fixture
def ran() -> Ran:
    return Ran()


@pytest.fixture
def put(database: Database, clock: OffsetClock) -> Put:
    """Enqueue one job for each key, due now unless told otherwise."""

    async def put(*keys: str, **fields: Any) -> None:
        fields = {"kind": "note", "due": clock.now(), **fields}
        async with database.write() as conn:
            await enqueue(conn, [NewJob(key=key, **fields) for key in keys])

    return put


@pytest.fixture
def make_runner(database: Database, clock: OffsetClock) -> MakeRunner:
    """A runner that looks only when it is woken, and waits between attempts without jitter."""

    def make(handler: Handler | None = None, **options: Any) -> Runner:
        handlers = options.pop("handlers", {"note": handler})
        options = {"poll": timedelta(hours=1), "backoff": STEADY, **options}
        return Runner(options.pop("database", database), handlers, clock, **options)

    return make


@pytest.fixture
def rows(database: Database) -> Rows:
    """Columns of all jobs in the order of their ids."""

    async def rows(*names: str) -> list[Any]:
        async with database.read() as conn:
            chosen = sa.select(*(jobs.c[name] for name in names)).order_by(jobs.c.id)
            return [tuple(row) for row in await conn.execute(chosen)]

    return rows
