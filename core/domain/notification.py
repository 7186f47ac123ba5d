"""Notifications: who learns of what, decided from the booking's state at the moment of sending."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from core.domain.actions import AGREED, AHEAD, CLOSED, RUNNING
from core.domain.booking import Booking, Status
from core.domain.counselor import Counselor
from core.domain.meeting import NOBODY, Attendance
from core.domain.no_show import Report, ReportStatus
from core.domain.person import Person
from core.domain.policy import Policy
from core.domain.program import Program
from core.domain.reschedule import Proposal, ProposalStatus
from core.domain.review import Review
from core.domain.session_type import SessionType
from core.domain.side import Side
from core.domain.waitlist import WaitlistEntry


class Kind(StrEnum):
    """What a message is about."""

    REQUEST_RECEIVED = "request_received"
    NEW_REQUEST = "new_request"
    NEW_BOOKING = "new_booking"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    EXPIRED = "expired"
    EXPIRED_UNANSWERED = "expired_unanswered"
    CANCELLED = "cancelled"
    RESCHEDULE_REQUESTED = "reschedule_requested"
    RESCHEDULE_COUNTERED = "reschedule_countered"
    RESCHEDULE_ACCEPTED = "reschedule_accepted"
    RESCHEDULE_REJECTED = "reschedule_rejected"
    RESCHEDULE_WITHDRAWN = "reschedule_withdrawn"
    RESCHEDULE_EXPIRED = "reschedule_expired"
    REQUEST_NUDGE = "request_nudge"
    REMINDER = "reminder"
    OUTCOME_ASKED = "outcome_asked"
    COMPLETED = "completed"
    NO_SHOW = "no_show"
    NO_SHOW_REPORTED = "no_show_reported"
    NO_SHOW_DECIDED = "no_show_decided"
    REVIEW_WRITTEN = "review_written"
    REVIEW_ANSWERED = "review_answered"
    BOOKED_FOR = "booked_for"
    BOOKED_FOR_NUDGE = "booked_for_nudge"
    TURNED_DOWN = "turned_down"
    WAITLIST_OPENING = "waitlist_opening"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """To whom a kind goes and in which statuses of the booking it is still true."""

    recipient: Side | None
    statuses: frozenset[Status]


OFFERS = frozenset({Kind.RESCHEDULE_REQUESTED, Kind.RESCHEDULE_COUNTERED})
NUDGES = frozenset({Kind.REQUEST_NUDGE, Kind.BOOKED_FOR_NUDGE})
AFTERWARDS = frozenset(
    {
        Kind.OUTCOME_ASKED,
        Kind.COMPLETED,
        Kind.NO_SHOW,
        Kind.NO_SHOW_REPORTED,
        Kind.NO_SHOW_DECIDED,
        Kind.REVIEW_WRITTEN,
        Kind.REVIEW_ANSWERED,
    }
)
"""Kinds whose words depend on the client's review or report."""
ABOUT_REVIEWS = frozenset({Kind.REVIEW_WRITTEN, Kind.REVIEW_ANSWERED})
RULES: Mapping[Kind, Rule] = {
    Kind.REQUEST_RECEIVED: Rule(recipient=Side.CLIENT, statuses=frozenset({Status.PENDING})),
    Kind.NEW_REQUEST: Rule(recipient=Side.COUNSELOR, statuses=frozenset({Status.PENDING})),
    Kind.NEW_BOOKING: Rule(recipient=Side.COUNSELOR, statuses=frozenset({Status.CONFIRMED})),
    Kind.CONFIRMED: Rule(recipient=Side.CLIENT, statuses=frozenset({Status.CONFIRMED})),
    Kind.DECLINED: Rule(recipient=Side.CLIENT, statuses=frozenset({Status.DECLINED})),
    Kind.EXPIRED: Rule(recipient=Side.CLIENT, statuses=frozenset({Status.EXPIRED})),
    Kind.EXPIRED_UNANSWERED: Rule(recipient=Side.COUNSELOR, statuses=frozenset({Status.EXPIRED})),
    Kind.CANCELLED: Rule(recipient=None, statuses=frozenset({Status.CANCELLED})),
    Kind.RESCHEDULE_REQUESTED: Rule(recipient=None, statuses=AHEAD),
    Kind.RESCHEDULE_COUNTERED: Rule(recipient=None, statuses=AHEAD),
    Kind.RESCHEDULE_ACCEPTED: Rule(recipient=None, statuses=AGREED),
    Kind.RESCHEDULE_REJECTED: Rule(recipient=None, statuses=AHEAD),
    Kind.RESCHEDULE_WITHDRAWN: Rule(recipient=None, statuses=AHEAD),
    Kind.RESCHEDULE_EXPIRED: Rule(recipient=None, statuses=AHEAD),
    Kind.REQUEST_NUDGE: Rule(recipient=Side.COUNSELOR, statuses=frozenset({Status.PENDING})),
    Kind.REMINDER: Rule(recipient=None, statuses=frozenset({Status.CONFIRMED})),
    Kind.OUTCOME_ASKED: Rule(recipient=Side.COUNSELOR, statuses=RUNNING),
    Kind.COMPLETED: Rule(recipient=None, statuses=frozenset({Status.COMPLETED})),
    Kind.NO_SHOW: Rule(recipient=None, statuses=frozenset({Status.NO_SHOW})),
    Kind.NO_SHOW_REPORTED: Rule(recipient=Side.COUNSELOR, statuses=RUNNING | CLOSED),
    Kind.NO_SHOW_DECIDED: Rule(recipient=None, statuses=CLOSED),
    Kind.REVIEW_WRITTEN: Rule(recipient=Side.COUNSELOR, statuses=frozenset({Status.COMPLETED})),
    Kind.REVIEW_ANSWERED: Rule(recipient=Side.CLIENT, statuses=frozenset({Status.COMPLETED})),
    Kind.BOOKED_FOR: Rule(recipient=Side.CLIENT, statuses=frozenset({Status.PENDING})),
    Kind.BOOKED_FOR_NUDGE: Rule(recipient=Side.CLIENT, statuses=frozenset({Status.PENDING})),
    Kind.TURNED_DOWN: Rule(recipient=Side.COUNSELOR, statuses=frozenset({Status.DECLINED})),
    Kind.WAITLIST_OPENING: Rule(recipient=Side.CLIENT, statuses=frozenset({Status.HELD})),
}


