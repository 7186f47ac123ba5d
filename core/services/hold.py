"""Keeping a slot for a client while they fill in the rest."""

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from core.db.uow import Store, UnitOfWork
from core.domain.access import Actor, require
from core.domain.booking import Booking, Status
from core.domain.counselor import Counselor
from core.domain.errors import Conflict, Forbidden, NotFound
from core.domain.explain import Reason, explain
from core.domain.notification import HoldEnded
from core.domain.person import Person, Role
from core.domain.practice import Practice
from core.domain.program import Program
from core.domain.session_type import Location, SessionType
from core.domain.slots import SlotQuery, is_offered
from core.jobs.job import Job
from core.jobs.queue import NewJob, cancel_group, enqueue
from core.kit.references import new_reference
from core.ports.clock import Clock
from core.services.offers import Wanted, booking_window_end, check_wanted, slot_query

REFUSALS = {
    Reason.CLIENT_BUSY: "client_busy",
    Reason.BOOKING: "slot_taken",
    Reason.HOLD: "slot_taken",
    Reason.BUFFER: "slot_taken",
    Reason.EXTERNAL: "slot_taken",
}
MINUTE = timedelta(minutes=1)
END_HOLD = "end_hold"


def hold_group(client_id: int) -> str:
    """The job that waits for the end of a client's hold."""
    return f"hold:{client_id}"


class Holds:
    """Use cases about the slot a client has tapped."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def take(self, actor: Actor, wanted: Wanted, start: datetime, draft_id: int) -> Booking:
        """Hold a slot; a client's earlier hold moves there, and the same slot again changes nothing.

        `draft_id` is the draft whose message is told when the hold runs out; the last one counts.
        Conflict `slot_taken`, `client_busy` or `not_offered`; Forbidden `not_enrolled` or `program_used_up`.
        """
        client = require(actor, Role.CLIENT)
        now = self._clock.now()
        async with self._store.write() as uow:
            practice = await uow.practice()
            counselor, kind = check_wanted(practice, wanted)
            await check_admitted(uow, practice, kind, client)
            check_near(counselor, start, now)
            hold = await uow.bookings.hold_of(client.id)
            if hold is None or not _same(hold, wanted, start, now):
                query = await slot_query(
                    uow, wanted, client_id=client.id, now=now, first=start, until=start + MINUTE
                )
                check_offered(query, start)
                hold = await uow.bookings.add(_held(practice, wanted, start, client, now))
            await cancel_group(uow.conn, hold_group(client.id))
            await enqueue(uow.conn, [_end_job(hold, draft_id)])
            return hold

    async def release(self, actor: Actor, hold_id: int) -> None:
        """Let go of this hold of the client's, if they still have it; another one of theirs stays."""
        client = require(actor, Role.CLIENT)
        async with self._store.write() as uow:
            own = await uow.bookings.hold_of(client.id)
            if own is not None and own.id == hold_id:
                await uow.bookings.delete_hold(own.id)
                await cancel_group(uow.conn, hold_group(client.id))

    async def end(self, job: Job) -> HoldEnded | None:
        """Let a hold go that has run out; None when it led to a booking or was let go before."""
        hold_id, client_id = job.payload["hold"], job.payload["client"]
        async with self._store.write() as uow:
            client = await uow.people.get(client_id)
            try:
                hold = await uow.bookings.get(hold_id)
            except NotFound:
                return HoldEnded(to=client, hold_id=hold_id, draft_id=job.payload["draft"])
            if hold.status is not Status.HELD:
                return None
            await uow.bookings.delete_hold(hold.id)
        return HoldEnded(to=client, hold_id=hold_id, draft_id=job.payload["draft"])

    async def sweep(self) -> None:
        """Delete the holds that have run out."""
        async with self._store.write() as uow:
            await uow.bookings.sweep_holds(self._clock.now())


async def check_admitted(uow: UnitOfWork, practice: Practice, kind: SessionType, client: Person) -> None:
    """The client may book this session type: Forbidden `not_enrolled` or `program_used_up` otherwise."""
    if kind.program_id is None:
        return
    program: Program = practice.programs[kind.program_id]
    if await uow.enrollments.get(program.id, client.id) is None:
        raise Forbidden("not_enrolled", program_id=program.id, program=program.title)
    if await uow.enrollments.used(program.id, client.id) >= program.sessions:
        raise Forbidden("program_used_up", program=program.title, sessions=program.sessions)


def check_near(counselor: Counselor, start: datetime, now: datetime) -> None:
    """Far away lie only forged times, up to years with which nothing can be counted."""
    if not now <= start <= booking_window_end(counselor, now):
        raise Conflict("not_offered", reason=Reason.OUTSIDE_RANGE)


def check_offered(query: SlotQuery, start: datetime) -> None:
    """Conflict `slot_taken`, `client_busy` or `not_offered` unless a session may start then."""
    if is_offered(query, start):
        return
    refusal = explain(query, start)
    reason = refusal.reason if refusal else Reason.OFF_GRID
    raise Conflict(REFUSALS.get(reason, "not_offered"), reason=reason)


def _same(own: Booking, wanted: Wanted, start: datetime, now: datetime) -> bool:
    held = Wanted(counselor_id=own.counselor_id, session_type_id=own.session_type_id, minutes=own.minutes)
    lasting = own.expires_at is not None and own.expires_at > now
    return lasting and held == wanted and own.starts_at == start


def _end_job(hold: Booking, draft_id: int) -> NewJob:
    return NewJob(
        kind=END_HOLD,
        key=f"{END_HOLD}:{hold.id}:{hold.reference}",
        payload={"hold": hold.id, "client": hold.client_id, "draft": draft_id},
        due=hold.expires_at or hold.created_at,
        group=hold_group(hold.client_id),
    )


def _held(practice: Practice, wanted: Wanted, start: datetime, client: Person, now: datetime) -> Booking:
    counselor, kind = check_wanted(practice, wanted)
    buffer = counselor.buffer_minutes if kind.buffer_minutes is None else kind.buffer_minutes
    end = start + timedelta(minutes=wanted.minutes)
    wall = start.astimezone(ZoneInfo(counselor.zone)).replace(tzinfo=None)
    location = kind.locations[0]
    return Booking(
        id=0,
        reference=new_reference(),
        uid=f"{uuid4()}@confer",
        status=Status.HELD,
        counselor_id=counselor.id,
        client_id=client.id,
        session_type_id=kind.id,
        starts_at=start,
        ends_at=end,
        busy_until=end + timedelta(minutes=buffer),
        zone=counselor.zone,
        wall_start=wall.isoformat(timespec="minutes"),
        location=location,
        address=kind.address if location is Location.IN_PERSON else "",
        price=kind.price,
        created_at=now,
        expires_at=now + practice.policy.hold,
    )
