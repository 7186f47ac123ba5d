"""Cases in which nothing but the status and the party decides, one for each action."""

from dataclasses import replace
from datetime import timedelta

from core.domain.actions import Action, Case, Party
from core.domain.booking import Status
from core.domain.no_show import Report, ReportStatus
from core.domain.outcome import Outcome
from core.domain.policy import Policy
from core.domain.reschedule import Proposal
from core.domain.review import Review
from core.domain.side import Side
from tests.core.domain.booking_examples import MADE, START, a_booking

DAY = timedelta(days=1)
AFTER = START + DAY
SIDES = {Party.CLIENT: Side.CLIENT, Party.COUNSELOR: Side.COUNSELOR, Party.ADMIN: Side.COUNSELOR}

PROPOSAL = Proposal(
    id=1,
    booking_id=7,
    opened_by=Side.COUNSELOR,
    asked_by=Side.COUNSELOR,
    starts_at=START + DAY,
    ends_at=START + DAY + timedelta(minutes=45),
    original_starts_at=START,
    created_at=MADE,
    asked_at=MADE,
    expires_at=MADE + 2 * DAY,
)
REVIEW = Review(booking_id=7, counselor_id=1, client_id=2, stars=5, comment="", created_at=AFTER)
REPORT = Report(booking_id=7, claim=Outcome.COUNSELOR_ABSENT, words="", created_at=AFTER)

ANSWERS = {Action.ACCEPT_TIME, Action.COUNTER, Action.KEEP_TIME, Action.CANCEL_INSTEAD}
AHEAD_OF_THE_START = {
    Action.APPROVE,
    Action.DECLINE,
    Action.CANCEL,
    Action.RESCHEDULE,
    Action.WITHDRAW,
    *ANSWERS,
}


def favourable(action: Action, status: Status, party: Party) -> Case:
    """A case in which the action is refused for the status or the party alone."""
    booking = a_booking(status=status, awaits=SIDES[party])
    now = START if action is Action.JOIN else MADE if action in AHEAD_OF_THE_START else AFTER
    case = Case(booking=booking, party=party, now=now, policy=Policy())
    if action in ANSWERS:
        return replace(case, proposal=replace(PROPOSAL, asked_by=SIDES[party].other))
    if action is Action.WITHDRAW:
        return replace(case, proposal=replace(PROPOSAL, asked_by=SIDES[party]))
    return replace(case, review=_review(action), report=_report(action))


def _review(action: Action) -> Review | None:
    if action in {Action.ANSWER_REVIEW, Action.HIDE_REVIEW}:
        return REVIEW
    return replace(REVIEW, hidden_reason="Names a person.") if action is Action.SHOW_REVIEW else None


def _report(action: Action) -> Report | None:
    if action is Action.ANSWER_REPORT:
        return REPORT
    return replace(REPORT, status=ReportStatus.DISPUTED) if action is Action.DECIDE_REPORT else None
