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
from core.services.both_ways import by_mail
from core.services.new_booking import add_new
from core.services.offers import Wanted, booking_window_end, check_wanted, slot_query, slot_rules
from core.services.waitlist_offers import end_offer, end_offers, tell_lapsed_job

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
                new = new_hold(practice, wanted, start, client.id, now, practice.policy.hold)
                hold = await add_new(uow, new)
            await end_offers(uow, client.id, now, but=hold.id)
            await cancel_group(uow.conn, hold_group(client.id))
            await enqueue(uow.conn, [end_hold_job(hold, draft_id)])
            return hold

    async def release(self, actor: Actor, hold_id: int) -> None:
        """Let go of this hold of the client's, if they still have it; another one of theirs stays."""
        client = require(actor, Role.CLIENT)
        async with self._store.write() as uow:
            own = await uow.bookings.hold_of(client.id)
            if own is not None and own.id == hold_id:
                await let_go(uow, own, self._clock.now())

    async def end(self, job: Job) -> HoldEnded | None:
        """Let a hold go that has run out; None when it led to a booking or no wizard shows it."""
        hold_id, client_id = job.payload["hold"], job.payload["client"]
        async with self._store.write() as uow:
            client = await uow.people.get(client_id)
            if not await uow.bookings.delete_hold(hold_id) and await _is_booked(uow, hold_id):
                return None
            wait = await end_offer(uow, client_id, hold_id, self._clock.now())
            draft_id = job.payload["draft"]
            if draft_id is not None:
                return HoldEnded(to=client, hold_id=hold_id, draft_id=draft_id)
            if wait is not None:
                lapsed = tell_lapsed_job(wait, job.due)
                await enqueue(uow.conn, [lapsed, by_mail(lapsed)])
            return None

    async def sweep(self) -> None:
        """Delete the holds that have run out."""
        async with self._store.write() as uow:
            await uow.bookings.sweep_holds(self._clock.now())


async def let_go(uow: UnitOfWork, hold: Booking, now: datetime) -> None:
    """Release a hold before its time; if it was offered to somebody waiting, the next is asked."""
    await uow.bookings.delete_hold(hold.id)
    await cancel_group(uow.conn, hold_group(hold.client_id))
    await end_offers(uow, hold.client_id, now)


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


async def _is_booked(uow: UnitOfWork, hold_id: int) -> bool:
    try:
        return (await uow.bookings.get(hold_id)).status is not Status.HELD
    except NotFound:
        return False


def _same(own: Booking, wanted: Wanted, start: datetime, now: datetime) -> bool:
    held = Wanted(counselor_id=own.counselor_id, session_type_id=own.session_type_id, minutes=own.minutes)
    lasting = own.expires_at is not None and own.expires_at > now
    return lasting and held == wanted and own.starts_at == start


def end_hold_job(hold: Booking, draft_id: int | None) -> NewJob:
    """The job at the end of a hold; `draft_id` is None for one that no wizard shows yet."""
    return NewJob(
        kind=END_HOLD,
        key=f"{END_HOLD}:{hold.id}:{hold.reference}",
        payload={"hold": hold.id, "client": hold.client_id, "draft": draft_id},
        due=hold.expires_at or hold.created_at,
        group=hold_group(hold.client_id),
    )


def new_hold(
    practice: Practice, wanted: Wanted, start: datetime, client_id: int, now: datetime, lasting: timedelta
) -> Booking:
    """A slot kept for a client for so long, as it goes into the database."""
    counselor, kind = check_wanted(practice, wanted)
    rules = slot_rules(counselor, kind, wanted.minutes)
    end = start + rules.duration
    wall = start.astimezone(ZoneInfo(counselor.zone)).replace(tzinfo=None)
    location = kind.locations[0]
    return Booking(
        id=0,
        reference=new_reference(),
        uid=f"{uuid4()}@confer",
        status=Status.HELD,
        counselor_id=counselor.id,
        client_id=client_id,
        session_type_id=kind.id,
        starts_at=start,
        ends_at=end,
        busy_until=end + rules.buffer,
        zone=counselor.zone,
        wall_start=wall.isoformat(timespec="minutes"),
        location=location,
        address=kind.address if location is Location.IN_PERSON else "",
        price=kind.price,
        created_at=now,
        expires_at=now + lasting,
    )
