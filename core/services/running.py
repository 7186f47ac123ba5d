"""Running a session: its start, what became of it, and completion where nobody says anything."""

from collections.abc import Mapping
from datetime import datetime

from core.db.uow import Store, UnitOfWork
from core.domain.access import SYSTEM, Actor
from core.domain.actions import RUNNING, Action, Case, Party, require
from core.domain.booking import Booking, Status
from core.domain.errors import Conflict, NotFound
from core.domain.events import Event, EventName
from core.domain.meeting import Attendance
from core.domain.outcome import COMPLETES_AFTER, Outcome, settled, started
from core.domain.reschedule import ProposalStatus
from core.ports.clock import Clock
from core.services.case import keep, locked_case

OUTCOME_EVENTS: Mapping[Status, EventName] = {
    Status.COMPLETED: EventName.COMPLETED,
    Status.NO_SHOW: EventName.NO_SHOW,
}


class Running:
    """Use cases from the start of a session to its outcome."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def start(self, actor: Actor, booking_id: int, version: int) -> Booking:
        """The counselor begins the session, from a quarter of an hour before its time.

        Conflict as `actions.require` says, or `stale`.
        """
        async with self._store.write() as uow:
            case = await locked_case(uow, actor, booking_id, self._clock.now())
            require(Action.START, case)
            check_seen(case.booking, version, case.booking.version)
            moved = started(case.booking, case.now)
            await uow.bookings.save(moved)
            await _drop_proposal(uow, case)
            await record(uow, actor, EventName.STARTED, case, moved)
            return moved

    async def settle(self, actor: Actor, booking_id: int, version: int, outcome: Outcome) -> Booking:
        """Say what became of a session, or correct it; for its counselor, or the admin on their behalf.

        Conflict as `actions.require` says, or `stale`.
        """
        action = Action.COMPLETE if outcome is Outcome.TOOK_PLACE else Action.NO_SHOW
        async with self._store.write() as uow:
            case = await locked_case(uow, actor, booking_id, self._clock.now())
            require(action, case)
            check_seen(case.booking, version, case.booking.version)
            return await settle_as(uow, actor, case, outcome)

    async def complete(self, booking_id: int) -> Booking | None:
        """Count a session as completed of which nobody has said anything; None when there is nothing to do.

        A report of the client's keeps it as it is: somebody has to decide that.
        """
        now = self._clock.now()
        async with self._store.write() as uow:
            try:
                booking = await uow.bookings.lock(booking_id)
            except NotFound:
                return None
            if booking.status not in RUNNING or now < booking.ends_at + COMPLETES_AFTER:
                return None
            if await uow.no_shows.get(booking_id) is not None:
                return None
            policy = (await uow.practice()).policy
            proposal = await uow.proposals.open_of(booking_id)
            case = Case(booking=booking, party=Party.ADMIN, now=now, policy=policy, proposal=proposal)
            return await settle_as(uow, SYSTEM, case, Outcome.TOOK_PLACE)


async def observed(uow: UnitOfWork, booking: Booking, seen: Attendance, now: datetime) -> None:
    """Let a locked booking begin, and know its real times, by who was seen in its meeting.

    From the end on the counselor is asked how it went: what is observed later moves no status any more.
    """
    if seen.started_at is None or booking.status not in RUNNING:
        return
    if booking.status is Status.CONFIRMED and now < booking.ends_at:
        moved = started(booking, seen.started_at)
        await uow.bookings.save(moved)
        policy, proposal = (await uow.practice()).policy, await uow.proposals.open_of(booking.id)
        case = Case(booking=booking, party=Party.ADMIN, now=now, policy=policy, proposal=proposal)
        await _drop_proposal(uow, case)
        await record(uow, SYSTEM, EventName.STARTED, case, moved)
        booking = moved
    times = (booking.started_at or seen.started_at, seen.ended_at)
    if times != (booking.started_at, booking.ended_at):
        await uow.bookings.note_times(booking.id, *times)


def check_seen(booking: Booking, seen: int, version: int) -> None:
    """Conflict `stale` unless what was seen is the version that something about the booking has."""
    if seen != version:
        raise Conflict("stale", booking_id=booking.id, status=booking.status)


async def settle_as(uow: UnitOfWork, actor: Actor, case: Case, outcome: Outcome) -> Booking:
    """Store an outcome that may be said, and what follows from it; Conflict `moved_on` for no change."""
    moved = settled(case.booking, outcome, case.now)
    await uow.bookings.save(moved)
    await _drop_proposal(uow, case)
    refund = moved.refund.percent if moved.refund else None
    name = OUTCOME_EVENTS[moved.status]
    await record(uow, actor, name, case, moved, absent=moved.absent, refund_percent=refund)
    return moved


async def _drop_proposal(uow: UnitOfWork, case: Case) -> None:
    """Another time that was still talked about has lapsed: the session took its course at the old one."""
    if case.proposal is not None:
        await uow.proposals.save(case.proposal.close(ProposalStatus.EXPIRED))


async def record(
    uow: UnitOfWork, actor: Actor, name: EventName, case: Case, booking: Booking, **details: object
) -> None:
    """Keep what was done to a booking, which stands here as it is after it."""
    event = Event(
        name=name,
        booking=booking,
        counselor_person_id=(await uow.practice()).counselor(booking.counselor_id).person_id,
        actor_id=actor.person_id,
        at=case.now,
        policy=case.policy,
    )
    await keep(uow, event, {"party": case.party if actor is not SYSTEM else None, **details})
