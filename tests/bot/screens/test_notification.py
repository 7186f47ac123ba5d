"""The messages people receive."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.callbacks import (
    Approve,
    BookAgain,
    BookProgram,
    CalendarFile,
    DeclineMenu,
    Join,
    Reschedule,
    ShowBooking,
    StopNudges,
)
from bot.screens.notification import SCREENS, later_nudge, notification_screen
from core.domain.notification import Kind, LaterNudge
from tests.bot.screens.reading import NEW_YORK, buttons, in_english, said
from tests.bot.screens.samples.messages import COURSE, NOTIFICATIONS
from tests.bot.screens.samples.people import HOUR, NOW, START, person

BERLIN = in_english("Europe/Berlin")
ANSWERS = [Approve(42, 1), DeclineMenu(42, 1), Reschedule(42), ShowBooking(42)]


def test_every_kind_has_its_message() -> None:
    assert set(SCREENS) == set(Kind)


@pytest.mark.parametrize(
    ("kind", "title", "taps"),
    [
        (Kind.REQUEST_RECEIVED, "📨 Request sent", [ShowBooking(42)]),
        (Kind.NEW_REQUEST, "📨 New request", ANSWERS),
        (Kind.REQUEST_NUDGE, "⏰ A request is waiting for your answer", ANSWERS),
        (Kind.NEW_BOOKING, "📅 New booking", [Join(42), CalendarFile(42), ShowBooking(42)]),
        (Kind.CONFIRMED, "✅ Your session is confirmed", [Join(42), CalendarFile(42), ShowBooking(42)]),
        (Kind.DECLINED, "Ann Example cannot take your request.", [BookAgain(42), ShowBooking(42)]),
        (
            Kind.EXPIRED,
            "Sorry, Ann Example did not answer your request in time.",
            [BookAgain(42), ShowBooking(42)],
        ),
    ],
)
def test_a_message_says_what_happened_and_what_to_do(kind: Kind, title: str, taps: list[object]) -> None:
    screen = notification_screen(NOTIFICATIONS[kind], NEW_YORK, NOW)
    assert said(screen)[0] == title
    assert list(buttons(screen).values()) == taps


def test_the_client_reads_both_clocks() -> None:
    screen = notification_screen(NOTIFICATIONS[Kind.CONFIRMED], BERLIN, NOW)
    assert said(screen)[1:4] == [
        "🗓 Tue 3 Nov, 4:00–5:00 PM (Berlin time)",
        "For Ann Example: Tue 3 Nov, 10:00–11:00 AM (New York time)",
        "On your device: Tue 3 Nov, 4:00 PM (Berlin time)",
    ]


def test_the_counselor_reads_the_client_s_clock() -> None:
    screen = notification_screen(NOTIFICATIONS[Kind.NEW_BOOKING], NEW_YORK, NOW)
    assert said(screen)[2] == "For Dora Client: Tue 3 Nov, 4:00–5:00 PM (Berlin time)"


def test_a_client_who_has_not_said_where_they_are_has_no_clock() -> None:
    unknown = replace(NOTIFICATIONS[Kind.NEW_BOOKING], client=person(zone=None))
    assert not any(line.startswith("For ") for line in said(notification_screen(unknown, NEW_YORK, NOW)))


def test_a_decline_tells_the_reason() -> None:
    screen = notification_screen(NOTIFICATIONS[Kind.DECLINED], NEW_YORK, NOW)
    assert said(screen)[1] == "This time does not suit the counselor."


@pytest.mark.parametrize(
    ("before", "wanted"),
    [
        (timedelta(hours=24), "24 hours"),
        (timedelta(hours=24) - timedelta(seconds=8), "24 hours"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(minutes=52), "1 hour"),
        (timedelta(minutes=40), "40 min"),
        (timedelta(hours=20, minutes=30), "20 h 30 min"),
        (timedelta(seconds=30), "under a minute"),
    ],
)
def test_a_reminder_tells_how_long_it_really_is(before: timedelta, wanted: str) -> None:
    screen = notification_screen(NOTIFICATIONS[Kind.REMINDER], NEW_YORK, START - before)
    assert said(screen)[0] == f"🔔 Your session starts in {wanted}"


def test_an_unanswered_request_is_closed_for_the_counselor() -> None:
    screen = notification_screen(NOTIFICATIONS[Kind.EXPIRED_UNANSWERED], NEW_YORK, NOW + 30 * HOUR)
    assert said(screen)[0] == "⌛ Request expired without an answer"
    assert said(screen)[-1] == "Dora Client was told and offered other times."


def test_the_nudge_tells_what_is_left_and_can_be_turned_off() -> None:
    screen = later_nudge(LaterNudge(to=person(), program=COURSE, remaining=1), NEW_YORK)
    assert said(screen) == [
        "🗓 Time for your next session of Python 101?",
        "1 session is left to book.",
    ]
    assert list(buttons(screen).values()) == [BookProgram(3), StopNudges(3)]
