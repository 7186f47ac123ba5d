"""A counselor books for a client, who accepts, declines, does not answer, or would like another time."""

from datetime import timedelta

import pytest

from bot.callbacks import (
    Approve,
    BookForMenu,
    ConfirmBooking,
    Decline,
    DeclineReason,
    PickClient,
    PickTime,
    Reschedule,
    SendOffer,
    ShowTimes,
    pack,
)
from bot.sandbox.phone import Phone, text_of
from tests.journeys.conftest import House, arrive, data_of, forge, labels, on_sqlite, press, say, start, tap


@pytest.fixture
async def maya(house: House) -> Phone:
    """A client in New York, who is welcome already."""
    phone = house.phone("Maya")
    await arrive(phone)
    return phone


@pytest.fixture
async def ann(house: House) -> Phone:
    """The counselor who answers requests, and has clients."""
    phone = house.phone("Ann")
    await arrive(phone, None)
    return phone


async def pick(ann: Phone, name: str = "maya", time: str = "9:00 AM") -> None:
    """Pick a client by name, 45 minutes and a time tomorrow."""
    await start(ann)
    await tap(ann, "Book for a client")
    await say(ann, name)
    await press(ann, PickClient)
    await tap(ann, "Counseling session", "45 min", "Tomorrow", time)


async def ask(house: House, ann: Phone, name: str = "maya", time: str = "9:00 AM") -> None:
    """The same, and ask them."""
    await pick(ann, name, time)
    await press(ann, ConfirmBooking)
    await house.settle()


async def test_a_client_accepts_what_was_booked_for_them(house: House, maya: Phone, ann: Phone) -> None:
    await start(ann)
    shown = await tap(ann, "Book for a client")
    assert "You may also write a name, or the reference of a booking." in text_of(shown)
    shown = await say(ann, "okafor")
    assert labels(shown)[0] == "Maya Okafor"
    await tap(ann, "Maya Okafor")
    assert text_of(ann.last).startswith("Book for a client\nMaya Okafor")
    await tap(ann, "Counseling session", "45 min", "Tomorrow", "9:00 AM", "Add topic")
    assert "Only Maya Okafor and you read this." in text_of(ann.last)
    shown = await say(ann, "Our second talk")
    assert "Our second talk" in text_of(shown)
    assert "Maya Okafor is asked now, and has until" in text_of(shown)
    await tap(ann, "Ask Maya Okafor")
    assert "📨 Maya Okafor is asked" in text_of(ann.last)
    (booking,) = await house.bookings("pending")
    assert (booking["awaits"], booking["topic"]) == ("client", "Our second talk")
    await house.settle()
    asked = await maya.wait_for("Ann Rivera has picked a time for you", button="Accept")
    assert "Tue 3 Nov, 9:00–9:45 AM (New York time)" in text_of(asked)
    assert "Our second talk" in text_of(asked)
    assert labels(asked) == ["✅ Accept", "✖️ Decline", "🔄 Propose another time", "📄 Details"]
    await tap(maya, "Accept")
    assert "✅ Confirmed" in text_of(maya.last)
    await house.settle()
    told = await ann.wait_for("✅ Maya Okafor has accepted")
    assert "Google" in labels(told)
    assert [row["status"] for row in await house.bookings()] == ["confirmed"]
    trail = [(row["action"], row["actor_id"]) for row in await house.audit() if row["booking_id"]]
    assert trail == [
        ("booking.requested", (await house.person_row(ann))["id"]),
        ("booking.confirmed", (await house.person_row(maya))["id"]),
    ]
    await house.pass_time(timedelta(hours=5))
    for phone in (maya, ann):
        await phone.wait_for("Your session starts in 24 hours")


async def test_a_client_declines_and_the_counselor_picks_another_time(
    house: House, maya: Phone, ann: Phone
) -> None:
    await ask(house, ann)
    asked = await maya.wait_for("Ann Rivera has picked a time for you")
    accept = data_of(asked, "Accept")
    await tap(maya, "Decline")
    assert "❌ Declined" in text_of(maya.last)
    await house.settle()
    await ann.wait_for("❌ Maya Okafor cannot take this time", button="Pick another time")
    assert await forge(maya, accept, asked["message_id"]) == "This has been decided already."
    await tap(ann, "Pick another time")
    assert text_of(ann.last).startswith("Book for a client\nMaya Okafor")
    assert [row["status"] for row in await house.bookings()] == ["declined"]


async def test_a_client_who_does_not_answer_is_reminded_and_then_the_time_is_free(
    house: House, maya: Phone, ann: Phone
) -> None:
    await ask(house, ann)
    made = house.clock.now()
    (booking,) = await house.bookings("pending")
    deadline = booking["expires_at"]
    assert deadline == min(made + timedelta(hours=24), booking["starts_at"] - timedelta(hours=2))
    asked = await maya.wait_for("Ann Rivera has picked a time for you")
    accept = data_of(asked, "Accept")
    await house.pass_time((deadline - made) * 2 / 3)
    await maya.wait_for("⏰ Ann Rivera is waiting for your answer", button="Accept")
    await house.pass_time(deadline - house.clock.now())
    await maya.wait_for("The time that Ann Rivera has picked is no longer kept for you")
    await ann.wait_for("⌛ Maya Okafor has not answered in time", button="Pick another time")
    assert [row["status"] for row in await house.bookings()] == ["expired"]
    assert await forge(maya, accept, asked["message_id"]) == "This has been decided already."


