"""Days on which clocks change: two people in different zones, and hours that come twice."""

from datetime import UTC, datetime

import pytest

from bot.callbacks import Book, ConfirmBooking, PickTime, ShowConfirm, unpack
from bot.sandbox.phone import buttons_of, text_of
from core.ports.clock import FixedClock, OffsetClock
from tests.journeys.conftest import House, arrive, on_sqlite, press, say, start, tap


@pytest.fixture
def clock() -> OffsetClock:
    """The Friday before Europe's clocks go back."""
    return OffsetClock(FixedClock(datetime(2026, 10, 23, 9, tzinfo=UTC)))


@on_sqlite
async def test_the_hour_that_comes_twice_is_offered_twice_and_told_apart(house: House) -> None:
    lukas = house.phone("Lukas")
    await start(lukas)
    await tap(lukas, "English")
    await arrive(lukas, "Berlin")
    await tap(lukas, "Book a session", "Yuki Tanaka", "Introductory")
    await say(lukas, "25.10.")
    buttons = [each for each in buttons_of(lukas.last) if isinstance(unpack(each["callback_data"]), PickTime)]
    names = [each["text"] for each in buttons]
    assert len(set(names)) == len(names)
    twice = [each for each in names if each.startswith("2:00")]
    assert twice == ["2:00 AM (UTC+2)", "2:00 AM (UTC+1)"]
    await tap(lukas, "2:00 AM (UTC+1)")
    assert "2:00 AM (UTC+1)" in text_of(lukas.last)
    await tap(lukas, "Continue", "Book session")
    assert "Session booked!" in text_of(lukas.last)
    (booking,) = await house.bookings()
    assert booking["starts_at"] == datetime(2026, 10, 25, 1, tzinfo=UTC)
    assert booking["wall_start"] == "2026-10-25T10:00"

    yuki = house.phone("Yuki")
    await arrive(yuki, None, f"b-{booking['reference']}")
    assert "Sun 25 Oct, 10:00–10:45 AM (Tokyo time)" in text_of(yuki.last)


async def test_the_next_slot_goes_to_somebody_in_another_zone_and_all_read_their_own_clocks(
    house: House,
) -> None:
    maya, lukas, yuki = house.phone("Maya"), house.phone("Lukas"), house.phone("Yuki")
    await arrive(yuki, None)
    await arrive(maya)
    await arrive(lukas, "Berlin")
    seen = yuki.last["message_id"]
    await tap(maya, "Book a session", "Yuki Tanaka", "Introductory")
    await say(maya, "27.10.")
    await tap(maya, "7:00 PM", "Continue", "Book session")
    assert "Tue 27 Oct, 7:00–7:45 PM (New York time)" in text_of(maya.last)
    await press(lukas, Book)
    await tap(lukas, "Yuki Tanaka", "Introductory")
    await say(lukas, "28.10.")
    times = [
        each["text"] for each in buttons_of(lukas.last) if isinstance(unpack(each["callback_data"]), PickTime)
    ]
    assert times[0] == "01:00"
    await tap(lukas, "01:00")
    await press(lukas, ShowConfirm, ConfirmBooking)
    assert "28. Okt., 01:00–01:45 (Ortszeit Berlin)" in text_of(lukas.last)

    first, second = await house.bookings("confirmed")
    assert (first["starts_at"], second["starts_at"]) == (
        datetime(2026, 10, 27, 23, tzinfo=UTC),
        datetime(2026, 10, 28, 0, tzinfo=UTC),
    )
    await house.settle()
    cards = [text_of(each) for each in yuki.answers if each["message_id"] > seen]
    assert "Wed 28 Oct, 8:00–8:45 AM (Tokyo time)" in cards[0]
    assert "For Maya Okafor: Tue 27 Oct, 7:00–7:45 PM (New York time)" in cards[0]
    assert "Wed 28 Oct, 9:00–9:45 AM (Tokyo time)" in cards[1]
    assert "For Lukas Braun: Wed 28 Oct, 1:00–1:45 AM (Berlin time)" in cards[1]
