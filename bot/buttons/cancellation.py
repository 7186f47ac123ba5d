"""Cancelling, and what comes back."""

from bot.callback_codec import Callback, route
from core.domain.cancellation import Reason


@route("cm")
class CancelMenu(Callback):
    """The reasons to cancel."""

    booking_id: int


@route("cr")
class CancelReason(Callback):
    """Cancel for this reason, or without one: what comes back is shown first."""

    booking_id: int
    reason: Reason | None = None


@route("cb")
class CancelBooking(Callback):
    """Cancel on the terms just shown."""

    draft: int


@route("ci")
class InsteadMenu(Callback):
    """Cancel instead of moving: what comes back is shown first."""

    proposal_id: int
    version: int


@route("cx")
class CancelInstead(Callback):
    """Cancel instead of answering the offer as it was at this version."""

    proposal_id: int
    version: int
