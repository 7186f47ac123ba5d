"""My bookings, and a counselor's sessions: the lists of what is to come and what is over."""

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from bot.callbacks import Book, Bookings, ShowBooking, Tab
from bot.screens.navigation import home, pager, retry
from bot.screens.screen import Screen, Style, Tap, in_columns, rows
from bot.screens.status import badge, proposed_badge, repeated_badge
from bot.screens.wording import bold, dotted, lines, paragraphs, shown
from core.domain.booking import Status
from core.domain.side import Side
from core.kit.i18n import Texts, msgid

PAGE_SIZE = 10

TITLES = {Side.CLIENT: msgid("My bookings"), Side.COUNSELOR: msgid("My sessions as counselor")}
EMPTY = {
    (Side.CLIENT, Tab.UPCOMING): msgid("Nothing is booked yet. Shall we find a time?"),
    (Side.CLIENT, Tab.PAST): msgid("No past sessions yet."),
    (Side.COUNSELOR, Tab.UPCOMING): msgid("No sessions ahead."),
    (Side.COUNSELOR, Tab.PAST): msgid("No past sessions yet."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One booking of a list; `other` is the person on the other side, `proposed_at` a new start on offer.

    It may stand for so many `sessions` of a series that are answered together, or be one `in_series`.
    """

    booking_id: int
    session_type: str
    status: Status
    other: str
    starts_at: datetime
    ends_at: datetime
    proposed_at: datetime | None = None
    sessions: int = 1
    in_series: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingsState:
    """A page of a list, counted from 0, of somebody on one side, and how many bookings both lists have.

    A `counselor` may look at both sides.
    """

    tab: Tab
    page: int
    upcoming: int
    past: int
    entries: tuple[Entry, ...]
    side: Side = Side.CLIENT
    counselor: bool = False


def bookings(t: Texts, state: BookingsState) -> Screen:
    """The list: every entry has a number, and every number a button."""
    empty = not state.entries
    numbered = list(enumerate(state.entries, start=state.page * PAGE_SIZE + 1))
    buttons = (Tap(str(n), ShowBooking(each.booking_id, state.tab, state.page)) for n, each in numbered)
    total = state.upcoming if state.tab is Tab.UPCOMING else state.past
    return Screen(
        text=paragraphs(
            bold(t(TITLES[state.side])),
            t(EMPTY[state.side, state.tab]) if empty else None,
            *(entry(t, n, each) for n, each in numbered),
            None if empty else t("Times are in {zone}. Tap a number for details.", zone=t.zone_short()),
        ),
        rows=rows(
            *in_columns(buttons, 5),
            pager(t, state.page, -(-total // PAGE_SIZE), lambda page: Bookings(state.tab, page, state.side)),
            _tabs(t, state),
            _sides(t, state) if state.counselor else None,
            Tap(t("📅 Book a session"), Book(), Style.PRIMARY)
            if empty and state.side is Side.CLIENT
            else None,
            home(t),
        ),
    )


def not_loaded(t: Texts, tap: Bookings) -> Screen:
    """The list could not be read; trying again is safe."""
    return Screen(
        text=paragraphs(bold(t(TITLES[tap.side])), t("The list could not be loaded. Please try again.")),
        rows=rows(retry(t, tap), home(t)),
    )


def not_found(t: Texts, typed: str) -> Screen:
    """No booking of the reader's has the reference that they may have typed."""
    words = t(
        "I did not understand that, and I cannot find a booking with the reference {reference}.",
        reference=typed,
    )
    return Screen(
        text=paragraphs(words),
        rows=rows(Tap(t("🗂 My bookings"), Bookings()), home(t)),
    )


def entry(t: Texts, n: int, each: Entry) -> Markup:
    """A booking in two lines: what and how it stands, with whom and when; a third for a new time on offer."""
    return lines(
        Markup("{}. ").format(n)
        + dotted(
            bold(shown(each.session_type)),
            badge(t, each.status),
            repeated_badge(t, each.sessions, in_series=each.in_series),
        ),
        dotted(shown(each.other), f"{t.day(each.starts_at)}, {t.times(each.starts_at, each.ends_at)}"),
        proposed_badge(t, each.proposed_at) if each.proposed_at else None,
    )


def _tabs(t: Texts, state: BookingsState) -> tuple[Tap, Tap]:
    labels = {
        Tab.UPCOMING: t("Upcoming ({n})", n=state.upcoming),
        Tab.PAST: t("Past ({n})", n=state.past),
    }
    upcoming, past = (
        Tap(label, Bookings(tab, side=state.side), Style.PRIMARY if tab is state.tab else None)
        for tab, label in labels.items()
    )
    return upcoming, past


def _sides(t: Texts, state: BookingsState) -> tuple[Tap, ...]:
    labels = {Side.CLIENT: t("As client"), Side.COUNSELOR: t("As counselor")}
    return tuple(
        Tap(label, Bookings(state.tab, side=side), Style.PRIMARY if side is state.side else None)
        for side, label in labels.items()
    )
