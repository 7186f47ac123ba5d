"""Days off: the list, and what they mean for the sessions in them."""

from dataclasses import replace

from bot.callbacks import (
    AddDaysOff,
    Home,
    ProposeNewTimes,
    RemoveDaysOff,
    ReviewDaysOff,
    SaveDaysOff,
    ShowBookingInDaysOff,
    ShowDaysOff,
)
from bot.screens.out_of_office import AbsenceState, DaysOffState, absence, days_off, span_words
from tests.bot.screens.reading import BERLIN, NEW_YORK, buttons, said
from tests.bot.screens.samples.schedule import HOLIDAYS, ONE_DAY_OFF, SESSIONS

FIRST, LAST = HOLIDAYS.first, HOLIDAYS.last
CLASHING = AbsenceState(days=HOLIDAYS, clashes=SESSIONS[2:])


def test_days_off_are_written_out() -> None:
    assert span_words(NEW_YORK, HOLIDAYS) == "Thu 24 Dec 2026 – Wed 6 Jan 2027 (14 days)"
    assert span_words(BERLIN, HOLIDAYS) == "Do, 24. Dez. 2026 – Mi, 6. Jan. 2027 (14 Tage)"
    assert span_words(NEW_YORK, ONE_DAY_OFF) == "Tue 3 Nov 2026"


def test_each_of_the_list_can_be_looked_at_and_taken_back() -> None:
    screen = days_off(NEW_YORK, DaysOffState(absences=(ONE_DAY_OFF, HOLIDAYS)))
    assert said(screen) == [
        "🏝 Out of office",
        "1. Tue 3 Nov 2026",
        "2. Thu 24 Dec 2026 – Wed 6 Jan 2027 (14 days)",
        "On these days nothing can be booked.",
    ]
    found = buttons(screen)
    assert (found["🔎 2"], found["✕ Take back 2"]) == (ReviewDaysOff(FIRST, LAST), RemoveDaysOff(FIRST, LAST))
    assert found["➕ Add days off"] == AddDaysOff()


def test_before_they_are_taken_the_clashes_are_shown() -> None:
    screen = absence(NEW_YORK, CLASHING)
    assert said(screen) == [
        "🏝 Out of office",
        "Thu 24 Dec 2026 – Wed 6 Jan 2027 (14 days)",
        "⚠️ 1 session falls into these days:",
        "1. Tue 3 Nov, 1:00–2:00 PM · Dora Client",
        "Introductory session · ✅ Confirmed",
        "They stay as they are until you move or cancel them.",
        "Times are in New York time.",
    ]
    assert buttons(screen) == {
        "✅ Take these days off": SaveDaysOff(FIRST, LAST),
        "1": ShowBookingInDaysOff(3, FIRST, LAST),
        "‹ Back": AddDaysOff(FIRST),
        "🏠 Home": Home(),
    }


def test_once_they_stand_one_tap_proposes_new_times_to_all() -> None:
    screen = absence(NEW_YORK, replace(CLASHING, saved=True))
    assert said(screen)[0] == "✅ You are out of office"
    assert buttons(screen) == {
        "📅 Propose new times to all": ProposeNewTimes(FIRST, LAST),
        "1": ShowBookingInDaysOff(3, FIRST, LAST),
        "✕ Take back": RemoveDaysOff(FIRST, LAST),
        "🏝 All days off": ShowDaysOff(),
        "🏠 Home": Home(),
    }


def test_without_clashes_there_is_nothing_to_propose() -> None:
    screen = absence(NEW_YORK, AbsenceState(days=HOLIDAYS, clashes=(), saved=True))
    assert said(screen)[-1] == "No session falls into these days."
    assert "📅 Propose new times to all" not in buttons(screen)
