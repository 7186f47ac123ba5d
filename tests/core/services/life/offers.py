"""What the system offers to those who wait: taken over into the model where it is rightly theirs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from core.db.tables.bookings import bookings
from core.db.tables.waitlist import waitlist
from core.domain.booking import Status
from core.domain.waitlist import LOOK, WaitStatus
from tests.core.services.life.checks import ROWS
from tests.core.services.life.known import Session, Wait
from tests.core.services.life.machine import CLIENTS, Machine
from tests.core.services.life.model import Model
from tests.core.services.life.terms import MINUTE, TERMS, on_the_clock


@dataclass(frozen=True, slots=True)
class Before:
    """How it was before the jobs ran: which sessions took their time, who might book a lesson, who held one.

    Those who wait may be asked before the jobs have let go what has lapsed, or after it.
    """

    active: frozenset[int]
    admitted: frozenset[str]
    holding: frozenset[str]

    @classmethod
    def of(cls, model: Model) -> "Before":
        """How it is now."""
        return cls(
            frozenset(each.id for each in model.sessions.values() if each.active),
            frozenset(each for each in CLIENTS if model.admission("lesson", each) is None),
            frozenset(model.holds),
        )


async def check_offers(machine: Machine, before: Before) -> None:
    """Take over what has been offered to those who wait, where it is rightly theirs."""
    async with machine.world.practice.database.read() as conn:
        rows = (await conn.execute(sa.select(waitlist).where(waitlist.c.status == "offered"))).all()
        held = {row.id: row for row in await conn.execute(ROWS.where(bookings.c.status == "held"))}
        asked = {row.id: row.asked for row in await conn.execute(sa.select(waitlist))}
    for row in rows:
        wait = machine.model.waits[row.id]
        if wait.status is WaitStatus.OFFERED and wait.hold == row.hold_id:
            continue
        hold = held.get(row.hold_id)
        assert hold is not None, f"{wait} is offered what is not held"
        round_name, start = row.asked[-1]
        assert datetime.fromisoformat(start) == hold.starts_at
        _check_offer(machine, wait, hold, round_name, asked, before)
        _take_over(machine, wait, hold)


def _check_offer(
    machine: Machine,
    wait: Wait,
    hold: Any,
    round_name: str,
    asked: Mapping[int, list[list[str]]],
    before: Before,
) -> None:
    """It is what they wait for, at a time that is on offer, and nobody in front was passed over."""
    model, terms = machine.model, TERMS[wait.kind, wait.counselor]
    assert wait.status is WaitStatus.WAITING
    assert wait.client not in model.holds
    assert wait.counselor not in model.left
    assert wait.first <= hold.starts_at.date() <= wait.last
    assert model.admission(wait.kind, wait.client) is None
    away = model.away[wait.counselor]
    assert on_the_clock(wait.counselor, terms, hold.starts_at, wait.minutes, model.now, away)
    for other in model.waits.values():
        passed = (
            (other.kind, other.counselor, other.minutes) == (wait.kind, wait.counselor, wait.minutes)
            and (other.made, other.id) < (wait.made, wait.id)
            and other.client != wait.client
            and other.status is WaitStatus.WAITING
            and other.first <= hold.starts_at.date() <= other.last
            and model.admission(other.kind, other.client) is None
            and (other.kind != "lesson" or other.client in before.admitted)
            and not _asked_already(machine, other.client, round_name, hold.starts_at, wait.minutes, asked)
            and not _engaged(machine, other.client, hold, before)
        )
        assert not passed, f"{wait.client} is offered what {other.client} waits for longer"


def _asked_already(
    machine: Machine, client: str, name: str, start: datetime, minutes: int, asked: Mapping[int, Any]
) -> bool:
    theirs = [asked[each.id] for each in machine.model.waits.values() if each.client == client]
    near = name.startswith(LOOK)
    return any(
        each == name or (near and abs(datetime.fromisoformat(at) - start) < minutes * MINUTE)
        for entry in theirs
        for each, at in entry
    )


def _engaged(machine: Machine, client: str, hold: Any, before: Before) -> bool:
    """Whether a client holds something, or has or had a session then."""
    model = machine.model
    return (
        client in model.holds
        or client in before.holding
        or any(
            each.client == client
            and (each.active or each.id in before.active)
            and each.start < hold.ends_at
            and hold.starts_at < each.end
            for each in model.sessions.values()
        )
    )


def _take_over(machine: Machine, wait: Wait, hold: Any) -> None:
    model = machine.model
    lasting = max(15 * MINUTE, model.policy("hold_minutes") * MINUTE)
    until = model.now + min(lasting, hold.starts_at - model.now)
    kept = Session(
        id=hold.id,
        client=wait.client,
        counselor=wait.counselor,
        kind=wait.kind,
        start=hold.starts_at,
        minutes=wait.minutes,
        buffer=TERMS[wait.kind, wait.counselor].buffer,
        status=Status.HELD,
        made=model.now,
        until=until,
    )
    wait.status, wait.hold = WaitStatus.OFFERED, hold.id
    model.holds[wait.client] = kept
