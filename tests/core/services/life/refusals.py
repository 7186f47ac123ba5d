"""What the services must refuse: the shared table of statuses, and its conditions in plain arithmetic."""

from collections.abc import Callable, Mapping

from core.domain.actions import ALLOWED, Action, Party
from core.domain.booking import Status
from core.domain.no_show import ReportStatus
from core.domain.side import Side
from tests.core.services.life.known import Session
from tests.core.services.life.model import Model
from tests.core.services.life.terms import CUTOFFS, DAY, HOUR, MINUTE, MOST_MOVES

SIDES = {Party.CLIENT: Side.CLIENT, Party.COUNSELOR: Side.COUNSELOR, Party.ADMIN: Side.COUNSELOR}


def refused(
    action: Action, model: Model, session: Session, who: str, behalf: Side | None = None
) -> str | None:
    """The code with which somebody is refused this now, None where they may."""
    party = model.party(session, who)
    if party is None or session.status is Status.HELD:
        return "booking_not_found"
    if session.status not in ALLOWED[action].get(party, frozenset()):
        return "moved_on"
    side = behalf if party is Party.ADMIN and behalf else SIDES[party]
    return MORE[action](model, session, side, party) if action in MORE else None


def unanswerable(model: Model, session: Session, who: str) -> str | None:
    """Why somebody may not approve or decline a request: only the side that is asked may know of it."""
    party = model.party(session, who)
    if party is None or party.value != session.awaits.value:
        return "booking_not_found"
    if session.status is not Status.PENDING:
        return "moved_on"
    if session.offer is not None:
        return "proposal_open"
    return "request_expired" if _lapsed(model, session) else None


def _lapsed(model: Model, session: Session) -> bool:
    return session.until is not None and session.until <= model.now


def _cancel(model: Model, session: Session, _side: Side, party: Party) -> str | None:
    if model.now >= session.start:
        return "started"
    late = model.now >= session.start - model.hours("cancellation_cutoff_hours")
    return "cancellation_cutoff" if party is Party.CLIENT and late else None


def _reschedule(model: Model, session: Session, side: Side, _party: Party) -> str | None:
    if session.offer is not None:
        return "proposal_open"
    if session.counselor in model.left:
        return "counselor_not_found"
    if session.status is Status.PENDING and _lapsed(model, session):
        return "request_expired"
    if model.now >= session.start - model.hours(CUTOFFS[side]):
        return "reschedule_cutoff"
    return "no_moves_left" if session.moves[side] >= model.policy(MOST_MOVES[side]) else None


def _answer(model: Model, session: Session, side: Side, _party: Party) -> str | None:
    offer = session.offer
    if offer is None:
        return "proposal_closed"
    if model.now >= offer.until:
        return "proposal_expired"
    return "not_your_turn" if offer.asked_by is side else None


def _counter(model: Model, session: Session, side: Side, party: Party) -> str | None:
    offer = session.offer
    if offer is not None and offer.counters >= model.policy("max_counter_proposals"):
        return "too_many_rounds"
    return _answer(model, session, side, party)


def _withdraw(_model: Model, session: Session, side: Side, _party: Party) -> str | None:
    if session.offer is None:
        return "proposal_closed"
    return None if session.offer.asked_by is side else "not_your_turn"


def _cancel_instead(model: Model, session: Session, side: Side, party: Party) -> str | None:
    opened = session.offer is not None and session.offer.opened_by is Side.COUNSELOR
    return _answer(model, session, side, party) if opened else "proposal_closed"


def _start(model: Model, session: Session, _side: Side, _party: Party) -> str | None:
    return "too_early" if model.now < session.start - 15 * MINUTE else None


def _timely(model: Model, session: Session) -> str | None:
    if model.now < session.start:
        return "too_early"
    return "too_late" if session.closed is not None and model.now >= session.closed + 7 * DAY else None


def _settle(model: Model, session: Session, _side: Side, party: Party) -> str | None:
    report = session.report
    waiting = report is not None and report.status in (ReportStatus.ASKED, ReportStatus.DISPUTED)
    if waiting or (report is not None and party is Party.COUNSELOR):
        return "reported"
    return _timely(model, session)


def _report(model: Model, session: Session, _side: Side, _party: Party) -> str | None:
    if session.report is not None:
        return "reported"
    return "moved_on" if session.absent is Side.COUNSELOR else _timely(model, session)


def _answer_report(_model: Model, session: Session, _side: Side, _party: Party) -> str | None:
    report = session.report
    waiting = report is not None and report.status in (ReportStatus.ASKED, ReportStatus.DISPUTED)
    return None if waiting else "report_closed"


def _decide(_model: Model, session: Session, _side: Side, _party: Party) -> str | None:
    disputed = session.report is not None and session.report.status is ReportStatus.DISPUTED
    return None if disputed else "report_closed"


def _review(model: Model, session: Session, _side: Side, _party: Party) -> str | None:
    review = session.review
    if review is None:
        return None
    return "review_closed" if model.now >= review.made + 24 * HOUR or review.answer else None


def _answer_review(_model: Model, session: Session, _side: Side, _party: Party) -> str | None:
    if session.review is None or session.review.hidden:
        return "review_not_found"
    return "review_answered" if session.review.answer else None


def _hide(_model: Model, session: Session, _side: Side, _party: Party) -> str | None:
    return "review_hidden" if session.review and session.review.hidden else None


def _show(_model: Model, session: Session, _side: Side, _party: Party) -> str | None:
    return None if session.review and session.review.hidden else "review_shown"


MORE: Mapping[Action, Callable[[Model, Session, Side, Party], str | None]] = {
    Action.CANCEL: _cancel,
    Action.RESCHEDULE: _reschedule,
    Action.ACCEPT_TIME: _answer,
    Action.COUNTER: _counter,
    Action.KEEP_TIME: _answer,
    Action.WITHDRAW: _withdraw,
    Action.CANCEL_INSTEAD: _cancel_instead,
    Action.START: _start,
    Action.COMPLETE: _settle,
    Action.NO_SHOW: _settle,
    Action.REPORT_NO_SHOW: _report,
    Action.ANSWER_REPORT: _answer_report,
    Action.DECIDE_REPORT: _decide,
    Action.REVIEW: _review,
    Action.ANSWER_REVIEW: _answer_review,
    Action.HIDE_REVIEW: _hide,
    Action.SHOW_REVIEW: _show,
}
