"""A runner's hold on jobs: claim what is due, keep it, and give it back with its outcome."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from core.db.engine import Connection
from core.jobs.job import Job
from core.jobs.outcome import Outcome
from core.jobs.statements import CHANGE, CLAIM, HELD, KEEP, NEXT, REMOVE, STILL_LEASED, padded
from core.jobs.table import CANCELLED, DONE, READY


class Claims:
    """The jobs leased to one runner, each for `span` by the database's clock.

    Every method runs inside the caller's transaction and never waits for another's row: rows that
    somebody else has locked are passed over, so no deadlock can come from here.
    """

    def __init__(self, runner: str, span: timedelta) -> None:
        self._runner = runner
        self._span = span.total_seconds()

    async def claim(self, conn: Connection, *, now: datetime, room: int) -> list[Job]:
        """Lease up to `room` jobs that are due at `now`, urgent ones first, then by time.

        Rows that are only left to be removed (called off, or kept for their key until now) go here.
        """
        wanted = {"now": now, "room": room, "runner": self._runner, "span": self._span}
        while True:
            rows = (await conn.execute(CLAIM, wanted)).all()
            await _remove(conn, [row.id for row in rows if row.state != READY])
            ready = [row for row in rows if row.state == READY]
            if ready or not rows:
                return [_job(row) for row in sorted(ready, key=_order)]

    async def save(self, conn: Connection, outcomes: Sequence[Outcome]) -> list[Outcome]:
        """Record outcomes of jobs that this runner still has; those of others are dropped.

        The ones whose rows are locked by somebody just now are returned, to be saved again.
        """
        held = await self._held(conn, [outcome.job.id for outcome in outcomes])
        mine = [outcome for outcome in outcomes if outcome.job.id in held]
        gone = {o.job.id for o in mine if held[o.job.id] == CANCELLED or (o.state == DONE and not o.job.keep)}
        await _remove(conn, sorted(gone))
        stay = [outcome for outcome in mine if outcome.job.id not in gone]
        if kept := [{"job": o.job.id, "until": o.run_at} for o in stay if o.state == DONE]:
            await conn.execute(KEEP, kept)
        if changed := [_change(outcome) for outcome in stay if outcome.state != DONE]:
            await conn.execute(CHANGE, changed)
        return await self._locked(conn, [outcome for outcome in outcomes if outcome.job.id not in held])

    async def _held(self, conn: Connection, ids: Collection[int]) -> dict[int, str]:
        if not ids:
            return {}
        rows = await conn.execute(HELD, {"runner": self._runner, "ids": padded(ids)})
        return {row.id: row.state for row in rows}

    async def _locked(self, conn: Connection, missing: Sequence[Outcome]) -> list[Outcome]:
        if not missing:
            return []
        ids = padded([outcome.job.id for outcome in missing])
        leased = set((await conn.scalars(STILL_LEASED, {"runner": self._runner, "ids": ids})).all())
        return [outcome for outcome in missing if outcome.job.id in leased]


async def next_run(conn: Connection, *, now: datetime) -> datetime | None:
    """When the next job will be due that is not due yet."""
    times = (await conn.execute(NEXT, {"now": now})).one()
    return min((time for time in times if time is not None), default=None)


async def _remove(conn: Connection, ids: Sequence[int]) -> None:
    if ids:
        await conn.execute(REMOVE, [{"job": job_id} for job_id in ids])


def _change(outcome: Outcome) -> dict[str, Any]:
    return {
        "job": outcome.job.id,
        "to_state": outcome.state,
        "at": outcome.run_at,
        "made": outcome.attempts,
        "error": outcome.error,
    }


def _order(row: sa.Row[Any]) -> tuple[int, datetime, int]:
    return (row.priority, row.run_at, row.id)


def _job(row: sa.Row[Any]) -> Job:
    return Job(
        id=row.id,
        kind=row.kind,
        key=row.key,
        payload=row.payload,
        due=row.due,
        attempt=row.attempts,
        max_attempts=row.max_attempts,
        keep=timedelta(seconds=row.keep_seconds),
    )
