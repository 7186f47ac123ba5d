"""A time is kept for whoever tapped it: how long, for whom, and what happens when it is gone."""

from datetime import timedelta

import pytest

from bot.callbacks import ConfirmBooking, Home, PickTime, Settings, ShowConfirm, pack
from bot.sandbox.phone import Phone, text_of
from tests.journeys.conftest import (
    House,
    Json,
    arrive,
    carried_out,
    data_of,
    forge,
    labels,
    on_sqlite,
    press,
    say,
    start,
    tap,
)

ONE_A_DAY = """
[practice]
name = "Harbour Counseling"
timezone = "Europe/London"
[[counselor]]
slug = "eva"
name = "Eva Summer"
telegram_id = 1001
timezone = "Europe/London"
confirmation = "instant"
daily_limit = 1
weekly = { tue = ["09:00-17:00"], thu = ["09:00-17:00"] }
[[session_type]]
slug = "talk"
title = "A talk"
counselors = ["eva"]
durations = [60]
locations = ["video"]
"""


@pytest.fixture
def practice(request: pytest.FixtureRequest) -> str:
    """The demo practice, unless a journey asks for another."""
    return str(getattr(request, "param", ""))


@pytest.fixture
async def maya(house: House) -> Phone:
    """A client in New York, who is welcome already."""
    phone = house.phone("Maya")
    await arrive(phone)
    return phone


@pytest.fixture
async def lukas(house: House) -> Phone:
    """A client in Berlin, who is welcome already and reads English."""
    phone = house.phone("Lukas")
    await start(phone)
    await tap(phone, "English")
    await arrive(phone, "Berlin")
    return phone


async def times_with_ann(phone: Phone) -> Json:
    """As far as tomorrow's times for 45 minutes with Ann."""
    return await tap(phone, "Book a session", "Ann Rivera", "Counseling session", "45 min", "Tomorrow")


async def test_a_held_time_is_nobody_elses_until_it_is_let_go(
    house: House, maya: Phone, lukas: Phone
) -> None:
    await times_with_ann(maya)
    await tap(maya, "9:00 AM")
    assert "Kept for you until 4:10 AM (10 min left)" in text_of(maya.last)
    await times_with_ann(lukas)
    assert labels(lukas.last)[1] == "4:00 PM"
    await tap(maya, "Back")
    await tap(lukas, "Back", "Tomorrow")
    assert labels(lukas.last)[1] == "3:00 PM"

    await tap(maya, "9:00 AM", "Leave")
    await tap(lukas, "Back", "Tomorrow")
    assert labels(lukas.last)[1] == "3:00 PM"

    await times_with_ann(maya)
    await tap(maya, "9:00 AM")
    await house.pass_time(timedelta(minutes=3))
    assert "(7 min left)" in text_of(await tap(maya, "Continue"))
    await house.pass_time(timedelta(minutes=7))
    await tap(lukas, "Back", "Tomorrow", "3:00 PM")
    assert "Anything to add?" in text_of(lukas.last)


async def test_another_time_takes_the_place_of_the_one_held(house: House, maya: Phone, lukas: Phone) -> None:
    await times_with_ann(maya)
    first = maya.last["message_id"]
    elsewhere = data_of(maya.last, "11:00 AM")
    await tap(maya, "9:00 AM")
    await start(maya)
    await times_with_ann(maya)
    assert "9:00 AM" in labels(maya.last), "one's own hold is not in one's way"
    await tap(maya, "10:30 AM", "Continue")
    await times_with_ann(lukas)
    assert labels(lukas.last)[1] == "3:00 PM"
    await forge(maya, elsewhere, first)
    (held,) = await house.bookings("held")
    assert held["starts_at"].hour == 16
    await tap(maya, "Book session")
    assert "This time is no longer kept for you" in text_of(maya.last)
    assert await house.bookings("pending", "confirmed") == []


async def test_the_end_of_a_hold_is_told_in_the_wizard_and_in_no_other_screen(
    house: House, maya: Phone
) -> None:
    await times_with_ann(maya)
    await tap(maya, "9:00 AM")
    wizard = maya.last["message_id"]
    details = data_of(maya.last, "Continue")
    await forge(maya, pack(Home()))
    await forge(maya, details)
    await house.pass_time(timedelta(minutes=10))
    assert "This time is no longer kept for you" in text_of(maya.last)
    await tap(maya, "Check 9:00 AM again")
    await forge(maya, pack(Settings()))
    await house.pass_time(timedelta(minutes=10))
    assert maya.last["message_id"] == wizard
    assert "Time zone: New York" in text_of(maya.last)
    await tap(maya, "Home")
    await times_with_ann(maya)  # another draft in the same message
    await forge(maya, details)
    assert "This time is no longer kept for you" in text_of(maya.last)


