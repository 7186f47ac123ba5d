"""Programs: enrolling, and scheduling the sessions later."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.db.uow import Store, UnitOfWork
from core.domain.access import Actor, require
from core.domain.analytics import FunnelEvent
from core.domain.errors import NotFound
from core.domain.notification import LaterNudge
from core.domain.person import Role
from core.domain.program import Enrollment, Program
from core.jobs.job import Job
from core.jobs.queue import NewJob, cancel_group, enqueue
from core.ports.clock import Clock
from core.services.both_ways import ATTEMPTS, MAIL_LANE, mail_kind

NUDGE_LATER = "nudge_later"
NUDGE_AFTER = timedelta(days=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A program and how many of its sessions a client may still book."""

    program: Program
    remaining: int


class Programs:
    """Use cases about enrollments."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def enroll(self, actor: Actor, code: str) -> Program:
        """Admit the client to the program with this enrollment code; NotFound `unknown_code`."""
        client = require(actor, Role.CLIENT)
        async with self._store.write() as uow:
            practice = await uow.practice()
            wanted = code.strip().casefold()
            for program in practice.programs.values():
                if (
                    program.active
                    and program.enrollment_code
                    and program.enrollment_code.casefold() == wanted
                ):
                    await _admit(uow, program, client.id, self._clock.now())
                    return program
        raise NotFound("unknown_code")

    async def remaining(self, actor: Actor, program_id: int) -> int:
        """How many sessions of the program the client may still book; NotFound `program_not_found`."""
        client = require(actor, Role.CLIENT)
        async with self._store.read() as uow:
            program = (await uow.practice()).program(program_id)
            return max(0, program.sessions - await uow.enrollments.used(program.id, client.id))

    async def progress(self, actor: Actor) -> list[Progress]:
        """The programs in which the client still has sessions to book."""
        client = require(actor, Role.CLIENT)
        found = []
        async with self._store.read() as uow:
            for program in (await uow.practice()).programs.values():
                if program.active and await uow.enrollments.get(program.id, client.id) is not None:
                    used = await uow.enrollments.used(program.id, client.id)
                    found.append(Progress(program=program, remaining=program.sessions - used))
        return [each for each in found if each.remaining > 0]

    async def schedule_later(self, actor: Actor, program_id: int) -> LaterNudge:
        """Book nothing now; a nudge comes after some days while sessions remain.

        NotFound `program_not_found` or `not_enrolled`.
        """
        client = require(actor, Role.CLIENT)
        now = self._clock.now()
        async with self._store.write() as uow:
            program = (await uow.practice()).program(program_id)
            enrollment = await uow.enrollments.get(program_id, client.id)
            if enrollment is None:
                raise NotFound("not_enrolled", program_id=program.id, program=program.title)
            await uow.enrollments.save(replace(enrollment, later_since=now, nudges=True))
            await cancel_group(uow.conn, _group(program_id, client.id))
            await enqueue(uow.conn, [nudge_job(program_id, client.id, now)])
            await uow.funnel.add(
                FunnelEvent.SCHEDULE_LATER, person_id=client.id, at=now, data={"program": program_id}
            )
            used = await uow.enrollments.used(program_id, client.id)
        return LaterNudge(to=client, program=program, remaining=max(0, program.sessions - used))

    async def stop_nudges(self, actor: Actor, program_id: int) -> None:
        """The client wants no more nudges about this program."""
        client = require(actor, Role.CLIENT)
        async with self._store.write() as uow:
            enrollment = await uow.enrollments.get(program_id, client.id)
            if enrollment is not None:
                await uow.enrollments.save(replace(enrollment, nudges=False))
                await cancel_group(uow.conn, _group(program_id, client.id))


async def _admit(uow: UnitOfWork, program: Program, client_id: int, now: datetime) -> None:
    if await uow.enrollments.get(program.id, client_id) is None:
        await uow.enrollments.add(Enrollment(program_id=program.id, client_id=client_id, enrolled_at=now))
        await uow.audit.add(
            actor_id=client_id, action="program.enrolled", at=now, details={"program": program.id}
        )


def _group(program_id: int, client_id: int) -> str:
    return f"later:{program_id}:{client_id}"


def nudge_job(program_id: int, client_id: int, now: datetime, previous: datetime | None = None) -> NewJob:
    """The nudge some days from now; one only for each `previous` nudge, however often that is repeated."""
    return NewJob(
        kind=NUDGE_LATER,
        key=f"later:{program_id}:{client_id}:{previous or now:%Y%m%dT%H%M%S}",
        payload={"program": program_id, "client": client_id},
        due=now + NUDGE_AFTER,
        group=_group(program_id, client_id),
        lane=f"chat:{client_id}",
    )


def mail_nudge_job(nudge: Job, now: datetime) -> NewJob:
    """The same nudge by e-mail; once, however often that to the chat is tried."""
    return NewJob(
        kind=mail_kind(NUDGE_LATER),
        key=f"{MAIL_LANE}{nudge.key}",
        payload=nudge.payload,
        due=now,
        group=_group(nudge.payload["program"], nudge.payload["client"]),
        lane=f"{MAIL_LANE}{nudge.payload['client']}",
        keep=NUDGE_AFTER,
        max_attempts=ATTEMPTS,
    )
