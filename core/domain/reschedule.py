"""Rescheduling: a negotiation in which the old time stays until both sides agree."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from core.domain.booking import Booking, Status
from core.domain.errors import Conflict, Forbidden
from core.domain.policy import Policy
from core.domain.side import Side
from core.domain.zones import wall_time


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
    `counters` counts the rounds after the first offer. `version` rises with every change. Proposals for
    several sessions of a series are answered `together`, which is the id of the first of those bookings.
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
    together: int | None = None

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
            expires_at=expiry(now, start, self.original_starts_at, policy),
            counters=self.counters + 1,
            version=self.version + 1,
        )


def opened(booking: Booking, side: Side, start: datetime, now: datetime, policy: Policy) -> Proposal:
    """A negotiation that a side begins by offering another start; the duration stays. It has no id yet."""
    return Proposal(
        id=0,
        booking_id=booking.id,
        opened_by=side,
        asked_by=side,
        starts_at=start,
        ends_at=start + (booking.ends_at - booking.starts_at),
        original_starts_at=booking.starts_at,
        created_at=now,
        asked_at=now,
        expires_at=expiry(now, start, booking.starts_at, policy),
    )


def expiry(asked: datetime, start: datetime, original: datetime, policy: Policy) -> datetime:
    """When an unanswered offer lapses: after the policy's hours, or when either of the two times has come.

    Nobody agrees to move a session that has begun at its old time.
    """
    return min(asked + policy.hours("reschedule_expiry_hours"), start, original)


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
    """Conflict `reschedule_cutoff` or `no_moves_left` when this side may not propose now."""
    if now >= cutoff(booking, side, policy):
        raise Conflict("reschedule_cutoff", booking_id=booking.id, cutoff=cutoff(booking, side, policy))
    if moves_left(booking, side, policy) <= 0:
        raise Conflict("no_moves_left", booking_id=booking.id)


def moved(booking: Booking, proposal: Proposal, zone: str) -> Booking:
    """The booking at the agreed time: same UID, SEQUENCE + 1, the buffer kept, one more move for the opener.

    Both have said yes to this time, so that a request is confirmed by it. `zone` is the counselor's.
    """
    buffer: timedelta = booking.busy_until - booking.ends_at
    by_client = proposal.opened_by is Side.CLIENT
    return replace(
        booking,
        status=Status.CONFIRMED,
        expires_at=None,
        zone=zone,
        wall_start=wall_time(proposal.starts_at, zone).isoformat(timespec="minutes"),
        starts_at=proposal.starts_at,
        ends_at=proposal.ends_at,
        busy_until=proposal.ends_at + buffer,
        sequence=booking.sequence + 1,
        version=booking.version + 1,
        client_reschedules=booking.client_reschedules + by_client,
        counselor_reschedules=booking.counselor_reschedules + (not by_client),
    )


def resumed(booking: Booking, proposal: Proposal, now: datetime) -> Booking:
    """The booking after a negotiation that came to nothing: a request's deadline had paused meanwhile.

    It is put off by as long, though never beyond the start; anything but a request stays as it is.
    """
    if booking.status is not Status.PENDING or booking.expires_at is None:
        return booking
    deadline = min(booking.expires_at + (now - proposal.created_at), booking.starts_at)
    return replace(booking, expires_at=deadline, version=booking.version + 1)
