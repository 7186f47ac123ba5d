"""The terms on which a booking may be called off."""

from dataclasses import dataclass
from datetime import datetime

from core.domain.policy import Policy


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
