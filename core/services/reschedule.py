"""Rescheduling: either side offers another time, the other answers, the old one stays until both agree."""

from dataclasses import replace
from datetime import datetime

from core.db.uow import Store, UnitOfWork
from core.domain.access import SYSTEM, Actor, party_of
from core.domain.actions import Action, Case, require
from core.domain.booking import Booking
from core.domain.errors import Conflict, NotFound
from core.domain.events import Event, EventName
from core.domain.reschedule import Proposal, ProposalStatus, moved, opened, resumed
from core.domain.side import Side
from core.ports.clock import Clock
from core.services.case import keep, locked_case
from core.services.hold import let_go
from core.services.move_times import check_free


class Reschedules:
    """Use cases of the negotiation about another time."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def propose(
        self, actor: Actor, booking_id: int, version: int, start: datetime, behalf: Side | None = None
    ) -> Proposal:
        """Begin a negotiation by offering a free start; an admin does it on behalf of one side.

        Conflict as `actions.require` says, `stale`, `same_time`, `slot_taken`, `client_busy`, `not_offered`.
        """
        async with self._store.write() as uow:
            case = await locked_case(uow, actor, booking_id, self._clock.now())
            case = replace(case, acting_for=behalf or case.side)
            require(Action.RESCHEDULE, case)
            if case.booking.version != version:
                raise Conflict("stale", booking_id=booking_id, status=case.booking.status)
            await check_free(uow, case, start)
            proposal = opened(case.booking, case.side, start, case.now, case.policy)
            proposal = await uow.proposals.add(proposal)
            await _keep(uow, actor, EventName.RESCHEDULE_REQUESTED, case.now, case.booking, proposal)
            return proposal

    async def counter(self, actor: Actor, proposal_id: int, version: int, start: datetime) -> Proposal:
        """Answer an offer with another free start; then it is the other side's turn. Conflict as above."""
        async with self._store.write() as uow:
            case, proposal = await offered(
                uow, actor, Action.COUNTER, proposal_id, version, self._clock.now()
            )
            await check_free(uow, case, start)
            proposal = await uow.proposals.save(proposal.counter(case.side, start, case.now, case.policy))
            await _keep(uow, actor, EventName.RESCHEDULE_COUNTERED, case.now, case.booking, proposal)
            return proposal

    async def accept(self, actor: Actor, proposal_id: int, version: int) -> Booking:
        """Move the booking to the time on offer, which confirms it where it was only asked for.

        Conflict as `actions.require` says, or `stale`; `slot_taken` or `client_busy` when the time has been
        taken since it was offered. The offer then stays open: it may be answered otherwise, and the time may
        become free again.
        """
        async with self._store.write() as uow:
            case, proposal = await offered(
                uow, actor, Action.ACCEPT_TIME, proposal_id, version, self._clock.now()
            )
            counselor = (await uow.practice()).counselor(case.booking.counselor_id)
            booking = moved(case.booking, proposal, counselor.zone)
            await _make_room(uow, booking, case.now)
            try:
                await uow.bookings.save(booking)
            except Conflict as conflict:
                raise Conflict(conflict.code, booking_id=booking.id) from conflict
            proposal = await uow.proposals.save(proposal.close(ProposalStatus.ACCEPTED))
            await _keep(uow, actor, EventName.RESCHEDULE_ACCEPTED, case.now, booking, proposal)
            return booking

    async def keep_time(self, actor: Actor, proposal_id: int, version: int) -> Booking:
        """Refuse the offer: the session stays where it is. Conflict as `actions.require` says, or `stale`."""
        return await self._close(actor, Action.KEEP_TIME, proposal_id, version)

    async def withdraw(self, actor: Actor, proposal_id: int, version: int) -> Booking:
        """Take one's own offer back: the session stays where it is. Conflict as for `keep_time`."""
        return await self._close(actor, Action.WITHDRAW, proposal_id, version)

    async def expire(self, proposal_id: int) -> Proposal | None:
        """Let an offer that nobody answered lapse at its time; None when there is nothing to do."""
        now = self._clock.now()
        async with self._store.write() as uow:
            try:
                booking = await uow.bookings.lock((await uow.proposals.get(proposal_id)).booking_id)
            except NotFound:
                return None
            proposal = await uow.proposals.get(proposal_id)
            if proposal.status is not ProposalStatus.OPEN or now < proposal.expires_at:
                return None
            ended = proposal.close(ProposalStatus.EXPIRED)
            await _end(uow, SYSTEM, now, booking, ended)
            return ended

    async def _close(self, actor: Actor, action: Action, proposal_id: int, version: int) -> Booking:
        async with self._store.write() as uow:
            case, proposal = await offered(uow, actor, action, proposal_id, version, self._clock.now())
            return await _end(uow, actor, case.now, case.booking, proposal.close(_ENDS[action]))