def offer_stands(kind: Kind, booking: Booking, proposal: Proposal, offer: int) -> bool:
    """Whether a message about a proposal, which was at version `offer` then, is still true of it."""
    if kind is Kind.RESCHEDULE_ACCEPTED:
        return booking.starts_at == proposal.starts_at
    return kind not in OFFERS or (proposal.status is ProposalStatus.OPEN and proposal.version == offer)


def still_true(
    kind: Kind, booking: Booking, review: Review | None = None, report: Report | None = None
) -> bool:
    """Whether the message may still go out, by the state at this moment of what it is about."""
    if kind is Kind.OUTCOME_ASKED and report is not None:  # the client was faster, and that wants an answer
        return False
    if kind is Kind.NO_SHOW_REPORTED and (report is None or report.status is not ReportStatus.ASKED):
        return False
    if kind in ABOUT_REVIEWS and (review is None or review.hidden):
        return False
    return booking.status in RULES[kind].statuses


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """One message to one person: everything a channel needs to put it into words.

    `join` is the recipient's link to the meeting, `seen` who was there. `lead` is how long before the start a
    reminder was asked for. `proposal` is the one that the message is
    about, open or not, `policy` the one in force. `review` and `report` are the client's,
    where there are any. What is told of several bookings of a series at once has all of them `together`, of
    which `booking` is the first; `offers` are the open proposals to move them, `edition` is how the series
    stands.
    """

    kind: Kind
    to: Person
    side: Side
    booking: Booking
    counselor: Counselor
    client: Person
    session_type: SessionType
    lead: timedelta | None = None
    proposal: Proposal | None = None
    policy: Policy = field(default_factory=Policy)
    review: Review | None = None
    report: Report | None = None
    join: str | None = None
    seen: Attendance = NOBODY
    together: tuple[Booking, ...] = ()
    offers: tuple[Proposal, ...] = ()
    edition: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A no-show on which the two sides disagree, for an admin to decide."""

    to: Person
    report: Report
    booking: Booking
    counselor: Counselor
    client: Person
    session_type: SessionType


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


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferLapsed:
    """Somebody waiting did not answer an offer in time; they wait on."""

    to: Person
    entry: WaitlistEntry
    start: datetime
    counselor: Counselor
    session_type: SessionType
