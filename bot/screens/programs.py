"""Programs: enrolling, and scheduling the sessions later."""

from dataclasses import dataclass

from bot.callback_codec import Callback
from bot.callbacks import BookProgram, Enroll, Home, ShowMonth, StopNudges
from bot.screens.navigation import back, home
from bot.screens.screen import Screen, Style, Tap, rows
from bot.screens.wording import bold, lines, paragraphs, shown
from core.kit.i18n import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramState:
    """A program, and the draft of the wizard it was met in, if any."""

    program_id: int
    title: str
    draft: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressState:
    """How many sessions of a program a client may still book."""

    program_id: int
    title: str
    remaining: int


def not_enrolled(t: Texts, state: ProgramState) -> Screen:
    """Only enrolled clients book the program's sessions."""
    enroll = Tap(t("🎓 Enroll now"), Enroll(state.program_id, state.draft), Style.PRIMARY)
    return Screen(
        text=paragraphs(bold(shown(state.title)), t("You must be enrolled to book.")),
        rows=rows(enroll, back(t, _previous(state))),
    )


def ask_code(t: Texts, state: ProgramState) -> Screen:
    """Wait for the enrollment code."""
    return Screen(
        text=paragraphs(
            bold(shown(state.title)),
            t("Please write your enrollment code. You have it from your practice."),
        ),
        rows=rows(back(t, _previous(state))),
    )


def enrolled(t: Texts, state: ProgressState) -> Screen:
    """Welcome to the program; the sessions may be booked now or later."""
    return Screen(
        text=paragraphs(
            t.html("🎓 Welcome to <b>{program}</b>!", program=shown(state.title)), _left(t, state)
        ),
        rows=rows(_book(t, state), home(t)),
    )


def scheduled_later(t: Texts, state: ProgressState) -> Screen:
    """Nothing is booked; a reminder will come."""
    return Screen(
        text=paragraphs(
            t.html("🗓 <b>{program}</b>: nothing is booked for now.", program=shown(state.title)),
            lines(_left(t, state), t("I will remind you in a few days.")),
        ),
        rows=rows(_book(t, state), _stop(t, state), home(t)),
    )


def later_reminder(t: Texts, state: ProgressState) -> Screen:
    """The friendly word some days later."""
    return Screen(
        text=paragraphs(
            t.html("🗓 Time for your next session of <b>{program}</b>?", program=shown(state.title)),
            _left(t, state),
        ),
        rows=rows(_book(t, state), _stop(t, state)),
    )


def nudges_stopped(t: Texts, state: ProgressState) -> Screen:
    """No more reminders; booking stays open."""
    return Screen(
        text=paragraphs(
            t.html("🔕 No more reminders about <b>{program}</b>.", program=shown(state.title)),
            _left(t, state),
        ),
        rows=rows(_book(t, state), home(t)),
    )


def _left(t: Texts, state: ProgressState) -> str:
    return t.n("{n} session is left to book.", "{n} sessions are left to book.", state.remaining)


def _book(t: Texts, state: ProgressState) -> Tap | None:
    if state.remaining <= 0:
        return None
    return Tap(t("📅 Book a session"), BookProgram(state.program_id), Style.PRIMARY)


def _stop(t: Texts, state: ProgressState) -> Tap:
    return Tap(t("🔕 No more reminders"), StopNudges(state.program_id))


def _previous(state: ProgramState) -> Callback:
    return Home() if state.draft is None else ShowMonth(state.draft)
