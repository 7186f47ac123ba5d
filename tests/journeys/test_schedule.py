"""A counselor's days in the chat: today, the week as a list and as a picture, clients and numbers."""

import io
from datetime import date, timedelta

import pytest
from PIL import Image

from bot.callbacks import (
    Approve,
    Bookings,
    Callback,
    ConfirmBooking,
    Home,
    PickCounselor,
    PickDate,
    PickDuration,
    PickTime,
    PickType,
    ReviewDaysOff,
    ShowBooking,
    ShowBookingInDaysOff,
    ShowBookingOfClient,
    ShowBookingOfDay,
    ShowClient,
    ShowClients,
    ShowConfirm,
    ShowDay,
    ShowDaysOff,
    ShowRequest,
    ShowStatistics,
    ShowTheirBooking,
    ShowWeek,
    ShowWeekPicture,
    TheirBookings,
    pack,
)
from bot.sandbox.files import stored_file
from bot.sandbox.phone import Phone, text_of
from core.domain.side import Side
from tests.journeys.conftest import House, Json, arrive, forge, on_sqlite, say, tap
from tests.journeys.session import COUNSELING, choose

ANN = 1
TUESDAY = date(2026, 11, 3)
HOUR = timedelta(hours=1)


@pytest.fixture
async def ann(house: House) -> Phone:
    """A counselor in New York, where it is four in the morning of a Monday."""
    phone = house.phone("Ann")
    await arrive(phone, None)
    return phone


async def book(phone: Phone, day: date, nth: int = 0) -> None:
    """Ask Ann for the n-th free hour of a day."""
    await say(phone, "/book")
    await choose(phone, PickCounselor, counselor_id=ANN)
    await choose(phone, PickType, session_type_id=COUNSELING)
    await choose(phone, PickDuration, minutes=60)
    await choose(phone, PickDate, day=day)
    await choose(phone, PickTime, nth)
    await choose(phone, ShowConfirm)
    await choose(phone, ConfirmBooking)


def picture(house: House, message: Json) -> Image.Image:
    """The photo of a message."""
    assert house.program.sandbox is not None
    file = stored_file(house.program.sandbox.world, message["photo"][-1]["file_id"])
    return Image.open(io.BytesIO(file.content)).convert("RGB")


async def test_requests_come_first_and_the_countdown_runs_down(house: House, ann: Phone) -> None:
    maya = house.phone("Maya")
    await arrive(maya)
    await book(maya, TUESDAY)
    await book(maya, TUESDAY, 3)
    await house.settle()
    today = text_of(await say(ann, "/today"))
    assert today.startswith("🗓 Today, Monday 2 November 2026\nNo further session is planned.")
    assert "Waiting for your answer\n1. Tue 3 Nov, 9:00 AM · Maya Okafor" in today
    assert "Nothing is booked on this day." in today
    await choose(ann, ShowRequest)
    assert "New request" in text_of(ann.last)
    await choose(ann, Approve)
    await house.pass_time(28 * HOUR)
    today = text_of(await say(ann, "/today"))
    assert "Today, Tuesday 3 November 2026\n⏭ Next in 1 h: Maya Okafor, 9:00 AM" in today
    assert "9:00–10:00 AM · Maya Okafor\nCounseling session · ✅ Confirmed" in today
    await house.pass_time(HOUR + timedelta(minutes=20))
    await choose(ann, ShowDay, day=None)
    assert "▶️ Now: Maya Okafor, 40 min left" in text_of(ann.last)
    await choose(ann, ShowBookingOfDay)
    assert "Maya Okafor" in text_of(ann.last)


async def test_the_week_as_a_list_and_as_a_picture_in_one_message(house: House, ann: Phone) -> None:
    maya = house.phone("Maya")
    await arrive(maya)
    await book(maya, TUESDAY)
    await house.settle()
    week = await say(ann, "/week")
    assert text_of(week).startswith("Mon 2 Nov – Sun 8 Nov 2026\n1 session · ")
    assert "Tue 3 Nov · 1 session · 6 h 15 min free\n🕓 9:00 AM Maya Okafor" in text_of(week)
    seen = []
    for day, dark in ((2, False), (2, True), (9, True)):
        await choose(ann, ShowWeekPicture, day=date(2026, 11, day), dark=dark)
        assert ann.last["message_id"] == week["message_id"]
        shown = picture(house, ann.last)
        assert shown.width == 780
        seen.append(shown.getpixel((1, 1)))
    assert seen[0] == (255, 255, 255)
    assert seen[1] == seen[2] != seen[0]
    assert text_of(ann.last).startswith("Mon 9 Nov – Sun 15 Nov 2026\n0 sessions · ")
    await choose(ann, ShowWeek)
    assert text_of(ann.last).startswith("Mon 9 Nov – Sun 15 Nov 2026")
    assert "photo" not in ann.last
    assert week["message_id"] not in {each["message_id"] for each in ann.answers}
    await choose(ann, ShowWeekPicture)
    await choose(ann, Home)
    assert len([each for each in ann.answers if "photo" in each]) == 0


