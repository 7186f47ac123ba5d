"""A counselor's week as a list, and the caption and buttons of its picture."""

from dataclasses import replace
from datetime import date

from bot.callbacks import Home, ShowDay, ShowDaysOff, ShowWeek, ShowWeekPicture
from bot.screens.screen import Style, Tap
from bot.screens.week import WeekState, picture, week
from tests.bot.screens.reading import NEW_YORK, buttons, said
from tests.bot.screens.samples.schedule import CROWDED, DAY, QUIET, TODAY, WEEK

SUNDAY = date(2026, 11, 1)


def test_each_day_says_what_is_planned_and_what_is_left() -> None:
    assert said(week(NEW_YORK, WEEK)) == [
        "Sun 1 Nov – Sat 7 Nov 2026",
        "7 sessions · 42 h free",
        "Sun 1 Nov · closed",
        "Mon 2 Nov · 7 h 30 min free",
        "Tue 3 Nov · 4 sessions · 4 h 30 min free",
        "🏁 10:00 AM Dora Client",
        "🟢 11:00 AM Dora Client",
        "✅ 1:00 PM Dora Client",
        "🕓 3:00 PM Dora Client",
        "Wed 4 Nov · 🏝 out of office",
        "Thu 5 Nov · 🏝 out of office · 1 session",
        "🏁 10:00 AM Dora Client",
        "Fri 6 Nov · 1 session · nothing free",
        "✅ 1:00 PM Dora Client",
        "Sat 7 Nov · 1 session",
        "✅ 1:00 PM Dora Client",
        "Times are in New York time.",
    ]


def test_one_leafs_through_weeks_and_opens_days() -> None:
    days = {
        name: ShowDay(SUNDAY + n * DAY) for n, name in enumerate(("Su", "Mo", "Tu", "We", "Th", "Fr", "Sa"))
    }
    assert buttons(week(NEW_YORK, WEEK)) == days | {
        "‹": ShowWeek(SUNDAY - DAY),
        "This week": ShowWeek(),
        "›": ShowWeek(SUNDAY + 7 * DAY),
        "🗓 Today": ShowDay(),
        "🖼 Week picture": ShowWeekPicture(SUNDAY),
        "🏝 Out of office": ShowDaysOff(),
        "🏠 Home": Home(),
    }


def test_days_with_sessions_stand_out() -> None:
    first = week(NEW_YORK, WEEK).rows[0]
    styles = [each.style for each in first if isinstance(each, Tap)]
    busy = [None, None, Style.PRIMARY, None, Style.PRIMARY, Style.PRIMARY, Style.PRIMARY]
    assert styles == busy


def test_the_picture_keeps_its_colours_while_one_leafs_and_changes_them_with_one_tap() -> None:
    for dark, label in ((False, "🌙 Dark"), (True, "☀️ Light")):
        screen = picture(NEW_YORK, WEEK, dark=dark)
        found = buttons(screen)
        assert said(screen) == ["Sun 1 Nov – Sat 7 Nov 2026", "7 sessions · 42 h free"]
        assert (found["‹"], found["This week"], found["›"]) == (
            ShowWeekPicture(SUNDAY - DAY, dark),
            ShowWeekPicture(None, dark),
            ShowWeekPicture(SUNDAY + 7 * DAY, dark),
        )
        assert found[label] == ShowWeekPicture(SUNDAY, not dark)
        assert found["📋 List"] == ShowWeek(SUNDAY)


def test_a_day_that_is_over_without_sessions_says_so() -> None:
    over = replace(QUIET, day=TODAY - 7 * DAY, free_minutes=0)
    state = WeekState(days=tuple(replace(over, day=over.day + n * DAY) for n in range(7)))
    assert said(week(NEW_YORK, state))[2] == "Mon 26 Oct · no sessions"


def test_of_a_crowded_day_the_first_are_named_and_the_rest_is_counted() -> None:
    state = WeekState(days=tuple(replace(CROWDED, day=TODAY + n * DAY) for n in range(7)))
    shown = said(week(NEW_YORK, state))
    assert shown.count("… and 54 more") == 7
