"""Choosing days off on a month grid."""

from dataclasses import replace
from datetime import date

from bot.callbacks import AddDaysOff, Noop, ReviewDaysOff, ShowDaysOff
from bot.screens.out_of_office_grid import choose
from bot.screens.screen import Style, Tap
from tests.bot.screens.reading import NEW_YORK, buttons, said
from tests.bot.screens.samples.schedule import GRID, TODAY

CHRISTMAS = date(2026, 12, 24)


def test_the_first_tap_chooses_the_first_day() -> None:
    screen = choose(NEW_YORK, GRID)
    assert said(screen)[1] == "Which is the first day off?"
    found = buttons(screen)
    assert found["24"] == AddDaysOff(CHRISTMAS, CHRISTMAS)
    assert found["‹ November 2026"] == AddDaysOff(date(2026, 11, 1))
    assert found["January 2027 ›"] == AddDaysOff(date(2027, 1, 1))
    assert found["‹ Back"] == ShowDaysOff()


def test_the_second_tap_the_last_one_and_an_earlier_day_begins_anew() -> None:
    screen = choose(NEW_YORK, replace(GRID, first=CHRISTMAS))
    assert said(screen)[1] == "From Thursday 24 December 2026. Which is the last day off?"
    found = buttons(screen)
    assert found["24"] == ReviewDaysOff(CHRISTMAS, CHRISTMAS)
    assert found["31"] == ReviewDaysOff(CHRISTMAS, date(2026, 12, 31))
    assert found["23"] == AddDaysOff(date(2026, 12, 23), date(2026, 12, 23))
    assert found["January 2027 ›"] == AddDaysOff(date(2027, 1, 1), CHRISTMAS)
    assert found["‹ Back"] == AddDaysOff(date(2026, 12, 1))


def test_the_past_cannot_be_chosen() -> None:
    screen = choose(NEW_YORK, replace(GRID, month=date(2026, 11, 20), today=date(2026, 11, 15)))
    found = buttons(screen)
    assert (found["·"], found["15"]) == (Noop(), AddDaysOff(date(2026, 11, 15), date(2026, 11, 15)))
    assert "14" not in found
    assert "‹ October 2026" not in found


def test_days_off_already_and_the_first_one_stand_out() -> None:
    screen = choose(NEW_YORK, replace(GRID, first=date(2026, 12, 20)))
    styles = {
        each.label: each.style for row in screen.rows for each in row if isinstance(each, Tap) and each.style
    }
    off = {str(day): Style.DANGER for day in range(24, 32)}
    assert styles == off | {"20": Style.PRIMARY}


def test_what_was_not_understood_is_asked_again() -> None:
    shown = said(choose(NEW_YORK, replace(GRID, month=TODAY, misread=True)))
    assert shown[1:3] == ["I did not understand these dates.", "Which is the first day off?"]
