"""Jobs as an operator looks at them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from core.db.database_time import DatabaseTime
from core.db.engine import Connection
from core.jobs.queue import NORMAL, URGENT
from core.jobs.table import DEAD, READY, jobs

NOT_DEAD = jobs.c.state != sa.literal_column(f"'{DEAD}'")
IS_DEAD = jobs.c.state == sa.literal_column(f"'{DEAD}'")
LEASED = jobs.c.leased_until >= DatabaseTime()


@dataclass(frozen=True, slots=True, kw_only=True)
class JobLine:
    """One job without its payload; `run_at` is when it runs (again), `error` its last one."""

    id: int
    kind: str
    key: str
    due: datetime
    run_at: datetime
    attempts: int
    max_attempts: int
    running: bool
    error: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauges:
    """How the queue does: jobs due and waiting, running, dead, and how late the latest is."""

    ready: int
    running: int
    dead: int
    lag: timedelta


async def list_waiting(conn: Connection, limit: int) -> list[JobLine]:
    """The jobs that run next or are running, urgent ones first, then by time."""
    waiting = _lines().where(NOT_DEAD, jobs.c.state == READY)
    return await _read(conn, waiting.order_by(jobs.c.priority, jobs.c.run_at).limit(limit))


async def list_dead(conn: Connection, limit: int) -> list[JobLine]:
    """The jobs given up on, oldest first."""
    return await _read(conn, _lines().where(IS_DEAD).order_by(jobs.c.id).limit(limit))


async def gauges(conn: Connection, *, now: datetime) -> Gauges:
    """The figures at `now`; costs as much as there are jobs due or dead, however many are to come."""
    waiting = sa.or_(jobs.c.leased_until.is_(None), ~LEASED)
    due = sa.select(
        sa.func.count().filter(waiting),
        sa.func.count().filter(LEASED),
        sa.func.min(jobs.c.run_at).filter(waiting),
    ).where(NOT_DEAD, jobs.c.priority.in_((URGENT, NORMAL)), jobs.c.run_at <= now, jobs.c.state == READY)
    ready, running, oldest = (await conn.execute(due)).one()
    dead = await conn.scalar(sa.select(sa.func.count()).select_from(jobs).where(IS_DEAD))
    return Gauges(ready=ready, running=running, dead=dead or 0, lag=now - oldest if oldest else timedelta())


def _lines() -> sa.Select[Any]:
    return sa.select(jobs, sa.func.coalesce(LEASED, sa.false()).label("running"))


async def _read(conn: Connection, chosen: sa.Select[Any]) -> list[JobLine]:
    rows: Sequence[sa.Row[Any]] = (await conn.execute(chosen)).all()
    return [
        JobLine(
            id=row.id,
            kind=row.kind,
            key=row.key,
            due=row.due,
            run_at=row.run_at,
            attempts=row.attempts,
            max_attempts=row.max_attempts,
            running=bool(row.running),
            error=row.last_error,
        )
        for row in rows
    ]
