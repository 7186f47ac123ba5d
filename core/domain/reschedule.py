"""Rescheduling: a negotiation in which the old time stays until both sides agree."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from core.domain.booking import Booking, Status
from core.domain.errors import Conflict, Forbidden
from core.domain.policy import Policy
from core.domain.side import Side


class ProposalStatus(StrEnum):
    """Where a negotiation stands."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


PROPOSAL_MOVES: Mapping[ProposalStatus, frozenset[ProposalStatus]] = {
    ProposalStatus.OPEN: frozenset(set(ProposalStatus) - {ProposalStatus.OPEN}),
    **{each: frozenset() for each in ProposalStatus if each is not ProposalStatus.OPEN},
}
"""`cancelled`: the session itself was called off while the proposal was open."""

MOVABLE = frozenset({Status.PENDING, Status.CONFIRMED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Another time offered for a booking.

    `opened_by` began the negotiation, `asked_by` made the offer that stands, the other side's turn it is.
    `counters` counts the rounds after the first offer. `version` rises with every change.
    """

    id: int
    booking_id: int
    opened_by: Side
    asked_by: Side
    starts_at: datetime
    ends_at: datetime
    original_starts_at: datetime
    created_at: datetime
    asked_at: datetime
    expires_at: datetime
    status: ProposalStatus = ProposalStatus.OPEN
    counters: int = 0
    version: int = 1

    @property
    def turn(self) -> Side:
        """The side whose answer is awaited."""
        return self.asked_by.other

    def close(self, status: ProposalStatus) -> "Proposal":
        """The proposal ended this way; Conflict `proposal_closed` when it has ended already."""
        if status not in PROPOSAL_MOVES[self.status]:
            raise Conflict("proposal_closed", booking_id=self.booking_id)
        return replace(self, status=status, version=self.version + 1)

    def counter(self, side: Side, start: datetime, now: datetime, policy: Policy) -> "Proposal":
        """The proposal with another time offered by the side whose turn it is.

        Forbidden `not_your_turn`; Conflict `proposal_closed`, `too_many_rounds`.
        """
        if self.status is not ProposalStatus.OPEN:
            raise Conflict("proposal_closed", booking_id=self.booking_id)
        if side is not self.turn:
            raise Forbidden("not_your_turn")
        if self.counters >= policy["max_counter_proposals"]:
            raise Conflict("too_many_rounds", most=policy["max_counter_proposals"])
        return replace(
            self,
            asked_by=side,
            starts_at=start,
            ends_at=start + (self.ends_at - self.starts_at),
            asked_at=now,
            expires_at=expiry(now, start, policy),
            counters=self.counters + 1,
            version=self.version + 1,
        )


def expiry(asked: datetime, start: datetime, policy: Policy) -> datetime:
    """When an unanswered offer lapses: after the policy's hours, or when the time it offers has come."""
    return min(asked + policy.hours("reschedule_expiry_hours"), start)


def cutoff(booking: Booking, side: Side, policy: Policy) -> datetime:
    """Until when this side may begin to move the booking."""
    names = {Side.CLIENT: "reschedule_cutoff_hours", Side.COUNSELOR: "counselor_reschedule_cutoff_hours"}
    return booking.starts_at - policy.hours(names[side])


def moves_left(booking: Booking, side: Side, policy: Policy) -> int:
    """How often this side may still move the booking."""
    if side is Side.CLIENT:
        return int(policy["max_reschedules"]) - booking.client_reschedules
    return int(policy["counselor_max_reschedules"]) - booking.counselor_reschedules


def check_may_open(booking: Booking, side: Side, now: datetime, policy: Policy) -> None:
    """Conflict `not_movable`, `reschedule_cutoff` or `no_moves_left` when this side may not propose now."""
    if booking.status not in MOVABLE:
        raise Conflict("not_movable", status=booking.status, booking_id=booking.id)
    if now >= cutoff(booking, side, policy):
        raise Conflict("reschedule_cutoff", booking_id=booking.id, cutoff=cutoff(booking, side, policy))
    if moves_left(booking, side, policy) <= 0:
        raise Conflict("no_moves_left", booking_id=booking.id)


def moved(booking: Booking, proposal: Proposal) -> Booking:
    """The booking at the agreed time: same UID, SEQUENCE + 1, the buffer kept, one more move for the opener."""
    buffer: timedelta = booking.busy_until - booking.ends_at
    by_client = proposal.opened_by is Side.CLIENT
    return replace(
        booking,
        starts_at=proposal.starts_at,
        ends_at=proposal.ends_at,
        busy_until=proposal.ends_at + buffer,
        sequence=booking.sequence + 1,
        version=booking.version + 1,
        client_reschedules=booking.client_reschedules + by_client,
        counselor_reschedules=booking.counselor_reschedules + (not by_client),
    )
