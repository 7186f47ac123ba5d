"""What each party may do with a booking: one table of statuses, and one of conditions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.domain.booking import Booking, Status
from core.domain.errors import Conflict
from core.domain.meeting import Door, door
from core.domain.no_show import Report, ReportStatus
from core.domain.policy import Policy
from core.domain.reschedule import Proposal, check_may_open
from core.domain.review import Review
from core.domain.side import Side


class Party(StrEnum):
    """As what somebody acts on a booking."""

    CLIENT = "client"
    COUNSELOR = "counselor"
    ADMIN = "admin"


class Action(StrEnum):
    """What can be done with a booking."""

    APPROVE = "approve"
    DECLINE = "decline"
    CANCEL = "cancel"
    RESCHEDULE = "reschedule"
    ACCEPT_TIME = "accept_time"
    COUNTER = "counter"
    KEEP_TIME = "keep_time"
    WITHDRAW = "withdraw"
    CANCEL_INSTEAD = "cancel_instead"
    JOIN = "join"
    START = "start"
    COMPLETE = "complete"
    NO_SHOW = "no_show"
    REPORT_NO_SHOW = "report_no_show"
    ANSWER_REPORT = "answer_report"
    DECIDE_REPORT = "decide_report"
    REVIEW = "review"
    ANSWER_REVIEW = "answer_review"
    HIDE_REVIEW = "hide_review"
    SHOW_REVIEW = "show_review"
    NOTE = "note"
    ADD_TO_CALENDAR = "add_to_calendar"
    BOOK_AGAIN = "book_again"


ASKED = frozenset({Status.PENDING})
AHEAD = frozenset({Status.PENDING, Status.CONFIRMED})
AGREED = frozenset({Status.CONFIRMED})
RUNNING = frozenset({Status.CONFIRMED, Status.IN_PROGRESS})
DONE = frozenset({Status.COMPLETED})
CLOSED = DONE | {Status.NO_SHOW}
IN_CALENDAR = AHEAD | RUNNING
BOOKED = frozenset(Status) - {Status.HELD}

CLIENT, COUNSELOR, ADMIN = Party.CLIENT, Party.COUNSELOR, Party.ADMIN

ALLOWED: Mapping[Action, Mapping[Party, frozenset[Status]]] = {
    Action.APPROVE: {CLIENT: ASKED, COUNSELOR: ASKED},
    Action.DECLINE: {CLIENT: ASKED, COUNSELOR: ASKED},
    Action.CANCEL: {CLIENT: AHEAD, COUNSELOR: AHEAD, ADMIN: AHEAD},
    Action.RESCHEDULE: {CLIENT: AHEAD, COUNSELOR: AHEAD, ADMIN: AHEAD},
    Action.ACCEPT_TIME: {CLIENT: AHEAD, COUNSELOR: AHEAD},
    Action.COUNTER: {CLIENT: AHEAD, COUNSELOR: AHEAD},
    Action.KEEP_TIME: {CLIENT: AHEAD, COUNSELOR: AHEAD},
    Action.WITHDRAW: {CLIENT: AHEAD, COUNSELOR: AHEAD},
    Action.CANCEL_INSTEAD: {CLIENT: AHEAD},
    Action.JOIN: {CLIENT: RUNNING, COUNSELOR: RUNNING},
    Action.START: {COUNSELOR: AGREED},
    Action.COMPLETE: {COUNSELOR: RUNNING | {Status.NO_SHOW}, ADMIN: RUNNING | {Status.NO_SHOW}},
    Action.NO_SHOW: {COUNSELOR: RUNNING | CLOSED, ADMIN: RUNNING | CLOSED},
    Action.REPORT_NO_SHOW: {CLIENT: RUNNING | CLOSED},
    Action.ANSWER_REPORT: {COUNSELOR: RUNNING | CLOSED},
    Action.DECIDE_REPORT: {ADMIN: RUNNING | CLOSED},
    Action.REVIEW: {CLIENT: DONE},
    Action.ANSWER_REVIEW: {COUNSELOR: DONE},
    Action.HIDE_REVIEW: {ADMIN: CLOSED},
    Action.SHOW_REVIEW: {ADMIN: CLOSED},
    Action.NOTE: {COUNSELOR: BOOKED},
    Action.ADD_TO_CALENDAR: {CLIENT: IN_CALENDAR, COUNSELOR: IN_CALENDAR},
    Action.BOOK_AGAIN: {CLIENT: BOOKED},
}

START_EARLY = timedelta(minutes=15)
CORRECTABLE = timedelta(days=7)
"""How long an outcome may be set right after it was settled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A booking as one party looks at it.

    `proposal` is the open one, `review` and `report` are the client's: a no-show seen otherwise. An admin
    is `acting_for` one side, or None while that is not settled.
    """

    booking: Booking
    party: Party
    now: datetime
    policy: Policy
    counselor_active: bool = True
    proposal: Proposal | None = None
    review: Review | None = None
    report: Report | None = None
    acting_for: Side | None = None

    @property
    def side(self) -> Side:
        """The side that the party is on; an admin acts for the counselor unless it is said otherwise."""
        if self.party is Party.ADMIN:
            return self.acting_for or Side.COUNSELOR
        return Side.CLIENT if self.party is Party.CLIENT else Side.COUNSELOR


def refusal(action: Action, case: Case) -> str | None:
    """The code of why the party may not do this now, None when they may."""
    if case.booking.status not in ALLOWED[action].get(case.party, frozenset()):
        return "moved_on"
    condition = CONDITIONS.get(action)
    return condition(case) if condition else None


def require(action: Action, case: Case) -> None:
    """Conflict with the refusal's code unless the party may do this now."""
    code = refusal(action, case)
    if code is not None:
        raise Conflict(code, booking_id=case.booking.id, status=case.booking.status)


