"""No-show reports: how they stand, and what the counselor may answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from bot.callbacks import AskReportAnswer, SendReportAnswer, ShowBooking
from bot.screens.navigation import back
from bot.screens.running import CHOICES, CLAIMS
from bot.screens.screen import Screen, Style, Tap, rows
from bot.screens.session import what, when
from bot.screens.wording import bold, lines, paragraphs, quoted, shown
from core.domain.booking import Booking
from core.domain.no_show import ANSWER_WITHIN, Report, ReportStatus
from core.domain.notification import Notification
from core.domain.outcome import Outcome
from core.domain.side import Side
from core.kit.i18n import Texts, msgid

ANSWERS: Mapping[Outcome, tuple[Outcome, ...]] = {
    Outcome.COUNSELOR_ABSENT: (
        Outcome.COUNSELOR_ABSENT,
        Outcome.TOOK_PLACE,
        Outcome.CLIENT_ABSENT,
    ),
    Outcome.TOOK_PLACE: (Outcome.TOOK_PLACE, Outcome.CLIENT_ABSENT),
}
"""What the counselor may answer to each claim; the first agrees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportState:
    """A report as one side sees it; `other` is the name of the other side."""

    report: Report
    booking: Booking
    session_type: str
    other: str
    side: Side


def report_card(t: Texts, state: ReportState) -> Screen:
    """The report as it stands; while it waits for the counselor, with the answers."""
    report = state.report
    said = _said_by_client(t, state) if state.side is Side.COUNSELOR else _said_by_me(t, state)
    return Screen(
        text=paragraphs(
            bold(said),
            session_facts(t, state.booking, state.session_type, state.other),
            quoted(report.words),
            _standing(t, state),
        ),
        rows=rows(*_answers(t, state), back(t, ShowBooking(state.booking.id))),
    )


def no_show_reported(t: Texts, n: Notification, _: datetime) -> Screen:
    """The client sees it otherwise: the counselor is asked."""
    if n.report is None:
        raise ValueError("a message about a report needs one")
    state = ReportState(
        report=n.report,
        booking=n.booking,
        session_type=n.session_type.title,
        other=n.client.name,
        side=Side.COUNSELOR,
    )
    return report_card(t, state)


def no_show_decided(t: Texts, n: Notification, _: datetime) -> Screen:
    """The admin has left it as it was, told to both."""
    report = n.report
    decision = t(CLAIMS[report.decision]) if report and report.decision else ""
    other = n.counselor.name if n.side is Side.CLIENT else n.client.name
    return Screen(
        text=paragraphs(
            bold(t("⚖️ The admin of the practice has decided")),
            session_facts(t, n.booking, n.session_type.title, other),
            t("It stays as it was: {outcome}.", outcome=decision),
        ),
        rows=rows(Tap(t("📄 Details"), ShowBooking(n.booking.id))),
    )


def report_line(t: Texts, report: Report) -> str:
    """On the booking's card: that there is a report, and where it stands."""
    return t(STANDING[report.status])


STANDING: Mapping[ReportStatus, str] = {
    ReportStatus.ASKED: msgid("✋ The client sees it otherwise; the counselor is asked."),
    ReportStatus.DISPUTED: msgid("⚖️ The admin of the practice decides."),
    ReportStatus.AGREED: msgid("🤝 The two sides agree on this."),
    ReportStatus.DECIDED: msgid("⚖️ The admin of the practice has decided this."),
}


def _said_by_client(t: Texts, state: ReportState) -> str:
    name = shown(state.other)
    if state.report.claim is Outcome.COUNSELOR_ABSENT:
        return t("✋ {name} says that you did not come", name=name)
    return t("✋ {name} says that the session took place", name=name)


def _said_by_me(t: Texts, state: ReportState) -> str:
    if state.report.claim is Outcome.COUNSELOR_ABSENT:
        return t("✋ You say that {name} did not come", name=shown(state.other))
    return t("✋ You say that the session took place")


def _standing(t: Texts, state: ReportState) -> Markup | str:
    report = state.report
    if report.status is not ReportStatus.ASKED:
        decision = t(CLAIMS[report.decision]) if report.decision else None
        outcome = t("Outcome: {outcome}.", outcome=decision) if decision else None
        return lines(_answered(t, state), t(STANDING[report.status]), outcome)
    until = t.moment(report.created_at + ANSWER_WITHIN)
    if state.side is Side.CLIENT:
        name = shown(state.other)
        return t(
            "{name} is asked and may answer until {time}; then the admin decides.", name=name, time=until
        )
    return t("What happened? Please answer by {time}; after that the admin decides without you.", time=until)


def _answered(t: Texts, state: ReportState) -> Markup | str | None:
    report = state.report
    if report.answer is None:
        return t("The counselor has not answered.") if report.status is ReportStatus.DISPUTED else None
    mine = state.side is Side.COUNSELOR
    outcome = t(CLAIMS[report.answer])
    said = t("You say: {outcome}.", outcome=outcome) if mine else _other_says(t, state, outcome)
    return lines(said, quoted(report.answer_words) if mine else None)


def _other_says(t: Texts, state: ReportState, outcome: str) -> str:
    return t("{name} says: {outcome}.", name=shown(state.other), outcome=outcome)


def _answers(t: Texts, state: ReportState) -> tuple[Tap, ...]:
    report = state.report
    if state.side is Side.CLIENT or not report.open:
        return ()
    return tuple(_answer(t, report, each) for each in ANSWERS[report.claim] if each is not report.answer)


def _answer(t: Texts, report: Report, outcome: Outcome) -> Tap:
    """Who agrees is through at once; who does not is asked for words to it."""
    if outcome is report.claim:
        agreed = SendReportAnswer(report.booking_id, report.version, outcome)
        return Tap(t(CHOICES[outcome]), agreed, Style.SUCCESS)
    return Tap(t(CHOICES[outcome]), AskReportAnswer(report.booking_id, report.version, outcome))


def session_facts(t: Texts, booking: Booking, session_type: str, other: str) -> Markup:
    """When it was, what it was, and with whom."""
    return lines(when(t, booking.starts_at, booking.ends_at), what(t, session_type, booking.minutes, other))