async def test_a_client_would_like_another_time(house: House, maya: Phone, ann: Phone) -> None:
    await ask(house, ann)
    await maya.wait_for("Ann Rivera has picked a time for you")
    await press(maya, Reschedule)
    await tap(maya, "Tomorrow")
    await press(maya, PickTime, SendOffer)
    await house.settle()
    await ann.wait_for("Maya Okafor would like to move your session", button="Accept the new time")
    await tap(ann, "Accept the new time")
    (booking,) = await house.bookings()
    assert (booking["status"], booking["sequence"]) == ("confirmed", 1)


@pytest.mark.usefixtures("maya")
async def test_it_waits_for_the_client_in_the_counselor_s_lists(house: House, ann: Phone) -> None:
    await ask(house, ann)
    await say(ann, "/requests")
    assert "No open requests." in text_of(ann.last)
    (booking,) = await house.bookings("pending")
    for callback in (
        Approve(booking["id"], booking["version"]),
        Decline(booking["id"], booking["version"], DeclineReason.TIME),
    ):
        await forge(ann, pack(callback))
        assert "I cannot find this booking." in text_of(ann.last)
    await start(ann, f"b-{booking['reference']}")
    assert "An answer comes by" in text_of(ann.last)
    assert not {"✅ Approve", "✖️ Decline"} & set(labels(ann.last))
    assert "✖️ Cancel the session" in labels(ann.last)


async def test_what_is_in_the_client_s_way_is_not_offered(maya: Phone, ann: Phone) -> None:
    await tap(maya, "Book a session", "Jonas Weber", "Counseling session", "45 min", "Tomorrow")
    await tap(maya, "9:00 AM", "Continue", "Book session")
    await start(ann)
    await tap(ann, "Book for a client")
    await say(ann, "Maya")
    await press(ann, PickClient)
    await tap(ann, "Counseling session", "45 min", "Tomorrow")
    assert "9:00 AM" not in labels(ann.last)
    assert "10:00 AM" in labels(ann.last)


@pytest.mark.usefixtures("maya")
async def test_a_time_that_was_taken_meanwhile_is_told_with_others(house: House, ann: Phone) -> None:
    lukas = house.phone("Lukas")
    await arrive(lukas)
    await pick(ann, "maya", "10:00 AM")
    await start(lukas)
    await tap(lukas, "buchen", "Ann Rivera")
    await tap(lukas, "Counseling", "45")
    await say(lukas, "morgen 10 Uhr")
    shown = await press(ann, ConfirmBooking)
    assert "This time is no longer available. Select another." in text_of(shown)
    await press(ann, PickTime, ConfirmBooking)
    assert "📨 Maya Okafor is asked" in text_of(ann.last)


async def test_only_counselors_book_for_others(maya: Phone, ann: Phone) -> None:
    for callback in (BookForMenu(), PickClient(1)):
        await forge(maya, pack(callback))
        assert "This button belongs to somebody else." in text_of(maya.last)
    await tap(ann, "Book for a client")
    shown = await say(ann, "Nobody Known")
    assert "I know nobody by the name “Nobody Known”." in text_of(shown)
    await forge(ann, pack(PickClient(10**9)))
    assert "I cannot find this person." in text_of(ann.last)


@on_sqlite
async def test_a_blocked_chat_is_told_to_the_counselor(house: House, maya: Phone, ann: Phone) -> None:
    await maya.block()
    await house.settle()
    await start(ann)
    await tap(ann, "Book for a client")
    await say(ann, "maya")
    shown = await press(ann, PickClient)
    assert "I cannot reach Maya Okafor in the chat at the moment." in text_of(shown)


@pytest.mark.usefixtures("maya")
@on_sqlite
async def test_old_buttons_of_a_finished_run_show_the_booking(house: House, ann: Phone) -> None:
    await pick(ann)
    wizard, confirm = ann.last["message_id"], data_of(ann.last, "Ask Maya")
    back = data_of(ann.last, "Back")
    await forge(ann, confirm, wizard)
    for data in (confirm, back):
        await forge(ann, data, wizard)
        assert "🕓 Pending" in text_of(ann.last)
    assert len(await house.bookings("pending")) == 1


@on_sqlite
async def test_in_german(house: House, ann: Phone) -> None:
    lukas = house.phone("Lukas")
    await arrive(lukas)
    await ask(house, ann, "Lukas", "9:30 AM")
    asked = await lukas.wait_for("Ann Rivera hat eine Zeit für Sie ausgesucht", button="Zusagen")
    assert "Bitte antworten Sie bis" in text_of(asked)
    await tap(lukas, "Zusagen")
    assert "Bestätigt" in text_of(lukas.last)


@pytest.mark.usefixtures("maya")
async def test_nothing_is_left_over_when_the_counselor_leaves(house: House, ann: Phone) -> None:
    await pick(ann)
    await press(ann, ShowTimes)
    await tap(ann, "Leave")
    assert await house.bookings() == []
    assert [row["name"] for row in await house.funnel() if row["person_id"]] == []
