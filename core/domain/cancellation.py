"""The terms on which a booking may be called off."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.domain.booking import Booking, Refund
from core.domain.policy import Policy
from core.domain.side import Side


@dataclass(frozen=True, slots=True, kw_only=True)
class CancellationTerms:
    """Free of charge before `free_until`, `late_percent` back before `cutoff`, refused after it."""

    free_until: datetime
    cutoff: datetime
    late_percent: int


def terms(start: datetime, policy: Policy) -> CancellationTerms:
    """The client's terms for a session that starts at `start`."""
    cutoff = start - policy.hours("cancellation_cutoff_hours")
    free_until = start - policy.hours("free_cancellation_hours")
    return CancellationTerms(
        free_until=min(free_until, cutoff),
        cutoff=cutoff,
        late_percent=policy["late_cancellation_refund_percent"],
    )


def refund(booking: Booking, by: Side | None, now: datetime, policy: Policy) -> Refund:
    """What comes back when the booking is called off at `now` by a side, or by nobody (None: it lapsed).

    All of it unless the client is late: then the policy's percentage.
    """
    agreed = terms(booking.starts_at, policy)
    late = by is Side.CLIENT and now >= agreed.free_until
    percent = agreed.late_percent if late else 100
    return Refund(percent=percent, amount=booking.price.percent(percent))


class Reason(StrEnum):
    """Why a session is called off; `new_time` is a client's answer to a counselor who wants to move it."""

    ILL = "ill"
    TIME = "time"
    NO_NEED = "no_need"
    OTHER_COUNSELOR = "other_counselor"
    EMERGENCY = "emergency"
    OTHER = "other"
    NEW_TIME = "new_time"
