"""Enrolling, and scheduling later."""

from dataclasses import replace

from bot.callbacks import (
    BookProgram,
    Enroll,
    Home,
    ShowMonth,
    StopNudges,
)
from bot.screens import programs
from tests.bot.screens.reading import NEW_YORK, buttons, said
from tests.bot.screens.samples.menus import PROGRAM, PROGRESS


def test_whoever_is_not_enrolled_can_enroll_from_there_or_look_on() -> None:
    screen = programs.not_enrolled(NEW_YORK, PROGRAM)
    assert said(screen) == ["Python 101", "You must be enrolled to book."]
    assert buttons(screen) == {"🎓 Enroll now": Enroll(3, 5), "‹ Back": ShowMonth(5)}


def test_scheduling_later_counts_what_is_left_and_can_be_silenced() -> None:
    screen = programs.scheduled_later(NEW_YORK, PROGRESS)
    assert said(screen) == [
        "🗓 Python 101: nothing is booked for now.",
        "5 sessions are left to book.",
        "I will remind you in a few days.",
    ]
    assert list(buttons(screen).values()) == [BookProgram(3), StopNudges(3), Home()]


def test_nothing_left_is_nothing_to_book() -> None:
    screen = programs.nudges_stopped(NEW_YORK, replace(PROGRESS, remaining=0))
    assert buttons(screen) == {"🏠 Home": Home()}
