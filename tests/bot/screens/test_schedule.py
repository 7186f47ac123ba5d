"""A counselor's day: requests first, then the day in order, with the time until the next session."""

from dataclasses import replace

import pytest

from bot.callbacks import Home, Requests, ShowBookingOfDay, ShowDay, ShowRequest, ShowWeek, ShowWeekPicture
from bot.screens.schedule import MOST_OF_DAY, MOST_REQUESTS, day
from core.domain.booking import Status
from tests.bot.screens.reading import NEW_YORK, buttons, said
from tests.bot.screens.samples.people import HOUR, START
from tests.bot.screens.samples.schedule import CROWDED, DAY, FULL, QUIET, session


def test_requests_come_first_and_then_the_day_each_once_with_a_number() -> None:
    screen = day(NEW_YORK, FULL)
    assert said(screen) == [
        "🗓 Today, Tuesday 3 November 2026",
        "▶️ Now: Dora Client, 1 h left",
        "Waiting for your answer",
        "1. Tue 3 Nov, 3:00 PM · Dora Client",
        "Introductory session · 🕓 Pending",
        "🔄 New time proposed: Tue 10 Nov, 10:00 AM",
        "2. Wed 4 Nov, 4:00 PM · Emil Sample",
        "Introductory session · 🕓 Pending",
        "🔄 New time proposed: Tue 10 Nov, 10:00 AM",
        "Sessions",
        "3. 10:00–11:00 AM · Dora Client",
        "Introductory session · 🏁 Completed",
        "4. 11:00 AM – 12:00 PM · Dora Client",
        "Introductory session · 🟢 In progress",
        "5. 1:00–2:00 PM · Dora Client",
        "Introductory session · ✅ Confirmed",
        "4 h 30 min free",
        "Times are in New York time. Tap a number for details.",
    ]
    assert list(buttons(screen).values()) == [
        ShowRequest(5),
        ShowRequest(30),
        ShowBookingOfDay(0, FULL.day),
        ShowBookingOfDay(1, FULL.day),
        ShowBookingOfDay(3, FULL.day),
        Requests(),
        ShowDay(FULL.day - DAY),
        ShowDay(),
        ShowDay(FULL.day + DAY),
        ShowWeek(FULL.day),
        ShowWeekPicture(FULL.day),
        Home(),
    ]


@pytest.mark.parametrize(
    ("ahead", "words"),
    [
        (HOUR / 2, "⏭ Next in 30 min: Dora Client, 1:00 PM"),
        (51 * HOUR, "⏭ Next in 2 days 3 h: Dora Client, Thu 5 Nov, 3:30 PM"),
        (None, "No further session is planned."),
    ],
)
def test_today_counts_down_to_the_next_session(ahead: object, words: str) -> None:
    now = START + 5 * HOUR / 2  # between two sessions
    coming = None if ahead is None else replace(session(3), starts_at=now + ahead)  # type: ignore[operator]
    assert said(day(NEW_YORK, replace(FULL, now=now, next=coming)))[1] == words


@pytest.mark.parametrize(
    "status", [each for each in Status if each not in {Status.CONFIRMED, Status.IN_PROGRESS}]
)
def test_what_is_not_agreed_does_not_go_on_now(status: Status) -> None:
    here = (replace(session(0), status=status),)
    shown = said(day(NEW_YORK, replace(FULL, now=START, sessions=here, next=None)))
    assert shown[1] == "No further session is planned."


def test_another_day_has_no_countdown_and_a_past_one_nothing_left() -> None:
    screen = day(NEW_YORK, replace(FULL, day=FULL.day - DAY, requests=()))
    assert said(screen)[:2] == ["🗓 Monday 2 November 2026", "1. 10:00–11:00 AM · Dora Client"]
    assert "4 h 30 min free" not in said(screen)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (QUIET, "7 h 30 min free"),
        (replace(QUIET, free_minutes=0), "nothing free"),
        (replace(QUIET, away=True), "🏝 Out of office on this day."),
        (replace(QUIET, open=False), "No open hours on this day."),
    ],
)
def test_what_is_left_of_the_day_is_told(state: object, words: str) -> None:
    shown = said(day(NEW_YORK, state))  # type: ignore[arg-type]
    assert shown[2:] == ["Nothing is booked on this day.", words, "Times are in New York time."]


def test_of_very_many_the_first_are_named_and_the_rest_is_counted() -> None:
    shown = said(day(NEW_YORK, CROWDED))
    numbered = [line for line in shown if line.partition(".")[0].isdigit()]
    assert len(numbered) == MOST_REQUESTS + MOST_OF_DAY
    assert [line for line in shown if line.startswith("…")] == ["… and 45 more", "… and 35 more"]
