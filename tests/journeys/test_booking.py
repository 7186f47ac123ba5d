"""Booking, from the first contact to the reminder, in request and in instant mode."""

from datetime import timedelta

from bot.sandbox.phone import text_of
from tests.journeys.conftest import House, arrive, labels, say, tap


async def test_a_request_is_approved_with_one_tap_and_both_are_reminded(house: House) -> None:
    maya, ann = house.phone("Maya"), house.phone("Ann")
    await arrive(ann, None)
    await arrive(maya)
    await tap(maya, "Book a session")
    await tap(maya, "Ann Rivera")
    await tap(maya, "Counseling session")
    await tap(maya, "45 min")
    await tap(maya, "Tomorrow")
    times = labels(maya.last)
    assert "9:00 AM" in times
    await tap(maya, "9:00 AM")
    await tap(maya, "Add topic")
    await say(maya, "A quiet talk")
    await tap(maya, "Continue")
    summary = text_of(maya.last)
    assert "A quiet talk" in summary
    assert "New York time" in summary
    await tap(maya, "Book session")
    assert "Request sent" in text_of(maya.last)

    request = await ann.wait_for("New request", button="Approve")
    assert "Maya Okafor" in text_of(request)
    assert "A quiet talk" in text_of(request)
    await tap(ann, "Approve")
    assert "Request approved" in text_of(ann.last)
    await maya.wait_for("Your session is confirmed")

    await house.pass_time(timedelta(hours=5))
    for phone in (maya, ann):
        await phone.wait_for("Your session starts in 24 hours")
    await house.pass_time(timedelta(hours=23))
    for phone in (maya, ann):
        await phone.wait_for("Your session starts in 1 hour")
