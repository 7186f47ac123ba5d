"""What must hold: rows equal to the model, no overlap, a whole trail, no job for what is dead."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from core.db.tables.bookings import bookings
from core.db.tables.trail import audit_entries
from core.db.tables.waitlist import waitlist
from core.domain.booking import ACTIVE, Status
from core.domain.side import Side
from core.domain.waitlist import WaitStatus
from core.jobs.table import jobs
from tests.core.services.life.known import Session
from tests.core.services.life.machine import Machine
from tests.core.services.life.terms import HOUR, PRICE

COLUMNS = (
    "id",
    "status",
    "counselor_id",
    "client_id",
    "starts_at",
    "ends_at",
    "busy_until",
    "version",
    "sequence",
    "expires_at",
    "awaits",
    "client_reschedules",
    "counselor_reschedules",
    "cancelled_by",
    "absent",
    "reason",
    "series_id",
    "refund_percent",
    "refund_minor",
    "started_at",
    "ended_at",
    "closed_at",
)
ROWS = sa.select(*(bookings.c[name] for name in COLUMNS))
OVERLAPS = sa.text(
    """
    SELECT one.id, other.id FROM bookings AS one JOIN bookings AS other ON one.id < other.id
    WHERE one.status IN ('pending', 'confirmed', 'in_progress')
      AND other.status IN ('pending', 'confirmed', 'in_progress')
      AND ((one.counselor_id = other.counselor_id
            AND one.starts_at < other.busy_until AND other.starts_at < one.busy_until)
        OR (one.client_id = other.client_id
            AND one.starts_at < other.ends_at AND other.starts_at < one.ends_at))
    """
)
TRAIL = sa.select(
    audit_entries.c.booking_id, audit_entries.c.action, audit_entries.c.actor_id, audit_entries.c.details
).order_by(audit_entries.c.id)
WAITING_KINDS = ("expire_request", "expire_proposal", "complete_session", "escalate_report")
PAST = 12 * HOUR
"""How long after the end of a date it is over everywhere."""
AHEAD_OF_US = ("reminder", "outcome_asked", "request_nudge", "booked_for_nudge")


async def check_rows(machine: Machine) -> None:
    """Every booking is as the model has it, and no two sessions that stand meet."""
    model = machine.model
    async with machine.world.practice.database.read() as conn:
        rows = (await conn.execute(ROWS)).all()
        overlaps = (await conn.execute(OVERLAPS)).all()
    assert overlaps == []
    held = [row for row in rows if row.status == Status.HELD and row.expires_at > model.now]
    known = [hold for client in model.holds if (hold := model.hold(client))]
    found = {row.id: tuple(row) for row in rows if row.status != Status.HELD} | {
        row.id: tuple(row) for row in held
    }
    wanted = {each.id: _row(machine, each) for each in (*model.sessions.values(), *known)}
    assert found == wanted, _differences(found, wanted)


def _differences(found: Mapping[int, Any], wanted: Mapping[int, Any]) -> str:
    return "\n".join(
        f"booking {number}: {name} is {found.get(number, [None] * 99)[place]},"
        f" the model says {wanted.get(number, [None] * 99)[place]}"
        for number in sorted(found.keys() | wanted.keys())
        for place, name in enumerate(COLUMNS)
        if found.get(number, [None] * 99)[place] != wanted.get(number, [None] * 99)[place]
    )


def _row(machine: Machine, session: Session) -> tuple[object, ...]:
    percent = session.refund
    return (
        session.id,
        session.status,
        machine.world.practice.ids[session.counselor],
        machine.id_of(session.client),
        session.start,
        session.end,
        session.busy_until,
        session.version,
        session.sequence,
        session.until,
        session.awaits,
        session.moves[Side.CLIENT],
        session.moves[Side.COUNSELOR],
        session.cancelled_by,
        session.absent,
        session.reason,
        session.series,
        percent,
        None if percent is None else (PRICE * percent + 50) // 100,
        session.began,
        session.ended,
        session.closed,
    )


async def check_trail(machine: Machine) -> None:
    """Each thing that was done has its one entry, with who did it and what came of it."""
    async with machine.world.practice.database.read() as conn:
        entries = (await conn.execute(TRAIL)).all()
    found: dict[int, list[tuple[str, int | None, str | None]]] = {}
    for entry in entries:
        if entry.booking_id is not None:
            told = (entry.action, entry.actor_id, entry.details.get("status"))
            found.setdefault(entry.booking_id, []).append(told)
    wanted = {
        each.id: [(action, machine.id_of(who), status) for action, who, status in each.trail]
        for each in machine.model.sessions.values()
    }
    assert found == wanted


async def check_jobs(machine: Machine) -> None:
    """Nothing is left that was due, nothing was given up, and nothing waits for a session that is dead."""
    assert await machine.world.due() == []
    async with machine.world.practice.database.read() as conn:
        waiting = (await conn.execute(sa.select(jobs.c.kind, jobs.c.payload, jobs.c.due))).all()
    for job in waiting:
        session = machine.model.sessions.get(job.payload.get("booking", 0))
        if session is not None and session.status not in ACTIVE and session.closed is None:
            assert job.kind not in WAITING_KINDS, f"{job} for what is {session.status}"
            assert job.payload.get("kind") not in AHEAD_OF_US, f"{job} for what is {session.status}"


async def check_waits(machine: Machine) -> None:
    """The waitlist is as the model has it; what is past ends when that is tidied away."""
    async with machine.world.practice.database.read() as conn:
        rows = {row.id: row.status for row in await conn.execute(sa.select(waitlist.c.id, waitlist.c.status))}
    past = (machine.model.now - PAST).date()
    for wait in machine.model.waits.values():
        if wait.status is WaitStatus.WAITING and wait.last < past:  # until the next hour's tidying at most
            wait.status = WaitStatus(rows[wait.id])
            assert wait.status in {WaitStatus.WAITING, WaitStatus.DONE}
    known = {each.id: each.status for each in machine.model.waits.values()}
    assert rows == known, [
        f"{wait}: {rows[wait.id]}" for wait in machine.model.waits.values() if rows[wait.id] != wait.status
    ]
