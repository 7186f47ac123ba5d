"""When booking does not go through."""

from dataclasses import replace
from datetime import date

from bot.callbacks import ConfirmBooking, Home, Leave, PickTime, ShowMonth
from bot.screens.booking_conflict import booking_failed, conflict, hold_expired
from tests.bot.screens.reading import NEW_YORK, buttons, said
from tests.bot.screens.samples.booking import LOST
from tests.bot.screens.samples.people import START


def test_a_taken_time_comes_with_the_nearest_free_ones() -> None:
    screen = conflict(NEW_YORK, LOST)
    assert said(screen)[2:] == [
        "This time is no longer available. Select another.",
        "You wanted: Tue 3 Nov, 10:00 AM (New York time)",
        "Nearest free times, in New York time:",
    ]
    assert list(buttons(screen).items()) == [
        ("Tue 3 Nov, 9:30 AM", PickTime(5, LOST.nearest[0])),
        ("Tue 3 Nov, 11:00 AM", PickTime(5, LOST.nearest[1])),
        ("Wed 4 Nov, 11:00 AM", PickTime(5, LOST.nearest[2])),
        ("🗓 Another day", ShowMonth(5, date(2026, 11, 1))),
        ("✕ Leave", Leave(5)),
    ]


def test_the_client_s_own_session_is_named_as_the_reason() -> None:
    screen = conflict(NEW_YORK, replace(LOST, code="client_busy", nearest=()))
    assert said(screen)[2:] == [
        "You have another session at this time.",
        "You wanted: Tue 3 Nov, 10:00 AM (New York time)",
    ]


def test_an_expired_hold_can_be_checked_again() -> None:
    screen = hold_expired(NEW_YORK, replace(LOST, code="hold_expired"))
    assert said(screen)[2] == "This time is no longer kept for you. It may still be free."
    assert buttons(screen)["Check 10:00 AM again"] == PickTime(5, START)


def test_a_failed_booking_may_be_tried_again() -> None:
    screen = booking_failed(NEW_YORK, 5)
    assert said(screen) == ["Unable to book. Please try again."]
    assert buttons(screen) == {"↻ Try again": ConfirmBooking(5), "🏠 Home": Home()}
