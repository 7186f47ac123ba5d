"""The menu, by what a person is."""

from dataclasses import dataclass

from bot.callbacks import (
    AdminMenu,
    AskExplain,
    Book,
    BookForMenu,
    Bookings,
    BookProgram,
    ExplainMenu,
    Invites,
    Requests,
    Settings,
    ShowClients,
    ShowDay,
    ShowDaysOff,
    ShowStatistics,
    ShowWeek,
    Waits,
)
from bot.screens.bookings import Entry
from bot.screens.programs import ProgressState
from bot.screens.screen import Row, Screen, Style, Tap, rows
from bot.screens.status import badge
from bot.screens.wording import ROOM, bold, dotted, fitted, lines, paragraphs, shown
from core.kit.i18n import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeState:
    """Who looks at the menu of which practice.

    `next_session` is the next of `upcoming` bookings; `counselor_id` is set for counselors, with the number
    of `requests` that wait for them; `programs` still have sessions to book; `waits` are on the waitlist.
    """

    practice: str
    name: str
    upcoming: int = 0
    next_session: Entry | None = None
    programs: tuple[ProgressState, ...] = ()
    counselor_id: int | None = None
    requests: int = 0
    waits: int = 0
    admin: bool = False


def menu(t: Texts, state: HomeState) -> Screen:
    """The practice's name, the next session, and where one may go."""
    return Screen(
        text=paragraphs(
            bold(shown(state.practice)),
            t("Hello {name}, what would you like to do?", name=shown(state.name)),
            _next(t, state.next_session),
        ),
        rows=rows(
            Tap(t("📅 Book a session"), Book(), Style.PRIMARY),
            *(_program(t, each) for each in state.programs),
            Tap(t("🗂 My bookings ({n})", n=state.upcoming), Bookings()),
            Tap(t("🔔 My waitlist ({n})", n=state.waits), Waits()) if state.waits else None,
            *_counselor(t, state),
            _explain(t, state),
            Tap(t("🛠 Run the practice"), AdminMenu()) if state.admin else None,
            Tap(t("🔑 Invite counselors"), Invites()) if state.admin else None,
            Tap(t("⚙️ Settings"), Settings()),
        ),
    )


def _next(t: Texts, entry: Entry | None) -> str | None:
    if entry is None:
        return None
    return lines(
        t("Your next session:"),
        bold(f"🗓 {t.span(entry.starts_at, entry.ends_at)}"),
        dotted(shown(entry.session_type), shown(entry.other), badge(t, entry.status)),
    )


def _program(t: Texts, state: ProgressState) -> Tap:
    label = t("🎓 {program} ({n} left)", program=shown(state.title), n=state.remaining)
    return Tap(fitted(label, ROOM[1]), BookProgram(state.program_id))


def _counselor(t: Texts, state: HomeState) -> tuple[Row, ...]:
    """What a counselor has beside a client's menu."""
    if state.counselor_id is None:
        return ()
    return (
        (Tap(t("📨 Requests ({n})", n=state.requests), Requests()),),
        (Tap(t("🗓 Today"), ShowDay()), Tap(t("📋 Week"), ShowWeek())),
        (Tap(t("👥 Clients"), ShowClients()), Tap(t("📊 Statistics"), ShowStatistics())),
        (Tap(t("➕ Book for a client"), BookForMenu()),),
        (Tap(t("🏝 Out of office"), ShowDaysOff()),),
    )


def _explain(t: Texts, state: HomeState) -> Tap | None:
    """Counselors ask about their own times, the admin picks whose."""
    label = t("❓ Why is a time not offered?")
    if state.counselor_id is not None:
        return Tap(label, AskExplain(state.counselor_id))
    return Tap(label, ExplainMenu()) if state.admin else None