async def test_leaving_one_wizard_keeps_what_another_one_holds(house: House, maya: Phone) -> None:
    await times_with_ann(maya)
    first = maya.last["message_id"]
    leave = data_of(maya.last, "Leave")
    await start(maya)
    await times_with_ann(maya)
    await tap(maya, "9:00 AM")
    await forge(maya, leave, first)
    assert len(await house.bookings("held")) == 1
    assert "Request sent" in text_of(await tap(maya, "Continue", "Book session"))


async def test_a_hold_that_ran_out_says_so_and_can_be_had_again(house: House, maya: Phone) -> None:
    await times_with_ann(maya)
    await tap(maya, "9:00 AM", "Add topic")
    await house.pass_time(timedelta(minutes=10))
    await maya.wait_for(
        "This time is no longer kept for you. It may still be free.", button="Check 9:00 AM again"
    )
    assert await house.bookings("held") == []
    said = await say(maya, "What matters to me")
    assert "This time is no longer kept for you" in text_of(said)
    assert "What matters to me" in text_of(await tap(maya, "Check 9:00 AM again"))
    await tap(maya, "Continue", "Book session")
    assert "Request sent" in text_of(maya.last)
    (booking,) = await house.bookings()
    assert booking["topic"] == "What matters to me"


async def test_a_tap_later_than_the_hold_gets_the_alternatives(
    house: House, maya: Phone, lukas: Phone
) -> None:
    await times_with_ann(maya)
    await tap(maya, "9:00 AM", "Continue")
    confirm, wizard = data_of(maya.last, "Book session"), maya.last["message_id"]
    await house.clock.advance(timedelta(minutes=10))
    await forge(maya, confirm, wizard)
    assert "no longer kept for you" in text_of(maya.last)
    await times_with_ann(lukas)
    await tap(lukas, "3:00 PM")
    shown = await tap(maya, "Check 9:00 AM again")
    assert "This time is no longer available. Select another." in text_of(shown)
    assert labels(shown)[:3] == ["Tue 3 Nov, 10:00 AM", "Tue 3 Nov, 10:30 AM", "Tue 3 Nov, 11:00 AM"]
    await tap(maya, "Tue 3 Nov, 10:00 AM", "Continue", "Book session")
    assert "Request sent" in text_of(maya.last)


async def test_of_two_who_tap_one_time_the_second_is_offered_others(
    house: House, maya: Phone, lukas: Phone
) -> None:
    await times_with_ann(maya)
    await times_with_ann(lukas)
    await maya.tap("9:00 AM")
    await lukas.tap("3:00 PM")
    await carried_out(maya)
    heads = [text_of(each.last) for each in (maya, lukas)]
    assert sorted("Anything to add?" in each for each in heads) == [False, True]
    assert sorted("no longer available. Select another." in each for each in heads) == [False, True]
    loser = maya if "no longer" in heads[0] else lukas
    assert "Anything to add?" in text_of(await press(loser, PickTime))
    assert len(await house.bookings("held")) == 2


async def test_nobody_has_two_sessions_at_one_time(house: House, maya: Phone) -> None:
    await times_with_ann(maya)
    await tap(maya, "9:00 AM", "Continue", "Book session", "Home")
    await tap(maya, "Book a session", "Jonas Weber", "Counseling session", "45 min", "Tomorrow")
    assert "9:00 AM" not in labels(maya.last)
    shown = await say(maya, "9am")
    assert "You have another session at this time." in text_of(shown)
    assert "9:00 AM" not in " ".join(labels(shown))
    await press(maya, PickTime, ShowConfirm, ConfirmBooking)
    assert len(await house.bookings("pending")) == 2


@pytest.mark.parametrize("practice", [ONE_A_DAY], indirect=True)
async def test_a_full_day_is_offered_to_nobody(maya: Phone, lukas: Phone) -> None:
    await tap(lukas, "Book a session", "Tomorrow")
    await tap(maya, "Book a session", "Tomorrow", "9:00 AM", "Continue", "Book session")
    shown = await tap(lukas, "3:00 PM")
    assert "This time is not offered. Select another." in text_of(shown)
    assert labels(shown)[0] == "Thu 5 Nov, 10:00 AM"
    await say(lukas, "tomorrow")
    assert "There is no free time on this day." in text_of(lukas.last)
    await tap(lukas, "Next free day: Thu 5 Nov")
    assert "Anything to add?" in text_of(await tap(lukas, "10:00 AM"))


@on_sqlite
async def test_choosing_anew_after_a_hold_books_what_is_shown(house: House, maya: Phone) -> None:
    await tap(maya, "Book a session", "Ann Rivera", "Counseling session")
    longer, wizard = data_of(maya.last, "1 h 30 min"), maya.last["message_id"]
    await tap(maya, "45 min", "Tomorrow", "9:00 AM", "Continue")
    confirm = data_of(maya.last, "Book session")
    await forge(maya, longer, wizard)
    assert await house.bookings("held") == []
    await forge(maya, confirm, wizard)
    assert await house.bookings() == []
    assert "no longer kept" in text_of(maya.last)
