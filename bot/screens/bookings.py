"""My bookings: the lists of what is to come and what is over."""

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from bot.callbacks import Book, Bookings, ShowBooking, Tab
from bot.screens.navigation import home, pager
from bot.screens.screen import Screen, Style, Tap, in_columns, rows
from bot.screens.status import badge
from bot.screens.wording import bold, dotted, lines, paragraphs, shown
from core.domain.booking import Status
from core.kit.i18n import Texts, msgid

PAGE_SIZE = 10

EMPTY = {
    Tab.UPCOMING: msgid("Nothing is booked yet. Shall we find a time?"),
    Tab.PAST: msgid("No past sessions yet."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One booking of a list; `other` is the person on the other side."""

    booking_id: int
    session_type: str
    status: Status
    other: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingsState:
    """A page of a list, counted from 0, and how many bookings both lists have."""

    tab: Tab
    page: int
    upcoming: int
    past: int
    entries: tuple[Entry, ...]


def bookings(t: Texts, state: BookingsState) -> Screen:
    """The list: every entry has a number, and every number a button."""
    empty = not state.entries
    numbered = list(enumerate(state.entries, start=state.page * PAGE_SIZE + 1))
    buttons = (Tap(str(n), ShowBooking(each.booking_id, state.tab, state.page)) for n, each in numbered)
    total = state.upcoming if state.tab is Tab.UPCOMING else state.past
    return Screen(
        text=paragraphs(
            bold(t("My bookings")),
            t(EMPTY[state.tab]) if empty else None,
            *(entry(t, n, each) for n, each in numbered),
            None if empty else t("Times are in {zone}. Tap a number for details.", zone=t.zone_short()),
        ),
        rows=rows(
            *in_columns(buttons, 5),
            pager(t, state.page, -(-total // PAGE_SIZE), lambda page: Bookings(state.tab, page)),
            _tabs(t, state),
            Tap(t("📅 Book a session"), Book(), Style.PRIMARY) if empty else None,
            home(t),
        ),
    )


def entry(t: Texts, n: int, each: Entry) -> Markup:
    """A booking in two lines: what and how it stands, with whom and when."""
    return lines(
        Markup("{}. ").format(n) + dotted(bold(shown(each.session_type)), badge(t, each.status)),
        dotted(shown(each.other), f"{t.day(each.starts_at)}, {t.times(each.starts_at, each.ends_at)}"),
    )


def _tabs(t: Texts, state: BookingsState) -> tuple[Tap, Tap]:
    labels = {
        Tab.UPCOMING: t("Upcoming ({n})", n=state.upcoming),
        Tab.PAST: t("Past ({n})", n=state.past),
    }
    upcoming, past = (
        Tap(label, Bookings(tab), Style.PRIMARY if tab is state.tab else None)
        for tab, label in labels.items()
    )
    return upcoming, past
