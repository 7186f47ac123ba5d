"""Calling a session off: by either side, on their behalf, or instead of moving it."""

from core.db.uow import Store, UnitOfWork
from core.domain.access import Actor
from core.domain.actions import Action, Case, require
from core.domain.booking import Booking, Refund, Status
from core.domain.cancellation import Reason, refund
from core.domain.errors import Conflict, Invalid
from core.domain.events import Event, EventName
from core.domain.reschedule import ProposalStatus
from core.domain.side import Side
from core.ports.clock import Clock
from core.services.case import keep, locked_case, together
from core.services.offered import offered

DETAILS_LENGTH = 500


class Cancellations:
    """Use cases that end a booking before its start."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def cancel(
        self,
        actor: Actor,
        booking_id: int,
        version: int,
        reason: Reason | None,
        details: str = "",
        quoted: int | None = None,
    ) -> Booking:
        """Call a session off; an admin does it for the counselor. An open proposal ends with it.

        `quoted` is the refund, in per cent, that the person was shown: Conflict `refund_changed` when it is
        another by now. Conflict as `actions.require` says, or `stale`; Invalid `reason_required`, `too_long`.
        """
        async with self._store.write() as uow:
            case = await locked_case(uow, actor, booking_id, self._clock.now())
            require(Action.CANCEL, case)
            if case.booking.version != version:
                raise Conflict("stale", booking_id=booking_id, status=case.booking.status)
            check_words(case, reason, details)
            back = refund(case.booking, case.side, case.now, case.policy)
            if quoted not in (None, back.percent):
                raise Conflict("refund_changed", booking_id=booking_id, percent=back.percent)
            return await call_off(uow, actor, case, reason, details, back)

    async def cancel_instead(self, actor: Actor, proposal_id: int, version: int) -> Booking:
        """The client calls a session off that the counselor wants to move: everything comes back.

        Where the counselor wants to move several of a series, all of them are called off. Conflict as
        `actions.require` says, or `stale`; NotFound `proposal_not_found`.
        """
        async with self._store.write() as uow:
            cases = await offered(uow, actor, Action.CANCEL_INSTEAD, proposal_id, version, self._clock.now())
            ids = together([each.booking for each in cases])
            for case in cases:
                back = refund(case.booking, Side.COUNSELOR, case.now, case.policy)
                await call_off(uow, actor, case, Reason.NEW_TIME, "", back, ids)
            return await uow.bookings.get(cases[0].booking.id)


def check_words(case: Case, reason: Reason | None, details: str) -> None:
    """Invalid `reason_required`, `too_long`."""
    if reason is None and case.policy["require_cancellation_reason"]:
        raise Invalid("reason_required")
    if len(details) > DETAILS_LENGTH:
        raise Invalid("too_long", most=DETAILS_LENGTH, got=len(details))


async def call_off(
    uow: UnitOfWork,
    actor: Actor,
    case: Case,
    reason: Reason | None,
    details: str,
    back: Refund,
    together: tuple[int, ...] = (),
) -> Booking:
    """Call off what may be called off; `together` as in the event."""
    booking = case.booking.move(
        Status.CANCELLED,
        sequence=case.booking.sequence + 1,
        expires_at=None,
        reason=reason or "",
        details=details,
        cancelled_by=case.side,
        refund=back,
    )
    await uow.bookings.save(booking)
    proposal = case.proposal and await uow.proposals.save(case.proposal.close(ProposalStatus.CANCELLED))
    event = Event(
        name=EventName.CANCELLED,
        booking=booking,
        counselor_person_id=(await uow.practice()).counselor(booking.counselor_id).person_id,
        actor_id=actor.person_id,
        at=case.now,
        policy=case.policy,
        proposal=proposal,
        together=together,
    )
    await keep(uow, event, _trail(case, booking))
    return booking


def _trail(case: Case, booking: Booking) -> dict[str, object]:
    back = booking.refund
    return {
        "party": case.party,
        "reason": booking.reason,
        "details": booking.details,
        "refund": back and {"percent": back.percent, "minor": back.amount.minor, "status": back.status},
        "proposal": case.proposal and case.proposal.id,
    }
