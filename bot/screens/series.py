"""Repeating a session: how often, each date with what stands in its way, and the booked series."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from bot.callbacks import (
    Book,
    Bookings,
    BookSeries,
    RepeatMenu,
    RepeatTimes,
    RepeatUntil,
    ShowConfirm,
    ShowSeries,
    SkipDate,
    TakeInstead,
)
from bot.screens.booking_details import Held, hold_line
from bot.screens.booking_header import header
from bot.screens.navigation import home, wizard_end
from bot.screens.screen import Row, Screen, Style, Tap, in_columns, rows
from bot.screens.session import place, what, when
from bot.screens.wording import bold, lines, paragraphs, shown
from core.domain.booking import Booking, Status
from core.domain.counselor import Confirmation
from core.domain.money import Money
from core.domain.refusal import Reason
from core.domain.series import LEAST, NO_SUCH_TIME, USED_UP, PlannedDate
from core.kit.i18n import Texts, msgid

TIMES = (2, 4, 6, 8, 10, 12, 16, 20, 26)
WHY: Mapping[str, str] = {
    NO_SUCH_TIME: msgid("clocks change then, and skip this time"),
    USED_UP: msgid("all sessions of this program are booked"),
    Reason.PAST: msgid("it is too soon"),
    Reason.NOTICE: msgid("it is too soon"),
    Reason.BEYOND_WINDOW: msgid("it is too far ahead"),
    Reason.BOOKING: msgid("it is taken"),
    Reason.HOLD: msgid("it is taken"),
    Reason.BUFFER: msgid("it is too close to another session"),
    Reason.EXTERNAL: msgid("it is taken"),
    Reason.CLIENT_BUSY: msgid("you have another session"),
    Reason.DAILY_LIMIT: msgid("the day is full"),
}
NOT_OFFERED = msgid("it is not offered")


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatState:
    """A held session about to be repeated, at most so often; `dates` are the following ones, in order."""

    held: Held
    fortnightly: bool
    most: int
    dates: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanState:
    """The dates of a series that begins with a held session at a price each."""

    held: Held
    fortnightly: bool
    dates: tuple[PlannedDate, ...]
    price: Money
    confirmation: Confirmation


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesDoneState:
    """The bookings just made, in order of time, with their names."""

    bookings: tuple[Booking, ...]
    counselor: str
    session_type: str


def repeat_menu(t: Texts, state: RepeatState) -> Screen:
    """How often, and how many times."""
    draft, chosen = state.held.draft, state.fortnightly
    enough = state.most >= LEAST
    return Screen(
        text=paragraphs(
            _head(t, state.held),
            t("Every session is at the same time on the counselor's clock, also when clocks change."),
            t("How many sessions in all?") if enough else t("No further session can be booked so far ahead."),
        ),
        rows=rows(
            (
                Tap(t("Every week"), RepeatMenu(draft), None if chosen else Style.PRIMARY),
                Tap(
                    t("Every two weeks"),
                    RepeatMenu(draft, fortnightly=True),
                    Style.PRIMARY if chosen else None,
                ),
            ),
            *_times(state),
            Tap(t("📅 Until a date"), RepeatUntil(draft, chosen)) if enough else None,
            wizard_end(t, draft, ShowConfirm(draft)),
        ),
    )


def repeat_until(t: Texts, state: RepeatState) -> Screen:
    """The dates that may be the last one."""
    draft = state.held.draft
    buttons = (
        Tap(t.day(each), RepeatTimes(draft, number, state.fortnightly))
        for number, each in enumerate(state.dates, start=LEAST)
    )
    return Screen(
        text=paragraphs(
            _head(t, state.held),
            t("Which is the last date? Tap it, or write a date."),
        ),
        rows=rows(
            *in_columns(buttons, 2), wizard_end(t, draft, RepeatMenu(draft, fortnightly=state.fortnightly))
        ),
    )


def plan(t: Texts, state: PlanState) -> Screen:
    """Each date with a tick or with what stands in its way; the first of those is to be decided."""
    draft, clash = state.held.draft, next((each for each in state.dates if each.code), None)
    sessions = [each for each in state.dates if each.start is not None]
    ready = clash is None and len(sessions) >= LEAST
    return Screen(
        text=paragraphs(
            _head(t, state.held),
            bold(t("🔁 Every two weeks") if state.fortnightly else t("🔁 Every week")),
            lines(*(_date(t, state, each) for each in state.dates)),
            t("Times are in {zone}.", zone=t.zone_short()),
            _question(t, clash) if clash else _summary(t, state, len(sessions)),
            hold_line(t, state.held),
        ),
        rows=rows(
            *(_choices(t, draft, clash) if clash else ()),
            _book(t, state, len(sessions)) if ready else None,
            wizard_end(t, draft, RepeatMenu(draft, fortnightly=state.fortnightly)),
        ),
    )


def series_done(t: Texts, state: SeriesDoneState) -> Screen:
    """All sessions are booked, or asked for."""
    first = state.bookings[0]
    return Screen(
        text=paragraphs(
            *_news(t, state),
            lines(
                what(t, state.session_type, first.minutes, state.counselor),
                place(t, first.location, first.address),
                prices(t, first.price, len(state.bookings)),
            ),
            listed(t, state.bookings),
            t("Times are in {zone}.", zone=t.zone_short()),
            t("Each session can be moved or cancelled by itself, or together with those after it."),
        ),
        rows=rows(
            Tap(t("🔁 The whole series"), ShowSeries(first.series_id or 0)),
            Tap(t("📅 Book another"), Book()),
            (Tap(t("🗂 My bookings"), Bookings()), home(t)),
        ),
    )


def listed(t: Texts, bookings: tuple[Booking, ...]) -> Markup:
    """When the sessions are, one a line."""
    return lines(
        *(
            f"{number}. {t.day(each.starts_at)}, {t.times(each.starts_at, each.ends_at)}"
            for number, each in enumerate(bookings, start=1)
        )
    )


def prices(t: Texts, price: Money, sessions: int) -> str:
    """What each costs, and all of them."""
    if price.is_free:
        return t("Free of charge")
    return t(
        "{n} sessions of {amount}: {total}, pay the counselor",
        n=sessions,
        amount=t.money(price.minor, price.currency),
        total=t.money(price.minor * sessions, price.currency),
    )


def _head(t: Texts, held: Held) -> Markup:
    return lines(header(t, held.chosen), when(t, held.starts_at, held.ends_at))


def _times(state: RepeatState) -> tuple[Row, ...]:
    numbers = sorted({each for each in TIMES if each <= state.most} | ({state.most} - {0, 1}))
    draft = state.held.draft
    return in_columns((Tap(str(each), RepeatTimes(draft, each, state.fortnightly)) for each in numbers), 5)


def _date(t: Texts, state: PlanState, each: PlannedDate) -> str:
    number = each.number + 1
    if each.skipped:
        return f"{number}. ➖ {t.day(each.wall.date())}: {t('left out')}"
    if each.start is None:
        return f"{number}. ⚠️ {t.day(each.wall.date())}: {_why(t, each)}"
    end = each.start + (state.held.ends_at - state.held.starts_at)
    words = f"{t.day(each.start)}, {t.times(each.start, end)}"
    return f"{number}. ⚠️ {words}: {_why(t, each)}" if each.code else f"{number}. ✅ {words}"


def _why(t: Texts, each: PlannedDate) -> str:
    return t(WHY.get(each.code or "", NOT_OFFERED))


def _question(t: Texts, clash: PlannedDate) -> Markup:
    number = clash.number + 1
    if clash.instead:
        return bold(t("Session {n} cannot be then. Which time instead?", n=number))
    return bold(t("Session {n} cannot be then, and nothing else is free that week.", n=number))


def _choices(t: Texts, draft: int, clash: PlannedDate) -> tuple[Row, ...]:
    instead = (
        Tap(f"{t.day(each)}, {t.time(each)}", TakeInstead(draft, clash.number, each))
        for each in clash.instead
    )
    return rows(*instead, Tap(t("➖ Leave this date out"), SkipDate(draft, clash.number)))


def _summary(t: Texts, state: PlanState, sessions: int) -> Markup:
    if sessions < LEAST:
        return lines(t("A series needs two sessions at least. Choose again, or book the one."))
    asked = state.confirmation is Confirmation.REQUEST
    name = shown(state.held.chosen.counselor)
    return lines(
        prices(t, state.price, sessions),
        t("{name} will answer for all of them at once.", name=name) if asked else None,
        t("All of them are booked together, or none."),
    )


def _book(t: Texts, state: PlanState, sessions: int) -> Tap:
    if state.confirmation is Confirmation.REQUEST:
        words = t.n("📨 Request {n} session", "📨 Request all {n} sessions", sessions)
    else:
        words = t.n("✅ Book {n} session", "✅ Book all {n} sessions", sessions)
    return Tap(words, BookSeries(state.held.draft), Style.SUCCESS)


def _news(t: Texts, state: SeriesDoneState) -> tuple[Markup, str]:
    first, n = state.bookings[0], len(state.bookings)
    if first.status is not Status.PENDING or first.expires_at is None:
        return bold(t.n("✅ {n} session booked!", "✅ All {n} sessions booked!", n)), t("See you then.")
    name, deadline = shown(state.counselor), t.moment(first.expires_at)
    answer = t("{name} answers by {deadline} at the latest.", name=name, deadline=deadline)
    return bold(t.n("📨 {n} session requested", "📨 All {n} sessions requested", n)), answer