_ENDS = {Action.KEEP_TIME: ProposalStatus.REJECTED, Action.WITHDRAW: ProposalStatus.WITHDRAWN}
_ENDED = {
    ProposalStatus.REJECTED: EventName.RESCHEDULE_REJECTED,
    ProposalStatus.WITHDRAWN: EventName.RESCHEDULE_WITHDRAWN,
    ProposalStatus.EXPIRED: EventName.RESCHEDULE_EXPIRED,
}


async def offered(
    uow: UnitOfWork, actor: Actor, action: Action, proposal_id: int, version: int, now: datetime
) -> tuple[Case, Proposal]:
    """The case of an offer that is acted on, locked: it stands as the actor has seen it.

    Conflict as `actions.require` says, or `stale` when another offer stands by now; NotFound
    `proposal_not_found`, `booking_not_found`.
    """
    seen = await uow.proposals.get(proposal_id)
    case = await locked_case(uow, actor, seen.booking_id, now)
    require(action, case)
    proposal = case.proposal
    if proposal is None or (proposal.id, proposal.version) != (proposal_id, version):
        raise Conflict("stale", booking_id=case.booking.id, status=case.booking.status)
    return case, proposal


async def _make_room(uow: UnitOfWork, booking: Booking, now: datetime) -> None:
    """What is agreed goes before holds that have run out, and before a hold of the same client's."""
    await uow.bookings.sweep_holds(now, counselor_id=booking.counselor_id, client_id=booking.client_id)
    hold = await uow.bookings.hold_of(booking.client_id)
    if hold is not None and hold.starts_at < booking.busy_until and booking.starts_at < hold.busy_until:
        await let_go(uow, hold, now)


async def _end(uow: UnitOfWork, actor: Actor, now: datetime, booking: Booking, ended: Proposal) -> Booking:
    """Close a proposal that came to nothing, and let the deadline of a request run on."""
    await uow.proposals.save(ended)
    going_on = resumed(booking, ended, now)
    if going_on != booking:
        await uow.bookings.save(going_on)
    await _keep(uow, actor, _ENDED[ended.status], now, going_on, ended)
    return going_on


async def _keep(
    uow: UnitOfWork, actor: Actor, name: EventName, now: datetime, booking: Booking, proposal: Proposal
) -> None:
    practice = await uow.practice()
    counselor = practice.counselor(booking.counselor_id)
    event = Event(
        name=name,
        booking=booking,
        counselor_person_id=counselor.person_id,
        actor_id=actor.person_id,
        at=now,
        policy=practice.policy,
        proposal=proposal,
    )
    trail = {
        "party": None if actor is SYSTEM else party_of(actor, booking, counselor),
        "proposal": proposal.id,
        "round": proposal.counters,
        "opened_by": proposal.opened_by,
        "asked_by": proposal.asked_by,
        "from": proposal.original_starts_at.isoformat(),
        "to": proposal.starts_at.isoformat(),
    }
    await keep(uow, event, trail)
