"""Days off: what may be added to those that stand, and which sessions they would leave in the lurch."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from core.domain.availability import OutOfOffice
from core.domain.booking import Booking
from core.domain.errors import Invalid
from core.domain.reschedule import MOVABLE

MOST_DAYS = 366
FURTHEST = timedelta(days=3660)
"""As far ahead as a booking window may reach."""


def check_absence(absence: OutOfOffice, today: date) -> None:
    """Invalid `absence_over`, `absence_too_long` or `absence_too_far` for what cannot be meant."""
    if absence.last < today:
        raise Invalid("absence_over")
    if (absence.last - absence.first).days >= MOST_DAYS:
        raise Invalid("absence_too_long", most=MOST_DAYS)
    if absence.last > today + FURTHEST:
        raise Invalid("absence_too_far")


def with_absence(standing: Iterable[OutOfOffice], added: OutOfOffice) -> tuple[OutOfOffice, ...]:
    """The absences in order of time, the new one made one with those it overlaps."""
    apart: list[OutOfOffice] = []
    whole = added
    for each in standing:
        if each.first <= added.last and added.first <= each.last:
            whole = OutOfOffice(first=min(each.first, whole.first), last=max(each.last, whole.last))
        else:
            apart.append(each)
    return tuple(sorted([*apart, whole], key=lambda each: each.first))


def clashes_with(booking: Booking, now: datetime) -> bool:
    """Whether a session within an absence needs another time: asked for or agreed, and still to come."""
    return booking.status in MOVABLE and booking.starts_at > now
