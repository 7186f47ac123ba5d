"""Choosing days off on a month grid: the first one, then the last."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date, timedelta

from bot.callbacks import AddDaysOff, Callback, Noop, ReviewDaysOff, ShowDaysOff
from bot.screens.booking_date import EMPTY_CELL, TAKEN
from bot.screens.navigation import back, home
from bot.screens.screen import Row, Screen, Style, Tap, rows
from bot.screens.wording import bold, paragraphs
from core.domain.availability import OutOfOffice
from core.kit.i18n import Texts

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class GridState:
    """The month of a date on the counselor's wall; `first` is the first day off once it is chosen."""

    month: date
    today: date
    absences: tuple[OutOfOffice, ...] = ()
    first: date | None = None
    misread: bool = False


def choose(t: Texts, state: GridState) -> Screen:
    """A month of which the first and then the last day off is tapped; both may be typed instead."""
    question = (
        t("Which is the first day off?")
        if state.first is None
        else t("From {day}. Which is the last day off?", day=t.long_day(state.first))
    )
    return Screen(
        text=paragraphs(
            bold(t("🏝 Out of office")),
            t("I did not understand these dates.") if state.misread else None,
            question,
            t("You may also write them, such as “24.12. – 6.1.” or “tomorrow”."),
            bold(f"🗓 {t.month(state.month.year, state.month.month)}"),
        ),
        rows=rows(
            tuple(Tap(t.weekday_short(each)[:2], Noop()) for each in _weekdays(t)),
            *_grid(t, state),
            _leaf(t, state),
            (back(t, ShowDaysOff() if state.first is None else AddDaysOff(state.month)), home(t)),
        ),
    )


def _weekdays(t: Texts) -> tuple[int, ...]:
    return tuple((t.first_weekday + each) % 7 for each in range(7))


def _grid(t: Texts, state: GridState) -> list[Row]:
    weeks = Calendar(t.first_weekday).monthdatescalendar(state.month.year, state.month.month)
    return [tuple(_cell(state, day) for day in each) for each in weeks]


def _cell(state: GridState, day: date) -> Tap:
    if day.month != state.month.month:
        return Tap(EMPTY_CELL, Noop())
    if day < state.today:
        return Tap(TAKEN, Noop())
    return Tap(str(day.day), _chosen(state, day), _style(state, day))


def _chosen(state: GridState, day: date) -> Callback:
    """A day before the first one begins anew."""
    if state.first is None or day < state.first:
        return AddDaysOff(day, day)
    return ReviewDaysOff(state.first, day)


def _style(state: GridState, day: date) -> Style | None:
    if day == state.first:
        return Style.PRIMARY
    return Style.DANGER if any(each.first <= day <= each.last for each in state.absences) else None


def _leaf(t: Texts, state: GridState) -> Row:
    start = state.month.replace(day=1)
    before, after = start - ONE_DAY, (start + 31 * ONE_DAY).replace(day=1)
    left = Tap(f"‹ {t.month(before.year, before.month)}", AddDaysOff(before.replace(day=1), state.first))
    right = Tap(f"{t.month(after.year, after.month)} ›", AddDaysOff(after, state.first))
    return (left, right) if before >= state.today.replace(day=1) else (right,)
