"""A counselor's week: day by day as a list, and what goes with its picture."""

from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from bot.callbacks import ShowDay, ShowDaysOff, ShowWeek, ShowWeekPicture
from bot.screens.navigation import home
from bot.screens.schedule import DayState
from bot.screens.screen import Row, Screen, Style, Tap, rows
from bot.screens.session_list import client_name, count, free, more_of
from bot.screens.status import BADGES
from bot.screens.week_picture import WEEK, week_title
from bot.screens.wording import bold, dotted, lines, paragraphs
from core.kit.i18n import Texts

MOST_OF_DAY = 6
"""How many sessions of a day the list names; the rest is counted."""
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekState:
    """Seven dates; of each what a day has."""

    days: tuple[DayState, ...]

    @property
    def first(self) -> date:
        """The date that the week begins with."""
        return self.days[0].day


def week(t: Texts, state: WeekState) -> Screen:
    """The week day by day: the sessions of each and the time that is left."""
    return Screen(
        text=paragraphs(
            lines(bold(week_title(t, state.first)), summary(t, state)),
            *(_day_of_week(t, each) for each in state.days),
            t("Times are in {zone}.", zone=t.zone_short()),
        ),
        rows=rows(
            day_row(t, state),
            (
                Tap("‹", ShowWeek(state.first - ONE_DAY)),
                Tap(t("This week"), ShowWeek()),
                Tap("›", ShowWeek(state.first + WEEK * ONE_DAY)),
            ),
            (Tap(t("🗓 Today"), ShowDay()), Tap(t("🖼 Week picture"), ShowWeekPicture(state.first))),
            Tap(t("🏝 Out of office"), ShowDaysOff()),
            home(t),
        ),
    )


def picture(t: Texts, state: WeekState, *, dark: bool) -> Screen:
    """The caption and the buttons of the week as a picture."""
    earlier, later = state.first - ONE_DAY, state.first + WEEK * ONE_DAY
    return Screen(
        text=lines(bold(week_title(t, state.first)), summary(t, state)),
        rows=rows(
            day_row(t, state),
            (
                Tap("‹", ShowWeekPicture(earlier, dark)),
                Tap(t("This week"), ShowWeekPicture(None, dark)),
                Tap("›", ShowWeekPicture(later, dark)),
            ),
            (
                Tap(t("📋 List"), ShowWeek(state.first)),
                Tap(t("☀️ Light") if dark else t("🌙 Dark"), ShowWeekPicture(state.first, not dark)),
            ),
            home(t),
        ),
    )


def summary(t: Texts, state: WeekState) -> str:
    """How many sessions the week has, and how much time is left in it."""
    return dotted(
        count(t, sum(len(each.sessions) for each in state.days)),
        free(t, sum(each.free_minutes for each in state.days)),
    )


def day_row(t: Texts, state: WeekState) -> Row:
    """A button for each day; those with sessions stand out."""
    return tuple(
        Tap(
            t.weekday_short(each.day.weekday())[:2],
            ShowDay(each.day),
            Style.PRIMARY if each.sessions else None,
        )
        for each in state.days
    )


def _day_of_week(t: Texts, state: DayState) -> Markup:
    shown_here = state.sessions[:MOST_OF_DAY]
    return lines(
        dotted(bold(t.day(state.day)), _state_of(t, state)),
        *(f"{BADGES[each.status][0]} {t.time(each.starts_at)} {client_name(each)}" for each in shown_here),
        more_of(t, len(state.sessions) - len(shown_here)),
    )


def _state_of(t: Texts, state: DayState) -> str:
    if state.away:
        away = t("🏝 out of office")
        return dotted(away, count(t, len(state.sessions))) if state.sessions else away
    number = count(t, len(state.sessions)) if state.sessions else None
    if not state.open:
        return dotted(number, None if number else t("closed"))
    return dotted(number, free(t, state.free_minutes) if state.day >= state.today else None) or t(
        "no sessions"
    )