@on_sqlite
async def test_clients_have_a_history_and_everything_comes_to_numbers(house: House, ann: Phone) -> None:
    maya, robin = house.phone("Maya"), house.phone("Robin")
    for phone in (maya, robin):
        await arrive(phone)
        await book(phone, TUESDAY)
    await house.settle()
    for _ in range(2):
        await say(ann, "/requests")
        await choose(ann, ShowRequest)
        await choose(ann, Approve)
    await tap(ann, "Home")
    await choose(ann, ShowClients)
    assert [line for line in text_of(ann.last).splitlines() if line.endswith("1 session")] == [
        "1. Robin Hale · 1 session",
        "2. Maya Okafor · 1 session",
    ]
    await choose(ann, ShowClient, 1)
    assert text_of(ann.last).startswith("👤 Maya Okafor\n1 session\n\n1. Counseling session · ✅ Confirmed")
    await tap(ann, "Back")
    await choose(ann, ShowStatistics)
    assert "👥 Clients: 2\n🗓 Sessions: 2\n⏭ Upcoming: 2\n🏁 Completed: 0" in text_of(ann.last)


@on_sqlite
async def test_a_card_leads_back_to_where_it_was_opened_from(house: House, ann: Phone) -> None:
    maya, robin = house.phone("Maya"), house.phone("Robin")
    for phone in (maya, robin):
        await arrive(phone)
    await book(maya, TUESDAY)
    await house.settle()
    client = (await house.person_row(maya))["id"]
    counselor = (await house.person_row(ann))["id"]
    await say(ann, "/requests")
    await choose(ann, ShowRequest)
    await choose(ann, Approve)
    opened: list[tuple[Phone, Callback, type[Callback]]] = [
        (ann, ShowDay(TUESDAY), ShowBookingOfDay),
        (ann, ShowClient(client), ShowBookingOfClient),
        (ann, ReviewDaysOff(TUESDAY, TUESDAY), ShowBookingInDaysOff),
        (ann, Bookings(side=Side.COUNSELOR), ShowBooking),
        (maya, Bookings(), ShowBooking),
        (robin, TheirBookings(client), ShowTheirBooking),
        (robin, TheirBookings(counselor, Side.COUNSELOR), ShowTheirBooking),
    ]
    for phone, origin, card in opened:
        await forge(phone, pack(origin))
        before = text_of(phone.last)
        await choose(phone, card)
        assert "Reference: " in text_of(phone.last) != before
        await tap(phone, "Back")
        assert text_of(phone.last) == before, origin


@on_sqlite
async def test_nobody_else_sees_a_counselor_s_days_and_clients(house: House) -> None:
    maya, robin, jonas = (house.phone(name) for name in ("Maya", "Robin", "Jonas"))
    for phone in (maya, robin):
        await arrive(phone)
    await book(maya, TUESDAY)
    client = (await house.person_row(maya))["id"]
    buttons: list[Callback] = [
        ShowDay(),
        ShowWeek(),
        ShowWeekPicture(),
        ShowStatistics(),
        ShowClients(),
        ShowClient(client),
        ShowDaysOff(),
    ]
    for phone in (maya, robin):
        for each in buttons:
            await forge(phone, pack(each))
            assert text_of(phone.last) == "This button belongs to somebody else."
        assert "I did not understand that." in text_of(await say(phone, "/today"))
    await arrive(jonas, None)
    await say(jonas, "/today")
    await forge(jonas, pack(ShowClient(client)))
    assert text_of(jonas.last) == "Diese Person finde ich nicht."


@on_sqlite
async def test_dates_far_away_lead_to_the_end_of_what_can_be_planned(ann: Phone) -> None:
    await say(ann, "/week")
    for each in (
        ShowDay(date.max),
        ShowDay(date.min),
        ShowWeek(date.max),
        ShowWeek(date.min),
        ShowWeekPicture(date.max, dark=True),
    ):
        await forge(ann, pack(each))
        assert text_of(ann.last).splitlines()[0].endswith(("2016", "2036"))
