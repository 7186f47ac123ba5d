"""What became of a session: who came, what is refunded, and how long that may be set right."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from core.domain.booking import Booking, Refund, Status
from core.domain.errors import Conflict
from core.domain.side import Side

COMPLETES_AFTER = timedelta(hours=24)
"""When a session of which nobody said anything counts as completed, after its end."""
OVERRUN = timedelta(hours=1)
"""How long after the planned end a session may still be said to end just now."""


class Outcome(StrEnum):
    """What became of a session."""

    TOOK_PLACE = "took_place"
    CLIENT_ABSENT = "client_absent"
    COUNSELOR_ABSENT = "counselor_absent"

    @property
    def absent(self) -> Side | None:
        """The side that did not come; None where both did."""
        return _ABSENT[self]

    @property
    def status(self) -> Status:
        """The status of a booking that came to this."""
        return Status.COMPLETED if self.absent is None else Status.NO_SHOW


_ABSENT: Mapping[Outcome, Side | None] = {
    Outcome.TOOK_PLACE: None,
    Outcome.CLIENT_ABSENT: Side.CLIENT,
    Outcome.COUNSELOR_ABSENT: Side.COUNSELOR,
}
_REFUNDED: Mapping[Outcome, int | None] = {
    Outcome.TOOK_PLACE: None,
    Outcome.CLIENT_ABSENT: 0,
    Outcome.COUNSELOR_ABSENT: 100,
}
"""Per cent of the price that come back; None where there is nothing to speak of."""


def outcome_of(booking: Booking) -> Outcome | None:
    """What became of the session, None while that is open or where it was called off before."""
    if booking.status is Status.COMPLETED:
        return Outcome.TOOK_PLACE
    if booking.status is not Status.NO_SHOW:
        return None
    return Outcome.CLIENT_ABSENT if booking.absent is Side.CLIENT else Outcome.COUNSELOR_ABSENT


def settled(booking: Booking, outcome: Outcome, now: datetime) -> Booking:
    """The booking with this outcome, said for the first time or corrected.

    `closed_at` stays that of the first time. Conflict `moved_on` where it came to this already, or where
    the table of moves does not allow it.
    """
    if outcome_of(booking) is outcome:
        raise Conflict("moved_on", status=booking.status, booking_id=booking.id)
    changes: dict[str, object] = {
        "absent": outcome.absent,
        "refund": _refund(booking, outcome),
        "ended_at": _ended_at(booking, now),
        "closed_at": booking.closed_at or now,
    }
    if booking.status is outcome.status:  # a no-show as before, but of the other side
        return replace(booking, version=booking.version + 1, **changes)  # type: ignore[arg-type]
    return booking.move(outcome.status, **changes)


def started(booking: Booking, now: datetime) -> Booking:
    """The booking whose session begins now."""
    return booking.move(Status.IN_PROGRESS, started_at=now)


def _refund(booking: Booking, outcome: Outcome) -> Refund | None:
    percent = _REFUNDED[outcome]
    return None if percent is None else Refund(percent=percent, amount=booking.price.percent(percent))


def _ended_at(booking: Booking, now: datetime) -> datetime | None:
    """What was observed; else now, where a session that was started is said to be over at about its end."""
    if booking.ended_at is not None:
        return booking.ended_at
    running = booking.status is Status.IN_PROGRESS
    return now if running and now < booking.ends_at + OVERRUN else None
