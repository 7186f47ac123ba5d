"""A request from the counselor's side: the answer by one tap, the nudge, and the end of waiting."""

from datetime import timedelta

import pytest

from bot.callbacks import (
    Approve,
    Decline,
    DeclineMenu,
    DeclineReason,
    pack,
)
from bot.sandbox.phone import Phone, text_of
from tests.journeys.conftest import (
    House,
    Json,
    arrive,
    data_of,
    forge,
    labels,
    on_sqlite,
    say,
    start,
    tap,
)

REASONS = {
    "This time does not suit me": "This time does not suit the counselor.",
    "No room for more sessions": "The counselor has no room for more sessions at the moment.",
    "A colleague fits better": "The counselor thinks that a colleague fits better.",
    "I need to know more first": "The counselor would like to know more first.",
    "Another reason": "",
}
SETTLED = "This has been decided already."


@pytest.fixture
async def maya(house: House) -> Phone:
    """A client in New York, who is welcome already."""
    phone = house.phone("Maya")
    await arrive(phone)
    return phone


@pytest.fixture
async def ann(house: House) -> Phone:
    """The counselor who answers requests."""
    phone = house.phone("Ann")
    await arrive(phone, None)
    return phone


async def request(phone: Phone, day: str = "tomorrow", time: str = "9:00 AM") -> Json:
    """Ask Ann for 45 minutes."""
    await tap(phone, "Book a session", "Ann Rivera", "Counseling session", "45 min")
    await say(phone, day)
    await tap(phone, time, "Continue", "Book session")
    assert "Request sent" in text_of(phone.last)
    return phone.last


@on_sqlite
async def test_a_request_is_declined_for_each_of_the_reasons(house: House, maya: Phone, ann: Phone) -> None:
    for number, (reason, told) in enumerate(REASONS.items()):
        await start(maya)
        await request(maya)
        await house.settle()
        card = await ann.wait_for("New request", button="Decline")
        before = maya.last["message_id"]
        await tap(ann, "Decline")
        assert labels(ann.last) == [*REASONS, "‹ Back"]
        await tap(ann, "Back")
        assert "New request" in text_of(ann.last)
        await tap(ann, "Decline", reason)
        assert "❌ Request declined" in text_of(ann.last)
        assert ann.last["message_id"] == card["message_id"]
        news = await maya.wait_for("Ann Rivera cannot take your request.", after=before)
        assert told in text_of(news)
        assert labels(news) == ["📅 Find another time", "📄 Details"]
        assert len(await house.bookings("declined")) == number + 1
        if number < len(REASONS) - 1:
            await tap(ann, "Home")
    await tap(maya, "Find another time")
    assert "9:00 AM" in labels(await tap(maya, "Tomorrow"))


async def test_an_unanswered_request_is_nudged_and_then_expires_at_its_deadline(
    house: House, maya: Phone, ann: Phone
) -> None:
    await request(maya)
    made = house.clock.now()
    (booking,) = await house.bookings("pending")
    deadline = booking["expires_at"]
    assert deadline == min(made + timedelta(hours=24), booking["starts_at"] - timedelta(hours=2))
    first = await ann.wait_for("New request")
    approve, menu = data_of(first, "Approve"), data_of(first, "Decline")
    await house.pass_time((deadline - made) * 2 / 3)
    nudge = await ann.wait_for("A request is waiting for your answer", button="Approve")
    await house.pass_time(deadline - house.clock.now() - timedelta(seconds=1))
    assert len(await house.bookings("pending")) == 1
    await house.pass_time(timedelta(seconds=1))
    assert len(await house.bookings("expired")) == 1
    await maya.wait_for("Sorry, Ann Rivera did not answer your request in time.", button="Find another time")
    await ann.wait_for("Request expired without an answer")
    declined = pack(Decline(booking["id"], booking["version"], DeclineReason.TIME))
    for data in (approve, menu, declined):
        assert await forge(ann, data, nudge["message_id"]) == SETTLED
    shown = next(each for each in ann.answers if each["message_id"] == nudge["message_id"])
    assert "Request expired without an answer" in text_of(shown)
    assert [each["status"] for each in await house.bookings()] == ["expired"]


@on_sqlite
async def test_the_deadline_depends_on_how_near_the_start_is(house: House, maya: Phone) -> None:
    waits = []
    for day, passed in (("9.11.", 0), ("today", 0), ("today", 3)):
        await house.pass_time(timedelta(hours=passed))
        await request(maya, day)
        newest = (await house.bookings("pending"))[-1]
        waits.append(newest["expires_at"] - newest["created_at"])
        await start(maya)
    assert waits == [timedelta(hours=24), timedelta(hours=3), timedelta(minutes=30)]


