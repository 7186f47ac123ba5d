"""Reminders in quiet hours: they come after them where that leaves enough time, else before them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from core.db.engine import Connection
from core.db.repositories.choices import ChoiceRows
from core.db.uow import UnitOfWork
from core.domain.channel import Choices
from core.domain.notification import Kind
from core.jobs.queue import NewJob, move, waiting_in
from core.services.both_ways import CHAT_LANE, MAIL_LANE


async def kept_quiet(conn: Connection, jobs: Sequence[NewJob], zone: str, now: datetime) -> list[NewJob]:
    """The jobs with each reminder at a time its person wants it; `zone` stands in for those who said none.

    A reminder that would have to come before now is left out: its session has just been booked.
    """
    owners = {job.key: _person(job) for job in jobs if job.payload.get("kind") == Kind.REMINDER}
    if not owners:
        return list(jobs)
    quiet = await ChoiceRows(conn).quiet(list(owners.values()))
    kept = []
    for job in jobs:
        choices, own = quiet.get(owners.get(job.key, 0), (None, None))
        timed = job if choices is None else replace(job, due=_due(job, choices, own or zone))
        if timed.due == job.due or timed.due > now:
            kept.append(timed)
    return kept


async def move_reminders(uow: UnitOfWork, person_id: int, now: datetime) -> None:
    """Bring the reminders that wait in line with somebody's quiet hours and zone as they are now."""
    person, choices = await uow.people.get(person_id), await uow.choices.get(person_id)
    zone = person.zone or (await uow.practice()).zone
    for lane in (f"{CHAT_LANE}{person_id}", f"{MAIL_LANE}{person_id}"):
        for job in await waiting_in(uow.conn, lane):
            if job.payload.get("kind") == Kind.REMINDER and job.due > now:
                await move(uow.conn, job.key, max(_due(job, choices, zone), now))


def _due(job: NewJob, choices: Choices, zone: str) -> datetime:
    """When a reminder comes; without quiet hours as long before the start as was asked for."""
    start = datetime.fromisoformat(job.payload["starts_at"])
    return choices.reminded_at(start - timedelta(hours=job.payload["hours"]), start, zone)


def _person(job: NewJob) -> int:
    return int((job.lane or "").partition(":")[2])
