"""Notifications: who learns of what, decided from the booking's state at the moment of sending."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from core.domain.booking import Booking, Status
from core.domain.counselor import Counselor
from core.domain.person import Person
from core.domain.program import Program
from core.domain.session_type import SessionType
from core.domain.side import Side


class Kind(StrEnum):
    """What a message is about."""

    REQUEST_RECEIVED = "request_received"
    NEW_REQUEST = "new_request"
    NEW_BOOKING = "new_booking"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    EXPIRED = "expired"
    EXPIRED_UNANSWERED = "expired_unanswered"
    REQUEST_NUDGE = "request_nudge"
    REMINDER = "reminder"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """To whom a kind goes and in which statuses of the booking it is still true."""

    recipient: Side | None
    statuses: frozenset[Status]


RULES: Mapping[Kind, Rule] = {
    Kind.REQUEST_RECEIVED: Rule(recipient=Side.CLIENT, statuses=frozenset({Status.PENDING})),
    Kind.NEW_REQUEST: Rule(recipient=Side.COUNSELOR, statuses=frozenset({Status.PENDING})),
    Kind.NEW_BOOKING: Rule(recipient=Side.COUNSELOR, statuses=frozenset({Status.CONFIRMED})),
    Kind.CONFIRMED: Rule(recipient=Side.CLIENT, statuses=frozenset({Status.CONFIRMED})),
    Kind.DECLINED: Rule(recipient=Side.CLIENT, statuses=frozenset({Status.DECLINED})),
    Kind.EXPIRED: Rule(recipient=Side.CLIENT, statuses=frozenset({Status.EXPIRED})),
    Kind.EXPIRED_UNANSWERED: Rule(recipient=Side.COUNSELOR, statuses=frozenset({Status.EXPIRED})),
    Kind.REQUEST_NUDGE: Rule(recipient=Side.COUNSELOR, statuses=frozenset({Status.PENDING})),
    Kind.REMINDER: Rule(recipient=None, statuses=frozenset({Status.CONFIRMED})),
}


def still_true(kind: Kind, booking: Booking) -> bool:
    """Whether the message may still go out, by the booking's state at this moment."""
    return booking.status in RULES[kind].statuses


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """One message to one person: everything a channel needs to put it into words.

    `lead` is how long before the start a reminder was asked for.
    """

    kind: Kind
    to: Person
    side: Side
    booking: Booking
    counselor: Counselor
    client: Person
    session_type: SessionType
    lead: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterNudge:
    """The friendly word to a client who wanted to schedule the rest of a program later."""

    to: Person
    program: Program
    remaining: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldEnded:
    """A slot is no longer kept for a client; `draft_id` is what they were filling in."""

    to: Person
    hold_id: int
    draft_id: int