def actions(case: Case) -> frozenset[Action]:
    """Everything that the party may do now."""
    return frozenset(action for action in Action if refusal(action, case) is None)


def _awaited(case: Case) -> str | None:
    if case.booking.awaits is not case.side:
        return "not_your_turn"
    if case.proposal is not None:
        return "proposal_open"
    return "request_expired" if _lapsed(case) else None


def _lapsed(case: Case) -> bool:
    return case.booking.expires_at is not None and case.booking.expires_at <= case.now


def _may_cancel(case: Case) -> str | None:
    if case.now >= case.booking.starts_at:
        return "started"
    cutoff = case.booking.starts_at - case.policy.hours("cancellation_cutoff_hours")
    return "cancellation_cutoff" if case.party is Party.CLIENT and case.now >= cutoff else None


def _may_move(case: Case) -> str | None:
    if case.proposal is not None:
        return "proposal_open"
    if not case.counselor_active:
        return "counselor_not_found"
    if case.booking.status is Status.PENDING and _lapsed(case):
        return "request_expired"
    unsettled = case.party is Party.ADMIN and case.acting_for is None
    codes = [_may_open(case, side) for side in (Side if unsettled else (case.side,))]
    return None if None in codes else codes[0]


def _may_open(case: Case, side: Side) -> str | None:
    try:
        check_may_open(case.booking, side, case.now, case.policy)
    except Conflict as error:
        return error.code
    return None


def _my_turn(case: Case) -> str | None:
    if case.proposal is None:
        return "proposal_closed"
    if case.now >= case.proposal.expires_at:
        return "proposal_expired"
    return None if case.proposal.turn is case.side else "not_your_turn"


def _may_counter(case: Case) -> str | None:
    if case.proposal is not None and case.proposal.counters >= case.policy["max_counter_proposals"]:
        return "too_many_rounds"
    return _my_turn(case)


def _my_offer(case: Case) -> str | None:
    if case.proposal is None:
        return "proposal_closed"
    return None if case.proposal.asked_by is case.side else "not_your_turn"


def _opened_by_counselor(case: Case) -> str | None:
    opened = case.proposal is not None and case.proposal.opened_by is Side.COUNSELOR
    return _my_turn(case) if opened else "proposal_closed"


def _may_join(case: Case) -> str | None:
    way = door(case.booking, case.now)
    if way is Door.EARLY:
        return "meeting_not_open"
    if way is Door.ELSEWHERE:
        return "not_online"
    return None if way is Door.OPEN else "meeting_over"


def _may_start(case: Case) -> str | None:
    return None if case.now >= case.booking.starts_at - START_EARLY else "too_early"


def _may_settle(case: Case) -> str | None:
    report = case.report
    if report is not None and (report.open or case.party is Party.COUNSELOR):
        return "reported"  # answered or decided first; what came of it is not the counselor's to undo
    return _in_time(case)


def _in_time(case: Case) -> str | None:
    if case.now < case.booking.starts_at:
        return "too_early"
    closed = case.booking.closed_at
    return "too_late" if closed is not None and case.now >= closed + CORRECTABLE else None


def _may_report(case: Case) -> str | None:
    if case.report is not None:
        return "reported"
    return "moved_on" if case.booking.absent is Side.COUNSELOR else _in_time(case)


def _report_open(case: Case) -> str | None:
    return None if case.report is not None and case.report.open else "report_closed"


def _report_disputed(case: Case) -> str | None:
    disputed = case.report is not None and case.report.status is ReportStatus.DISPUTED
    return None if disputed else "report_closed"


def _bookable(case: Case) -> str | None:
    return None if case.counselor_active else "counselor_not_found"


def _may_review(case: Case) -> str | None:
    return None if case.review is None or case.review.editable(case.now) else "review_closed"


def _may_answer_review(case: Case) -> str | None:
    if case.review is None or case.review.hidden:
        return "review_not_found"
    return "review_answered" if case.review.answer else None


def _may_hide(case: Case) -> str | None:
    if case.review is None:
        return "review_not_found"
    return "review_hidden" if case.review.hidden else None


def _may_show(case: Case) -> str | None:
    if case.review is None:
        return "review_not_found"
    return None if case.review.hidden else "review_shown"


CONDITIONS: Mapping[Action, Callable[[Case], str | None]] = {
    Action.APPROVE: _awaited,
    Action.DECLINE: _awaited,
    Action.CANCEL: _may_cancel,
    Action.RESCHEDULE: _may_move,
    Action.ACCEPT_TIME: _my_turn,
    Action.COUNTER: _may_counter,
    Action.KEEP_TIME: _my_turn,
    Action.WITHDRAW: _my_offer,
    Action.CANCEL_INSTEAD: _opened_by_counselor,
    Action.JOIN: _may_join,
    Action.START: _may_start,
    Action.COMPLETE: _may_settle,
    Action.NO_SHOW: _may_settle,
    Action.REPORT_NO_SHOW: _may_report,
    Action.ANSWER_REPORT: _report_open,
    Action.DECIDE_REPORT: _report_disputed,
    Action.REVIEW: _may_review,
    Action.ANSWER_REVIEW: _may_answer_review,
    Action.HIDE_REVIEW: _may_hide,
    Action.SHOW_REVIEW: _may_show,
    Action.BOOK_AGAIN: _bookable,
}
"""What must hold beside the status; an action that is not here needs nothing else."""
