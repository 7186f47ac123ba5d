"""The admin acts for somebody: finds a booking, cancels it, or proposes another time for one side."""

import pytest

from bot.callbacks import FindBooking, PickTime, ProposeFor, SendOffer, TheirBookings, pack
from bot.sandbox.phone import Phone, text_of
from core.domain.side import Side
from tests.journeys.conftest import House, arrive, data_of, forge, labels, on_sqlite, press, say, start, tap


@pytest.fixture
async def maya(house: House) -> Phone:
    """A client with a session that Ann has approved."""
    phone, ann = house.phone("Maya"), house.phone("Ann")
    await arrive(phone)
    await arrive(ann, None)
    await tap(phone, "Book a session", "Ann Rivera", "Counseling session", "45 min", "Tomorrow", "9:00 AM")
    await tap(phone, "Continue", "Book session")
    await house.settle()
    await tap(ann, "Approve")
    await house.settle()
    return phone


@pytest.fixture
async def robin(maya: Phone, house: House) -> Phone:
    """The admin, who comes when Maya's session is agreed already."""
    assert "Confirmed" in text_of(maya.last) or "confirmed" in text_of(maya.last)
    phone = house.phone("Robin")
    await arrive(phone)
    return phone


async def card(house: House, robin: Phone) -> None:
    """Open the card of Maya's session by its reference."""
    (booking,) = await house.bookings()
    await start(robin)
    await tap(robin, "Run the practice", "Find a booking")
    await say(robin, booking["reference"].lower())


async def test_the_admin_cancels_for_the_practice_and_both_are_told(
    house: House, maya: Phone, robin: Phone
) -> None:
    ann = house.phone("Ann")
    await card(house, robin)
    shown = text_of(robin.last)
    assert "Counselor: Ann Rivera" in shown
    assert "Client: Maya Okafor" in shown
    await tap(robin, "Cancel the session")
    await tap(robin, "Illness")
    assert "Maya Okafor gets back 100%" in text_of(robin.last)
    await say(robin, "Ann has a fever.")
    await tap(robin, "Yes, cancel the session")
    assert "Cancelled" in text_of(robin.last)
    await house.settle()
    for phone, name in ((maya, "Ann Rivera"), (ann, "Maya Okafor")):
        told = await phone.wait_for(f"Your session with {name} is cancelled")
        assert "Ann has a fever." in text_of(told)
    (booking,) = await house.bookings()
    assert (booking["status"], booking["cancelled_by"], booking["refund_percent"]) == (
        "cancelled",
        "counselor",
        100,
    )
    entry = (await house.audit())[-1]
    assert (entry["action"], entry["actor_id"], entry["details"]["party"]) == (
        "booking.cancelled",
        (await house.person_row(robin))["id"],
        "admin",
    )


async def test_a_person_is_found_by_name_with_their_bookings(robin: Phone) -> None:
    await tap(robin, "Run the practice", "Find a booking")
    shown = await say(robin, "nobody at all")
    assert "I find neither a booking nor a person for “nobody at all”." in text_of(shown)
    shown = await say(robin, "ZZZZZZZ")
    assert "I find neither a booking nor a person for “ZZZZZZZ”." in text_of(shown)
    shown = await say(robin, "rivera")
    assert labels(shown)[0] == "Ann Rivera"
    shown = await tap(robin, "Ann Rivera")
    assert "As client" in text_of(shown)
    assert "There is nothing here." in text_of(shown)
    shown = await tap(robin, "As counselor")
    assert "1. Counseling session · ✅ Confirmed\nMaya Okafor" in text_of(shown)
    await tap(robin, "Past (0)")
    assert "There is nothing here." in text_of(robin.last)
    await tap(robin, "Upcoming (1)", "1")
    assert "Client: Maya Okafor" in text_of(robin.last)


@pytest.mark.parametrize(
    ("side", "told", "asked"), [("Maya Okafor", "Maya", "Ann"), ("Ann Rivera", "Ann", "Maya")]
)
async def test_another_time_is_proposed_on_behalf_of_one_side(
    house: House, robin: Phone, side: str, told: str, asked: str
) -> None:
    await card(house, robin)
    shown = await tap(robin, "Propose another time")
    assert "On whose behalf?" in text_of(shown)
    await tap(robin, f"For {side}", "Tomorrow")
    assert "9:00 AM" not in labels(robin.last)
    await press(robin, PickTime)
    other = {"Maya": "Maya Okafor", "Ann": "Ann Rivera"}[asked]
    assert f"{other} has until" in text_of(robin.last)
    await press(robin, SendOffer)
    await house.settle()
    news = await house.phone(told).wait_for("The practice has proposed another time for you")
    assert f"{other} has until" in text_of(news)
    await house.phone(asked).wait_for("would like to move your session", button="Accept the new time")
    await tap(house.phone(asked), "Accept the new time")
    (booking,) = await house.bookings()
    assert (booking["status"], booking["sequence"]) == ("confirmed", 2)
    moves = (booking["client_reschedules"], booking["counselor_reschedules"])
    assert moves == ((1, 0) if told == "Maya" else (0, 1))
    entry = next(each for each in await house.audit() if each["action"] == "reschedule.requested")
    assert entry["actor_id"] == (await house.person_row(robin))["id"]


async def test_nobody_else_acts_for_others(house: House, maya: Phone) -> None:
    ann, jonas = house.phone("Ann"), house.phone("Jonas")
    await start(jonas)
    (booking,) = await house.bookings()
    for phone in (maya, ann, jonas):
        for callback in (FindBooking(), TheirBookings(booking["client_id"])):
            await forge(phone, pack(callback))
            assert "somebody else" in text_of(phone.last) or "jemand" in text_of(phone.last)
        for side in Side:
            await forge(phone, pack(ProposeFor(booking["id"], side)))
    await house.settle()
    assert (await house.bookings())[0]["version"] == booking["version"]


@on_sqlite
async def test_an_old_card_of_the_admin_says_what_is_true_now(
    house: House, maya: Phone, robin: Phone
) -> None:
    await card(house, robin)
    card_message, cancel = robin.last["message_id"], data_of(robin.last, "Cancel the session")
    move = data_of(robin.last, "Propose another time")
    await start(maya)
    await tap(maya, "My bookings", "1", "Cancel the session", "Another reason", "Yes, cancel the session")
    for data in (cancel, move):
        assert await forge(robin, data, card_message) == "This has been decided already."
        assert "Cancelled" in text_of(robin.last)
