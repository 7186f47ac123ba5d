"""Put jobs into the queue and take them back, inside the caller's own transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from core.db.announce import announce
from core.db.engine import Connection
from core.jobs.table import CANCELLED, DEAD, READY, jobs

TOPIC = "jobs"
URGENT, NORMAL = 0, 1
INSERT = {
    "postgresql": postgresql.insert(jobs).on_conflict_do_nothing(index_elements=["key"]),
    "sqlite": sqlite.insert(jobs).on_conflict_do_nothing(index_elements=["key"]),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewJob:
    """An effect to carry out at `due`, at least once.

    `key` names the effect for good: enqueuing it again changes nothing while the job exists, be it
    waiting, running or dead. When it is done its row goes, so whoever enqueues derives the key from
    something that happens once in a transaction (a booking's version). Where the same fact may be
    told again by somebody else (a vendor's webhook), `keep` holds the key that long after the job
    is done. `payload` is plain JSON: ids, never a copy of what may change until then.
    Jobs of one `group` are cancelled together. Jobs of one `lane` run one after the other, by `due`
    and then in the order of their enqueuing; one that has to be retried holds up those behind it.
    `urgent` jobs are taken before all others that are due.
    """

    kind: str
    key: str
    due: datetime
    payload: Mapping[str, Any] = field(default_factory=dict)
    group: str | None = None
    lane: str | None = None
    max_attempts: int = 10
    urgent: bool = False
    keep: timedelta = timedelta()


async def enqueue(conn: Connection, new: Sequence[NewJob]) -> None:
    """Enqueue, to be seen by runners at the commit; keys that exist already are left as they are."""
    if not new:
        return
    await conn.execute(INSERT[conn.dialect.name], [_row(job) for job in new])
    await announce(conn, TOPIC)


async def cancel_group(conn: Connection, group: str) -> None:
    """Call off every job of the group, dead ones included; their keys are free again.

    One that is running now is not interrupted: its outcome is dropped, and it is not retried.
    """
    # Locked in the order of ids, as everywhere: two transactions never wait for each other.
    chosen = sa.select(jobs.c.id).where(jobs.c.group_name == group).order_by(jobs.c.id).with_for_update()
    ids = (await conn.scalars(chosen)).all()
    if not ids:
        return
    these = jobs.c.id.in_(ids)
    await conn.execute(sa.delete(jobs).where(these, jobs.c.lease.is_(None)))
    freed_key = sa.literal("cancelled:") + sa.cast(jobs.c.id, sa.String)
    await conn.execute(sa.update(jobs).where(these).values(state=CANCELLED, key=freed_key, group_name=None))


async def waiting_in(conn: Connection, lane: str) -> list[NewJob]:
    """The jobs of a lane that wait for their time, by due."""
    waits = (jobs.c.lane == lane, jobs.c.state == READY, jobs.c.lease.is_(None))
    rows = await conn.execute(sa.select(jobs).where(*waits).order_by(jobs.c.due, jobs.c.id))
    return [
        NewJob(
            kind=row.kind,
            key=row.key,
            due=row.due,
            payload=row.payload,
            group=row.group_name,
            lane=row.lane,
            max_attempts=row.max_attempts,
            urgent=row.priority == URGENT,
            keep=timedelta(seconds=row.keep_seconds),
        )
        for row in rows
    ]


async def move(conn: Connection, key: str, due: datetime) -> None:
    """Let a job that waits run at another time; one that is running now is left alone."""
    waits = (jobs.c.key == key, jobs.c.state == READY, jobs.c.lease.is_(None))
    await conn.execute(sa.update(jobs).where(*waits).values(due=due, run_at=due))
    await announce(conn, TOPIC)


async def retry_dead(conn: Connection, job_id: int, *, now: datetime) -> bool:
    """Give a dead job all its attempts again, from now on; False when there is no such dead job."""
    revive = sa.update(jobs).where(jobs.c.id == job_id, jobs.c.state == DEAD)
    result = await conn.execute(revive.values(state=READY, attempts=0, run_at=now))
    if result.rowcount:
        await announce(conn, TOPIC)
    return result.rowcount == 1


def _row(job: NewJob) -> dict[str, Any]:
    return {
        "kind": job.kind,
        "key": job.key,
        "payload": job.payload,
        "state": READY,
        "priority": URGENT if job.urgent else NORMAL,
        "due": job.due,
        "run_at": job.due,
        "group_name": job.group,
        "lane": job.lane,
        "attempts": 0,
        "max_attempts": job.max_attempts,
        "keep_seconds": job.keep // timedelta(seconds=1),
    }
