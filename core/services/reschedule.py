"""Rescheduling: either side offers another time, the other answers, the old one stays until both agree."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from core.db.uow import Store, UnitOfWork
from core.domain.access import SYSTEM, Actor, party_of
from core.domain.actions import Action, require
from core.domain.booking import Booking
from core.domain.errors import Conflict, NotFound
from core.domain.events import Event, EventName
from core.domain.reschedule import Proposal, ProposalStatus, moved, opened, resumed
from core.domain.series import Move, in_moving_order
from core.domain.side import Side
from core.ports.clock import Clock
from core.services.case import keep, together
from core.services.hold import let_go
from core.services.move_times import check_free
from core.services.offered import as_one, offer_of, offered, to_move


class Reschedules:
    """Use cases of the negotiation about another time."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def propose(
        self,
        actor: Actor,
        booking_id: int,
        version: int,
        start: datetime,
        behalf: Side | None = None,
        *,
        following: bool = False,
    ) -> Proposal:
        """Begin a negotiation by offering a free start; an admin does it on behalf of one side.

        `following` offers to move those after it in its series by as much on the counselor's clock, all or
        none; `version` is then the edition of the series. Conflict as `actions.require` says, `stale`,
        `same_time`, `slot_taken`, `client_busy`, `not_offered`, `series_clash`. The first proposal.
        """
        async with self._store.write() as uow:
            cases, seen = await to_move(uow, actor, booking_id, self._clock.now(), following)
            cases = [replace(each, acting_for=behalf or each.side) for each in cases]
            for case in cases:
                require(Action.RESCHEDULE, case)
            if seen != version:
                raise Conflict("stale", booking_id=booking_id, status=cases[0].booking.status)
            starts = await check_free(uow, cases, start)
            offers = [
                opened(case.booking, case.side, to, case.now, case.policy)
                for case, to in zip(cases, starts, strict=True)
            ]
            offers = [await uow.proposals.add(each) for each in as_one(offers)]
            bookings = [each.booking for each in cases]
            await _keep(uow, actor, EventName.RESCHEDULE_REQUESTED, cases[0].now, bookings, offers)
            return offers[0]

    async def counter(self, actor: Actor, proposal_id: int, version: int, start: datetime) -> Proposal:
        """Answer an offer with another free start; then it is the other side's turn. Conflict as above."""
        now = self._clock.now()
        async with self._store.write() as uow:
            cases = await offered(uow, actor, Action.COUNTER, proposal_id, version, now)
            starts = await check_free(uow, cases, start)
            offers = [
                offer_of(case).counter(case.side, to, now, case.policy)
                for case, to in zip(cases, starts, strict=True)
            ]
            offers = [await uow.proposals.save(each) for each in as_one(offers)]
            bookings = [each.booking for each in cases]
            await _keep(uow, actor, EventName.RESCHEDULE_COUNTERED, now, bookings, offers)
            return offers[0]

    async def accept(self, actor: Actor, proposal_id: int, version: int) -> Booking:
        """Move the booking to the time on offer, which confirms it where it was only asked for.

        Conflict as `actions.require` says, or `stale`; `slot_taken` or `client_busy` when the time has been
        taken since it was offered. The offer then stays open: it may be answered otherwise, and the time may
        become free again. Sessions of a series that were offered to move together all do, or none.
        """
        now = self._clock.now()
        async with self._store.write() as uow:
            cases = await offered(uow, actor, Action.ACCEPT_TIME, proposal_id, version, now)
            counselor = (await uow.practice()).counselor(cases[0].booking.counselor_id)
            moves = [
                Move(old=each.booking, new=moved(each.booking, offer_of(each), counselor.zone))
                for each in cases
            ]
            await _make_room(uow, [each.new for each in moves], now)
            for move in in_moving_order(moves):
                try:
                    await uow.bookings.save(move.new)
                except Conflict as conflict:
                    raise Conflict(conflict.code, booking_id=cases[0].booking.id) from conflict
            ended = [
                await uow.proposals.save(offer_of(each).close(ProposalStatus.ACCEPTED)) for each in cases
            ]
            bookings = [each.new for each in moves]
            await _keep(uow, actor, EventName.RESCHEDULE_ACCEPTED, now, bookings, ended)
            return bookings[0]

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
            offers = await uow.proposals.open_with(proposal)
            bookings = [
                booking if each.booking_id == booking.id else await uow.bookings.lock(each.booking_id)
                for each in offers
            ]
            await _end(uow, SYSTEM, now, bookings, [each.close(ProposalStatus.EXPIRED) for each in offers])
            return await uow.proposals.get(proposal_id)

    async def _close(self, actor: Actor, action: Action, proposal_id: int, version: int) -> Booking:
        async with self._store.write() as uow:
            cases = await offered(uow, actor, action, proposal_id, version, self._clock.now())
            ended = [offer_of(each).close(_ENDS[action]) for each in cases]
            return await _end(uow, actor, cases[0].now, [each.booking for each in cases], ended)


_ENDS = {Action.KEEP_TIME: ProposalStatus.REJECTED, Action.WITHDRAW: ProposalStatus.WITHDRAWN}
_ENDED = {
    ProposalStatus.REJECTED: EventName.RESCHEDULE_REJECTED,
    ProposalStatus.WITHDRAWN: EventName.RESCHEDULE_WITHDRAWN,
    ProposalStatus.EXPIRED: EventName.RESCHEDULE_EXPIRED,
}


async def _make_room(uow: UnitOfWork, bookings: Sequence[Booking], now: datetime) -> None:
    """What is agreed goes before holds that have run out, and before a hold of the same client's."""
    counselor_id, client_id = bookings[0].counselor_id, bookings[0].client_id
    await uow.bookings.sweep_holds(now, counselor_id=counselor_id, client_id=client_id)
    hold = await uow.bookings.hold_of(client_id)
    if hold is None:
        return
    if any(hold.starts_at < each.busy_until and each.starts_at < hold.busy_until for each in bookings):
        await let_go(uow, hold, now)


async def _end(
    uow: UnitOfWork, actor: Actor, now: datetime, bookings: Sequence[Booking], ended: Sequence[Proposal]
) -> Booking:
    """Close proposals that came to nothing, and let the deadlines of requests run on; the first booking."""
    going_on = []
    for booking, proposal in zip(bookings, ended, strict=True):
        await uow.proposals.save(proposal)
        going_on.append(resumed(booking, proposal, now))
        if going_on[-1] != booking:
            await uow.bookings.save(going_on[-1])
    await _keep(uow, actor, _ENDED[ended[0].status], now, going_on, ended)
    return going_on[0]


async def _keep(
    uow: UnitOfWork,
    actor: Actor,
    name: EventName,
    now: datetime,
    bookings: Sequence[Booking],
    proposals: Sequence[Proposal],
) -> None:
    ids = together(bookings)
    for booking, proposal in zip(bookings, proposals, strict=True):
        await _keep_one(uow, actor, name, now, booking, proposal, ids)


async def _keep_one(
    uow: UnitOfWork,
    actor: Actor,
    name: EventName,
    now: datetime,
    booking: Booking,
    proposal: Proposal,
    ids: tuple[int, ...],
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
        together=ids,
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
