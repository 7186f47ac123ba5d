"""Saying what happened to a session that did not go as the other side says: the claim, and words to it."""

from dataclasses import dataclass

from bot.callbacks import AskReport, ReportMenu, SendReport, SendReportAnswer, ShowBooking, ShowReport
from bot.screens.navigation import back
from bot.screens.no_show import ReportState, session_facts
from bot.screens.running import CLAIMS
from bot.screens.screen import Screen, Tap, rows
from bot.screens.wording import bold, paragraphs, shown
from core.domain.booking import Booking
from core.domain.outcome import Outcome
from core.kit.i18n import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class AskState:
    """A session about which somebody is about to say something, with the name of the other side."""

    booking: Booking
    session_type: str
    other: str


def report_menu(t: Texts, state: AskState, claims: tuple[Outcome, ...]) -> Screen:
    """What the client may say."""
    booking = state.booking
    choices = (Tap(t(CLAIMS[each]), AskReport(booking.id, booking.version, each)) for each in claims)
    return Screen(
        text=paragraphs(
            bold(t("✋ What happened?")), session_facts(t, booking, state.session_type, state.other)
        ),
        rows=rows(*choices, back(t, ShowBooking(booking.id))),
    )


def ask_report(t: Texts, state: AskState, claim: Outcome) -> Screen:
    """Wait for the client's words."""
    booking, name = state.booking, shown(state.other)
    return Screen(
        text=paragraphs(
            bold(t(CLAIMS[claim])),
            session_facts(t, booking, state.session_type, state.other),
            t(
                "{name} is asked first. If the two of you disagree, the admin of the practice decides.",
                name=name,
            ),
            t("Please write in a few words what happened; {name} and the admin read it.", name=name),
        ),
        rows=rows(
            Tap(t("Send without words"), SendReport(booking.id, booking.version, claim)),
            back(t, ReportMenu(booking.id, booking.version)),
        ),
    )


def ask_report_answer(t: Texts, state: ReportState, outcome: Outcome) -> Screen:
    """Wait for the counselor's words to an answer that disagrees."""
    booking, version = state.booking, state.report.version
    return Screen(
        text=paragraphs(
            bold(t(CLAIMS[outcome])),
            session_facts(t, booking, state.session_type, state.other),
            t("{name} sees it otherwise, so the admin of the practice decides.", name=shown(state.other)),
            t("Please write in a few words what happened; only the admin reads it."),
        ),
        rows=rows(
            Tap(t("Send without words"), SendReportAnswer(booking.id, version, outcome)),
            back(t, ShowReport(booking.id)),
        ),
    )
