"""Programs: being admitted, booking their sessions, and scheduling them later."""

from datetime import timedelta

import pytest

from bot.callbacks import ConfirmBooking, PickDate, PickTime, ShowConfirm
from bot.sandbox.phone import Phone, text_of
from core.db.tables.programs import enrollments
from tests.journeys.conftest import House, arrive, labels, on_sqlite, press, say, start, tap

TWO_SESSIONS = """
[practice]
name = "Harbour Counseling"
timezone = "Europe/London"
[[counselor]]
slug = "eva"
name = "Eva Summer"
telegram_id = 1001
timezone = "Europe/London"
confirmation = "instant"
weekly = { tue = ["09:00-17:00"], wed = ["09:00-17:00"], thu = ["09:00-17:00"] }
[[counselor]]
slug = "udo"
name = "Udo Winter"
telegram_id = 1002
timezone = "Europe/London"
weekly = { tue = ["09:00-17:00"] }
[[session_type]]
slug = "step"
title = "One step"
counselors = ["eva", "udo"]
durations = [60]
locations = ["video"]
[[program]]
slug = "two-steps"
title = "Two <steps>"
sessions = 2
counselors = ["eva", "udo"]
session_types = ["step"]
enrollment_code = "STEPS"
"""


@pytest.fixture
def practice(request: pytest.FixtureRequest) -> str:
    """A program of two sessions, unless a journey asks for another practice."""
    return str(getattr(request, "param", TWO_SESSIONS))


@pytest.fixture
async def maya(house: House) -> Phone:
    """A client in London, who is welcome already."""
    phone = house.phone("Maya")
    await arrive(phone)
    return phone


async def test_whoever_is_not_enrolled_may_look_enroll_and_go_on(house: House, maya: Phone) -> None:
    await tap(maya, "Book a session", "Eva Summer", "Tomorrow")
    shown = await tap(maya, "9:00 AM")
    assert text_of(shown) == "Two <steps>\n\nYou must be enrolled to book."
    assert await house.bookings() == []
    await tap(maya, "Enroll now")
    assert "Please write your enrollment code" in text_of(maya.last)
    shown = await say(maya, "WRONG")
    assert "I do not know this enrollment code" in text_of(shown)
    await tap(maya, "Try again")
    shown = await say(maya, "steps")
    assert "Tuesday 3 November 2026" in text_of(shown)
    await tap(maya, "9:00 AM", "Continue", "Book session")
    assert "✅ Session booked!" in text_of(maya.last)
    menu = await tap(maya, "Home")
    assert "🎓 Two <steps> (1 left)" in labels(menu)


async def test_no_more_sessions_are_booked_than_the_program_has(house: House, maya: Phone) -> None:
    await start(maya, "p-STEPS")
    await tap(maya, "Book a session", "Eva Summer", "Tomorrow", "9:00 AM")
    await tap(maya, "Continue", "Book session", "Home", "Two <steps> (1 left)", "Eva Summer", "Earliest")
    await press(maya, PickTime, ShowConfirm, ConfirmBooking)
    assert "✅ Session booked!" in text_of(maya.last)
    menu = await tap(maya, "Home")
    assert not any("Two <steps>" in each for each in labels(menu))
    await tap(maya, "Book a session", "Eva Summer", "Earliest")
    shown = await press(maya, PickTime)
    assert "All sessions of this program are booked." in text_of(shown)
    assert len(await house.bookings()) == 2
    assert "0 sessions are left" in text_of(await start(maya, "p-STEPS"))


async def test_scheduling_later_brings_a_nudge_every_few_days_until_it_is_stopped(
    house: House, maya: Phone
) -> None:
    await start(maya, "p-STEPS")
    shown = await tap(maya, "Book a session", "Schedule later")
    assert "Two <steps>: nothing is booked for now." in text_of(shown)
    assert "2 sessions are left to book." in text_of(shown)
    newest = shown["message_id"]
    for _ in range(2):
        await house.pass_time(timedelta(days=3, seconds=-1))
        assert maya.last["message_id"] == newest
        await house.pass_time(timedelta(seconds=1))
        nudge = await maya.wait_for("Time for your next session of Two <steps>?", after=newest)
        newest = nudge["message_id"]
    await tap(maya, "No more reminders")
    assert "No more reminders about Two <steps>." in text_of(maya.last)
    await house.pass_time(timedelta(days=10))
    assert maya.last["message_id"] == newest
    (enrollment,) = await house.rows(enrollments)
    assert not enrollment["nudges"]


@on_sqlite
async def test_nudges_end_when_everything_is_booked(house: House, maya: Phone) -> None:
    await start(maya, "p-STEPS")
    await tap(maya, "Book a session", "Schedule later", "Book a session", "Eva Summer", "Tomorrow")
    await tap(maya, "9:00 AM", "Continue", "Book session", "Home", "Two <steps> (1 left)", "Eva Summer")
    await press(maya, PickDate, PickTime, ShowConfirm, ConfirmBooking)
    newest = maya.last["message_id"]
    await house.pass_time(timedelta(days=9))
    assert not any("Time for your next session" in text_of(each) for each in maya.answers)
    assert newest in {each["message_id"] for each in maya.answers}


@on_sqlite
async def test_scheduling_later_again_starts_the_days_anew(house: House, maya: Phone) -> None:
    await start(maya, "p-STEPS")
    await tap(maya, "Book a session", "Schedule later", "Book a session")
    await house.pass_time(timedelta(days=2))
    newest = (await tap(maya, "Schedule later"))["message_id"]
    await house.pass_time(timedelta(days=2))
    assert maya.last["message_id"] == newest
    await house.pass_time(timedelta(days=1))
    await maya.wait_for("Time for your next session", after=newest)
    assert len([each for each in maya.answers if "Time for your next" in text_of(each)]) == 1