async def test_a_late_answer_finds_the_request_expired(house: House, maya: Phone, ann: Phone) -> None:
    await request(maya)
    card = await ann.wait_for("New request", button="Approve")
    (booking,) = await house.bookings()
    approve = pack(Approve(booking["id"], booking["version"]))
    await house.settle()
    house.program.runner.stop()
    await house.clock.advance(booking["expires_at"] - house.clock.now())
    assert await forge(ann, approve, card["message_id"]) == "This request has expired."
    assert "Request expired without an answer" in text_of(ann.last)
    assert [each["status"] for each in await house.bookings()] == ["pending"]
    await house.settle()
    assert [each["status"] for each in await house.bookings()] == ["expired"]


async def test_the_second_answer_changes_nothing(house: House, maya: Phone, ann: Phone) -> None:
    await request(maya)
    card = await ann.wait_for("New request")
    approve, menu = data_of(card, "Approve"), data_of(card, "Decline")
    await forge(ann, menu, card["message_id"])
    decline = data_of(ann.last, "Another reason")
    await forge(ann, approve, card["message_id"])
    before = await house.bookings()
    assert before[0]["status"] == "confirmed"
    for data in (approve, menu, decline):
        assert await forge(ann, data, card["message_id"]) == SETTLED
        assert "✅ Request approved" in text_of(ann.last)
    assert await house.bookings() == before
    await house.settle()
    assert len([each for each in maya.answers if "is confirmed" in text_of(each)]) == 1


async def test_requests_are_listed_by_urgency_and_answered_from_the_list(
    house: House, maya: Phone, ann: Phone
) -> None:
    for day in ("9.11.", "5.11.", "today"):
        await start(maya)
        await request(maya, day)
    await house.settle()
    await say(ann, "/requests")
    shown = text_of(ann.last)
    assert shown.index("Mon 2 Nov") < shown.index("Mon 9 Nov") < shown.index("Thu 5 Nov")
    assert labels(ann.last)[:3] == ["1", "2", "3"]
    await tap(ann, "1", "Approve")
    assert "Request approved" in text_of(ann.last)
    await tap(ann, "Requests")
    assert labels(ann.last)[:2] == ["1", "2"]
    await tap(ann, "Home")
    assert "📨 Requests (2)" in labels(ann.last)


@on_sqlite
async def test_only_the_booking_s_own_counselor_answers(house: House, maya: Phone, ann: Phone) -> None:
    robin, jonas = house.phone("Robin"), house.phone("Jonas")
    await arrive(robin)
    await start(jonas)
    await request(maya)
    await ann.wait_for("New request")
    (booking,) = await house.bookings()
    shown = await start(robin, f"b-{booking['reference']}")
    assert "Client: Maya Okafor" in text_of(shown)
    assert not any("Approve" in each for each in labels(shown))
    before = await house.bookings()
    for phone in (robin, jonas, maya):
        for answer in (
            Approve(booking["id"], booking["version"]),
            DeclineMenu(booking["id"], booking["version"]),
            Decline(booking["id"], booking["version"], DeclineReason.OTHER),
        ):
            await forge(phone, pack(answer))
            assert await house.bookings() == before
    assert "I did not understand that." in text_of(await say(maya, "/requests"))


@on_sqlite
async def test_why_a_time_is_not_offered_is_told_to_those_who_work_here(maya: Phone, ann: Phone) -> None:
    await request(maya)
    await say(ann, "/why")
    for typed, answer in {
        "tomorrow 9am": "There is a booking at this time",
        "tomorrow 9:30am": "There is a booking at this time",
        "tomorrow 10am": "✅ This time is offered.",
        "tomorrow 10:10am": "not on the slot interval",
        "sunday 10am": "outside the weekly hours",
        "1.6.2027 10am": "the booking window ends on",
        "31.12.9999 10am": "I did not understand this date.",
        "whenever": "I did not understand this date.",
    }.items():
        assert answer in text_of(await say(ann, typed)), typed
    assert "I did not understand that." in text_of(await say(maya, "/why"))


@on_sqlite
async def test_the_counselor_may_answer_before_any_first_question(house: House, maya: Phone) -> None:
    ann = house.phone("Ann")
    await start(ann)
    await request(maya)
    await ann.wait_for("New request", button="Approve")
    await tap(ann, "Approve")
    assert "Request approved" in text_of(ann.last)
    assert "Requests" in text_of(await say(ann, "/requests"))
    assert (await house.person_row(ann))["consented_at"] is None
