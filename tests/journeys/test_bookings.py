"""My bookings: the lists, the cards, the calendar file, and what nobody else may read."""

import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from bot.callbacks import Bookings, CalendarFile, ShowBooking, Tab, pack
from bot.sandbox.files import stored_file
from bot.sandbox.phone import Phone, buttons_of, text_of
from core.domain.access import Actor
from core.services.booking import Details
from core.services.offers import Wanted
from tests.journeys.conftest import House, arrive, forge, labels, on_sqlite, say, start, tap

DAY = timedelta(days=1)
SECRET_TOPIC, SECRET_NOTE = "Quarrel with Quentin", "Nobody may know of Zanzibar"


@pytest.fixture
async def maya(house: House) -> Phone:
    """A client in New York, who is welcome already."""
    phone = house.phone("Maya")
    await arrive(phone)
    return phone


async def book_directly(house: House, phone: Phone, starts: list[datetime]) -> None:
    """Introductory sessions with Yuki at these times, as the chat would book them."""
    async with house.program.store.read() as uow:
        actor = Actor(person=await uow.people.by_telegram(phone.person.id))
        practice = await uow.practice()
    yuki = next(each for each in practice.counselors.values() if each.slug == "yuki")
    kind = next(each for each in practice.session_types.values() if each.slug == "intro")
    wanted = Wanted(counselor_id=yuki.id, session_type_id=kind.id, minutes=45)
    for each in starts:
        hold = await house.program.core.holds.take(actor, wanted, each, 0)
        await house.program.core.bookings.request(actor, hold.id, Details())


@on_sqlite
async def test_an_empty_list_invites_to_book(maya: Phone) -> None:
    shown = await tap(maya, "My bookings")
    assert "Nothing is booked yet. Shall we find a time?" in text_of(shown)
    assert {"Upcoming (0)", "Past (0)"} <= set(labels(shown))
    assert "No past sessions yet." in text_of(await tap(maya, "Past (0)"))
    await tap(maya, "Upcoming (0)")
    assert "Who would you like to talk to?" in text_of(await tap(maya, "Book a session"))


async def test_lists_are_counted_and_leafed_through_by_ten(house: House, maya: Phone) -> None:
    first = datetime(2026, 11, 4, 0, tzinfo=UTC)  # Wednesday 9:00 in Tokyo
    weeks = [first + 7 * week * DAY for week in range(4)]
    await book_directly(house, maya, [each + day * DAY for each in weeks for day in range(3)])
    await start(maya)
    await tap(maya, "My bookings (12)")
    assert {"Upcoming (12)", "Past (0)", "1", "10", "1 of 2"} <= set(labels(maya.last))
    await tap(maya, "›")
    assert [each for each in labels(maya.last) if each.isdigit()] == ["11", "12"]
    assert "Thu 26 Nov, 7:00–7:45 PM (New York time)" in text_of(await tap(maya, "12"))
    assert "2 of 2" in labels(await tap(maya, "Back"))
    await house.pass_time(8 * DAY)
    await start(maya)
    await tap(maya, "My bookings (9)", "Past (3)", "3")
    assert "Tue 3 Nov, 7:00–7:45 PM" in text_of(maya.last)
    await tap(maya, "Back")
    assert "Past (3)" in labels(maya.last)
    for page in (1, 5, 2**62):
        await forge(maya, pack(Bookings(Tab.UPCOMING, page)))
        assert {"Upcoming (9)", "Past (3)", "1", "9"} <= set(labels(maya.last))


