"""Step 3 of booking: the month as a grid, the days of a week, and shortcuts."""

from calendar import Calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.callback_codec import Callback
from bot.callbacks import Noop, PickDate, Quick, QuickChoice, ShowMonth, ZoneMenu
from bot.screens.booking_header import Chosen, header
from bot.screens.navigation import wizard_end
from bot.screens.screen import Row, Screen, Style, Tap, in_columns, rows
from bot.screens.wording import ROOM, bold, fitted, lines, paragraphs
from core.kit.i18n import Texts, msgid

EMPTY_CELL = "\u2800"
"""A blank that Telegram takes for a label: it is not white space to it."""
TAKEN = "·"
ONE_DAY = timedelta(days=1)

CHOICES = {
    QuickChoice.EARLIEST: msgid("⚡ Earliest"),
    QuickChoice.TODAY: msgid("Today"),
    QuickChoice.TOMORROW: msgid("Tomorrow"),
    QuickChoice.THIS_WEEK: msgid("This week"),
    QuickChoice.NEXT_WEEK: msgid("Next week"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthState:
    """A month with its free days, all in the client's zone.

    `month` is any day of it; `first` and `last` are the first and last dates that may be booked, which
    bound the leafing; `next_free` is the first free day of all after an empty month, None if there is none;
    `quick` are the shortcuts that lead somewhere; `wait` leads to the waitlist where nothing is free.
    """

    draft: int
    chosen: Chosen
    month: date
    free: frozenset[date]
    first: date
    last: date
    next_free: date | None = None
    quick: tuple[QuickChoice, ...] = tuple(QuickChoice)
    back: Callback | None = None
    wait: Callback | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekState:
    """The free days of some week with the number of their free times; the rest as for a month."""

    draft: int
    chosen: Chosen
    free: Mapping[date, int]
    next_free: date | None = None
    wait: Callback | None = None


def month(t: Texts, state: MonthState) -> Screen:
    """The month grid: free days are buttons with their number."""
    nothing = None if state.free else _nothing_free(t, t("No free times this month."), state.next_free)
    return Screen(
        text=paragraphs(
            header(t, state.chosen),
            nothing or t("Which day suits you?"),
            _hint(t),
            bold(f"🗓 {_name(t, state.month)}"),
        ),
        rows=rows(
            *_jump(t, state.draft, None if state.free else state.next_free),
            tell_me(t, None if state.free else state.wait),
            tuple(Tap(t.weekday_short(day)[:2], Noop()) for day in _weekdays(t)),
            *_weeks(t, state),
            _leaf(t, state),
            *in_columns((Tap(t(CHOICES[each]), Quick(state.draft, each)) for each in state.quick), 3),
            _zone_button(t, state.draft),
            wizard_end(t, state.draft, state.back),
        ),
    )


def week(t: Texts, state: WeekState) -> Screen:
    """The free days of a week, one button each."""
    buttons = (
        Tap(
            t.n("{day} · {n} time", "{day} · {n} times", count, day=t.day(day)),
            PickDate(state.draft, day),
        )
        for day, count in sorted(state.free.items())
    )
    nothing = None if state.free else _nothing_free(t, t("No free times that week."), state.next_free)
    return Screen(
        text=paragraphs(header(t, state.chosen), nothing or t("Which day suits you?"), _hint(t)),
        rows=rows(
            *buttons,
            *_jump(t, state.draft, None if state.free else state.next_free),
            tell_me(t, None if state.free else state.wait),
            wizard_end(t, state.draft, ShowMonth(state.draft)),
        ),
    )


def no_free_days(
    t: Texts, draft: int, chosen: Chosen, previous: Callback | None, wait: Callback | None = None
) -> Screen:
    """Nothing is free in the whole booking window."""
    return Screen(
        text=paragraphs(header(t, chosen), t("There is no free time at the moment. Please try again later.")),
        rows=rows(tell_me(t, wait), wizard_end(t, draft, previous)),
    )


def tell_me(t: Texts, wait: Callback | None) -> Tap | None:
    """The way to the waitlist, where there is one."""
    return Tap(t("🔔 Tell me when something is free"), wait) if wait else None


def jump_label(t: Texts, day: date) -> str:
    """The words of a button to the next free day."""
    return fitted(t("Next free day: {day}", day=t.day(day)), ROOM[1])


def _nothing_free(t: Texts, words: str, next_free: date | None) -> str:
    if next_free is None:
        return words
    return f"{words} " + t("The next free day is {day}.", day=t.long_day(next_free))


def _jump(t: Texts, draft: int, day: date | None) -> tuple[Tap, ...]:
    return (Tap(jump_label(t, day), PickDate(draft, day), Style.PRIMARY),) if day else ()


def _hint(t: Texts) -> str:
    return lines(
        t("All times are in {zone}.", zone=t.zone_short()),
        t("You may also write a day, such as “tomorrow 3pm” or “24.12.”"),
    )


def _zone_button(t: Texts, draft: int) -> Tap:
    return Tap(t("🌐 Change time zone"), ZoneMenu(draft))


def _leaf(t: Texts, state: MonthState) -> Row:
    start = state.month.replace(day=1)
    before, after = start - ONE_DAY, (start + 31 * ONE_DAY).replace(day=1)
    left = Tap(f"‹ {_name(t, before)}", ShowMonth(state.draft, before.replace(day=1)))
    right = Tap(f"{_name(t, after)} ›", ShowMonth(state.draft, after))
    return (*([left] if before >= state.first else []), *([right] if after <= state.last else []))


def _name(t: Texts, month: date) -> str:
    return t.month(month.year, month.month)


def _weekdays(t: Texts) -> tuple[int, ...]:
    return tuple((t.first_weekday + each) % 7 for each in range(7))


def _weeks(t: Texts, state: MonthState) -> list[Row]:
    weeks = Calendar(t.first_weekday).monthdatescalendar(state.month.year, state.month.month)
    return [tuple(_cell(state, day) for day in each) for each in weeks]


def _cell(state: MonthState, day: date) -> Tap:
    if day.month != state.month.month:
        return _blank()
    if day not in state.free:
        return Tap(TAKEN, Noop())
    return Tap(str(day.day), PickDate(state.draft, day), Style.PRIMARY)


def _blank() -> Tap:
    return Tap(EMPTY_CELL, Noop())
