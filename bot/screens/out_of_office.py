"""A counselor's days off: the list, and what they would mean or mean already for the sessions in them."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from bot.callbacks import (
    AddDaysOff,
    ProposeNewTimes,
    RemoveDaysOff,
    ReviewDaysOff,
    SaveDaysOff,
    ShowBookingInDaysOff,
    ShowDaysOff,
)
from bot.screens.navigation import back, home, pager
from bot.screens.screen import Row, Screen, Style, Tap, in_columns, rows
from bot.screens.session_list import Session, more_of, session_line
from bot.screens.wording import bold, lines, paragraphs
from core.domain.availability import OutOfOffice
from core.kit.i18n import Texts

PAGE_SIZE = 8
MOST_CLASHES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysOffState:
    """The days off that are not over yet, in order, opened at a page."""

    absences: tuple[OutOfOffice, ...]
    page: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceState:
    """Days off with the sessions that fall into them; `saved` says that they stand."""

    days: OutOfOffice
    clashes: tuple[Session, ...]
    saved: bool = False


def days_off(t: Texts, state: DaysOffState) -> Screen:
    """The list; each range has a button to look at it and one to take it back."""
    pages = max(1, -(-len(state.absences) // PAGE_SIZE))
    page = min(state.page, pages - 1)
    numbered = list(enumerate(state.absences, start=1))[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    return Screen(
        text=paragraphs(
            bold(t("🏝 Out of office")),
            lines(*(f"{n}. {span_words(t, each)}" for n, each in numbered))
            if numbered
            else t("No days off are planned."),
            t("On these days nothing can be booked."),
        ),
        rows=rows(
            *((_look(n, each), _remove(t, n, each)) for n, each in numbered),
            pager(t, page, pages, ShowDaysOff),
            Tap(t("➕ Add days off"), AddDaysOff(), Style.PRIMARY),
            home(t),
        ),
    )


def absence(t: Texts, state: AbsenceState) -> Screen:
    """What the days off mean: before they are taken, and once they stand."""
    named = list(enumerate(state.clashes[:MOST_CLASHES], start=1))
    return Screen(
        text=paragraphs(
            bold(t("✅ You are out of office") if state.saved else t("🏝 Out of office")),
            span_words(t, state.days),
            _what_clashes(t, state),
            *(_clash(t, n, each) for n, each in named),
            more_of(t, len(state.clashes) - len(named)),
            _advice(t, state),
        ),
        rows=rows(
            *_ways_on(t, state),
            *in_columns((_open(n, each, state.days) for n, each in named), 5),
            *_ways_back(t, state),
        ),
    )


def _open(n: int, session: Session, days: OutOfOffice) -> Tap:
    return Tap(str(n), ShowBookingInDaysOff(session.booking_id, days.first, days.last))


def span_words(t: Texts, days: OutOfOffice) -> str:
    """`Thu 24 Dec 2026 – Wed 6 Jan 2027 (14 days)`."""
    number = (days.last - days.first).days + 1
    last = f"{t.day(days.last)} {days.last.year}"
    if number == 1:
        return last
    return t.n(
        "{first} – {last} ({n} day)",
        "{first} – {last} ({n} days)",
        number,
        first=f"{t.day(days.first)} {days.first.year}",
        last=last,
    )


def _what_clashes(t: Texts, state: AbsenceState) -> str:
    if not state.clashes:
        return t("No session falls into these days.")
    return t.n(
        "⚠️ {n} session falls into these days:",
        "⚠️ {n} sessions fall into these days:",
        len(state.clashes),
    )


def _advice(t: Texts, state: AbsenceState) -> str | None:
    zone = t("Times are in {zone}.", zone=t.zone_short())
    if not state.clashes:
        return None
    if not state.saved:
        return lines(t("They stay as they are until you move or cancel them."), zone)
    return lines(t("They still stand. Shall I propose new times to all of them?"), zone)


def _clash(t: Texts, n: int, each: Session) -> Markup:
    return session_line(t, n, each, f"{t.day(each.starts_at)}, {t.times(each.starts_at, each.ends_at)}")


def _ways_on(t: Texts, state: AbsenceState) -> Iterator[Tap]:
    first, last = state.days.first, state.days.last
    if not state.saved:
        yield Tap(t("✅ Take these days off"), SaveDaysOff(first, last), Style.SUCCESS)
    elif state.clashes:
        yield Tap(t("📅 Propose new times to all"), ProposeNewTimes(first, last), Style.PRIMARY)


def _ways_back(t: Texts, state: AbsenceState) -> Iterator[Row]:
    first, last = state.days.first, state.days.last
    if state.saved:
        yield (Tap(t("✕ Take back"), RemoveDaysOff(first, last)), Tap(t("🏝 All days off"), ShowDaysOff()))
        yield (home(t),)
    else:
        yield (back(t, AddDaysOff(first)), home(t))


def _look(n: int, each: OutOfOffice) -> Tap:
    return Tap(f"🔎 {n}", ReviewDaysOff(each.first, each.last))


def _remove(t: Texts, n: int, each: OutOfOffice) -> Tap:
    return Tap(t("✕ Take back {n}", n=n), RemoveDaysOff(each.first, each.last))