@on_sqlite
async def test_a_card_shows_every_field_to_its_two_people_and_the_file_fits_both_clocks(
    house: House, maya: Phone
) -> None:
    yuki, lukas = house.phone("Yuki"), house.phone("Lukas")
    await arrive(yuki, None)
    await arrive(lukas, "Berlin")
    await tap(maya, "Book a session", "Yuki Tanaka", "Counseling session", "1 h 30 min", "Today", "6:00 PM")
    await tap(maya, "Add topic")
    await say(maya, SECRET_TOPIC)
    await tap(maya, "Add note")
    await say(maya, SECRET_NOTE)
    await tap(maya, "Audio call", "Continue", "Book session")
    assert "Session booked!" in text_of(maya.last)
    (booking,) = await house.bookings()
    assert booking["starts_at"] == datetime(2026, 11, 2, 23, tzinfo=UTC)
    assert (booking["zone"], booking["wall_start"]) == ("Asia/Tokyo", "2026-11-03T08:00")

    await tap(maya, "Home", "My bookings", "1")
    client_card = text_of(maya.last)
    await house.settle()
    await yuki.wait_for("New booking")
    await tap(yuki, "Details")
    counselor_card = text_of(yuki.last)
    for card in (client_card, counselor_card):
        for part in (
            "Counseling session", "✅ Confirmed", "1 h 30 min", "Audio call", "$80.00, pay the counselor",
            SECRET_TOPIC, SECRET_NOTE, booking["reference"], "Reminders on",
        ):  # fmt: skip
            assert part in card
    assert "Mon 2 Nov, 6:00–7:30 PM (New York time)" in client_card
    assert "For Yuki Tanaka: Tue 3 Nov, 8:00–9:30 AM (Tokyo time)" in client_card
    assert "Tue 3 Nov, 8:00–9:30 AM (Tokyo time)" in counselor_card
    assert "Client: Maya Okafor" in counselor_card

    for phone, title in (
        (maya, "Counseling session with Yuki Tanaka"),
        (yuki, "Counseling session with Maya Okafor"),
    ):
        event = _event(house, await tap(phone, ".ics"))
        assert (event["start"], event["end"]) == (booking["starts_at"], booking["ends_at"])
        assert (event["uid"], event["summary"], event["status"]) == (booking["uid"], title, "CONFIRMED")
    before = len(lukas.answers)
    for data in (pack(ShowBooking(booking["id"])), pack(CalendarFile(booking["id"]))):
        await forge(lukas, data)
        assert "Diese Buchung finde ich nicht." in text_of(lukas.last)
    assert not any("document" in each for each in lukas.answers[before:])


def _event(house: House, message: dict[str, Any]) -> dict[str, Any]:
    """The only event of the calendar file in a message; no word of the client's is in it."""
    assert house.program.sandbox is not None
    content = stored_file(house.program.sandbox.world, message["document"]["file_id"]).content
    assert SECRET_TOPIC.encode() not in content
    assert SECRET_NOTE.encode() not in content
    assert b"\r\nDTSTART:20261" in content
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    words = {name: str(event[name]) for name in ("uid", "summary", "status", "location")}
    return {**words, "start": event.decoded("dtstart"), "end": event.decoded("dtend")}


async def test_what_a_client_writes_stays_between_the_two(
    house: House, maya: Phone, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    ann = house.phone("Ann")
    await arrive(ann, None)
    await tap(maya, "Book a session", "Ann Rivera", "Counseling session", "45 min", "Tomorrow", "9:00 AM")
    await tap(maya, "Add topic")
    await say(maya, SECRET_TOPIC)
    await tap(maya, "Add note")
    await say(maya, SECRET_NOTE)
    await tap(maya, "Continue", "Book session")
    await ann.wait_for(SECRET_TOPIC)
    await tap(ann, "Approve")
    await maya.wait_for("is confirmed", button="Google")
    await house.pass_time(DAY)
    links = [
        each["url"]
        for phone in (maya, ann)
        for message in phone.answers
        for each in buttons_of(message)
        if "url" in each
    ]
    assert len(links) >= 6
    (booking,) = await house.bookings()
    assert (booking["topic"], booking["note"]) == (SECRET_TOPIC, SECRET_NOTE)
    trail = [
        *links,
        caplog.text,
        *map(str, await house.audit()),
        *map(str, await house.funnel()),
        *house.said,
    ]
    for word in ("Quentin", "Zanzibar"):
        assert not any(word in each for each in trail)


@on_sqlite
async def test_bookings_that_came_to_nothing_are_past(house: House, maya: Phone) -> None:
    ann = house.phone("Ann")
    await arrive(ann, None)
    await tap(maya, "Book a session", "Ann Rivera", "Counseling session", "45 min", "Tomorrow", "9:00 AM")
    await tap(maya, "Continue", "Book session")
    await ann.wait_for("New request")
    await start(maya)
    shown = await tap(maya, "My bookings (1)", "1")
    assert "🕓 Pending" in text_of(shown)
    assert "An answer comes by Tue 3 Nov, 4:00 AM (New York time)." in text_of(shown)
    await tap(ann, "Decline", "A colleague fits better")
    await maya.wait_for("cannot take your request")
    await start(maya)
    await tap(maya, "My bookings (0)", "Past (1)", "1")
    assert "❌ Declined" in text_of(maya.last)
    assert "The counselor thinks that a colleague fits better." in text_of(maya.last)
    assert not any("Google" in each for each in labels(maya.last))


@on_sqlite
async def test_the_file_of_a_request_says_that_it_is_not_agreed_yet(house: House, maya: Phone) -> None:
    await tap(maya, "Book a session", "Ann Rivera", "Session at", "1 h", "Tomorrow", "1:00 PM")
    await tap(maya, "Continue", "Book session")
    event = _event(house, await tap(maya, ".ics"))
    assert event["status"] == "TENTATIVE"
    assert event["location"] == "📍 In person, 12 Riverside Drive, New York, NY 10023"
