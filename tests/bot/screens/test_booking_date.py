"""Step 3: the month grid, weeks and shortcuts."""

from dataclasses import replace
from datetime import date

import pytest

from bot.callbacks import Leave, PickDate, Quick, QuickChoice, ShowMonth, ShowTypes, ZoneMenu
from bot.screens.booking_date import EMPTY_CELL, TAKEN, WeekState, month, week
from tests.bot.screens.reading import BERLIN, NEW_YORK, buttons, labels, said
from tests.bot.screens.samples.booking import CHOSEN, MONTH

OCTOBER = replace(MONTH, month=date(2026, 10, 9), free=frozenset({date(2026, 10, 31)}))


def test_the_grid_has_seven_columns_and_a_number_on_free_days_alone() -> None:
    grid = [row for row in labels(month(BERLIN, OCTOBER)) if len(row) == 7]
    assert grid == [
        ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"],
        [EMPTY_CELL] * 3 + [TAKEN] * 4,
        [TAKEN] * 7,
        [TAKEN] * 7,
        [TAKEN] * 7,
        [TAKEN] * 5 + ["31", EMPTY_CELL],
    ]


def test_a_free_day_of_another_month_is_not_shown_in_this_one() -> None:
    state = replace(OCTOBER, free=frozenset({date(2026, 11, 1), date(2026, 9, 30)}))
    assert not any(label.isdigit() for label in buttons(month(NEW_YORK, state)))


def test_a_free_day_leads_to_its_times() -> None:
    assert buttons(month(NEW_YORK, OCTOBER))["31"] == PickDate(5, date(2026, 10, 31))


@pytest.mark.parametrize(
    ("shown", "first", "last", "wanted"),
    [
        (date(2026, 11, 3), date(2026, 11, 2), date(2027, 1, 1), {"December 2026 ›": date(2026, 12, 1)}),
        (
            date(2026, 12, 1),
            date(2026, 11, 2),
            date(2027, 1, 1),
            {"‹ November 2026": date(2026, 11, 1), "January 2027 ›": date(2027, 1, 1)},
        ),
        (date(2027, 1, 31), date(2026, 11, 2), date(2027, 1, 31), {"‹ December 2026": date(2026, 12, 1)}),
        (date(2026, 11, 3), date(2026, 11, 1), date(2026, 11, 30), {}),
    ],
)
def test_leafing_stays_within_the_booking_window(
    shown: date, first: date, last: date, wanted: dict[str, date]
) -> None:
    found = buttons(month(NEW_YORK, replace(MONTH, month=shown, first=first, last=last)))
    assert {label: each for label, each in found.items() if isinstance(each, ShowMonth)} == {
        label: ShowMonth(5, day) for label, day in wanted.items()
    }


def test_every_shortcut_and_the_way_back_are_there() -> None:
    found = buttons(month(NEW_YORK, MONTH))
    quick = {each.choice for each in found.values() if isinstance(each, Quick)}
    assert quick == set(QuickChoice)
    assert (found["🌐 Change time zone"], found["‹ Back"]) == (ZoneMenu(5), ShowTypes(5))
    assert found["✕ Leave"] == Leave(5)


def test_an_empty_month_leads_to_the_next_free_day() -> None:
    screen = month(NEW_YORK, replace(MONTH, free=frozenset(), next_free=date(2026, 12, 2)))
    assert said(screen)[2] == "No free times this month. The next free day is Wednesday 2 December 2026."
    assert buttons(screen)["Next free day: Wed 2 Dec"] == PickDate(5, date(2026, 12, 2))


def test_the_zone_of_the_times_is_named() -> None:
    assert "All times are in New York time." in said(month(NEW_YORK, MONTH))


def test_a_week_lists_its_free_days_in_order_with_their_number_of_times() -> None:
    free = {date(2026, 11, 6): 1, date(2026, 11, 3): 14}
    screen = week(NEW_YORK, WeekState(draft=5, chosen=CHOSEN, free=free))
    assert labels(screen) == [["Tue 3 Nov · 14 times"], ["Fri 6 Nov · 1 time"], ["‹ Back", "✕ Leave"]]
    assert buttons(screen)["‹ Back"] == ShowMonth(5)
