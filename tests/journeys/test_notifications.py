"""Who is told of what, when, and what happens when a chat does not take it."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from bot.sandbox.limits import Limits, Pace
from bot.sandbox.phone import Phone, text_of
from core.domain.access import Actor
from core.kit.config import Settings
from core.ports.clock import OffsetClock
from core.services.booking import Details
from core.services.offers import Wanted
from tests.journeys.conftest import (
    House,
    arrive,
    at_work,
    carried_out,
    on_sqlite,
    say,
    start,
    tap,
)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


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


async def book(phone: Phone, kind: str, day: str, hour: str) -> None:
    """Book 45 minutes with Ann; an introductory session is booked at once, others are requests."""
    await tap(phone, "Book a session", "Ann Rivera", kind)
    if kind.startswith("Counseling"):
        await tap(phone, "45 min")
    await say(phone, day)
    await tap(phone, hour, "Continue", "Book session")


def heads(phone: Phone, after: int = 0) -> list[str]:
    """The first lines of the bot's messages that are newer than one."""
    return [text_of(each).splitlines()[0] for each in phone.answers if each["message_id"] > after]


def reminders(phone: Phone, after: int = 0) -> list[str]:
    """How long before the start the reminders newer than a message came."""
    words = "🔔 Your session starts in "
    return [each.removeprefix(words) for each in heads(phone, after) if each.startswith(words)]


def newest(phone: Phone) -> int:
    """The number of the bot's newest message."""
    return int(phone.last["message_id"])


async def test_everybody_is_told_what_others_did_and_nobody_what_they_did_themselves(
    house: House, maya: Phone, ann: Phone
) -> None:
    seen = newest(ann)
    await book(maya, "Counseling session", "tomorrow", "9:00 AM")
    made = newest(maya)
    await house.settle()
    assert heads(ann, seen) == ["📨 New request"]
    assert heads(maya, made) == []
    await tap(ann, "Approve")
    await house.settle()
    assert heads(maya, made) == ["✅ Your session is confirmed"]
    assert heads(ann, seen) == ["✅ Request approved"]

    seen = newest(ann)
    await start(maya)
    await book(maya, "Introductory", "tomorrow", "1:00 PM")
    made = newest(maya)
    await house.settle()
    assert heads(ann, seen) == ["📅 New booking"]
    assert heads(maya, made) == []
    assert "Add to calendar:" in text_of(ann.last)


async def test_a_blocked_chat_is_remembered_until_the_person_comes_back(
    house: House, maya: Phone, ann: Phone
) -> None:
    await book(maya, "Counseling session", "4.11.", "9:00 AM")
    await ann.wait_for("New request")
    await maya.block()
    await carried_out(maya)
    assert (await house.person_row(maya))["chat_blocked"]
    made = newest(maya)
    await tap(ann, "Approve")
    await house.settle()
    assert heads(maya, made) == []
    await start(maya)
    assert not (await house.person_row(maya))["chat_blocked"]
    assert "Your next session:" in text_of(maya.last)
    made = newest(maya)
    await house.pass_time(2 * DAY)
    assert reminders(maya, made) == ["5 hours"]


async def test_a_chat_that_refuses_a_message_is_not_tried_again(
    house: House, maya: Phone, ann: Phone
) -> None:
    await book(maya, "Counseling session", "4.11.", "9:00 AM")
    await ann.wait_for("New request")
    assert house.program.sandbox is not None
    house.program.sandbox.world.chats[maya.person.id].blocked = True  # and no word of it reaches the bot
    await tap(ann, "Approve")
    await house.settle()
    assert (await house.person_row(maya))["chat_blocked"]
    assert [each["status"] for each in await house.bookings()] == ["confirmed"]


async def test_reminders_come_a_day_and_an_hour_before_to_those_who_want_them(
    house: House, maya: Phone, ann: Phone
) -> None:
    await book(maya, "Introductory", "4.11.", "9:00 AM")
    await start(maya)
    await tap(maya, "Book a session", "Ann Rivera", "Introductory")
    await say(maya, "5.11.")
    await tap(maya, "1:00 PM", "Turn reminders off", "Continue", "Book session")
    await start(maya)
    await book(maya, "Introductory", "today", "11:00 AM")
    await house.settle()
    theirs, ours = newest(maya), newest(ann)
    await house.pass_time(6 * HOUR)
    assert reminders(maya, theirs) == ["1 hour"]
    assert reminders(ann, ours) == ["1 hour"]
    await house.pass_time(23 * HOUR)
    assert reminders(maya, theirs) == ["1 hour", "24 hours"]
    await say(ann, "/settings")
    await tap(ann, "Turn reminders off")
    ours, theirs = newest(ann), newest(maya)
    await house.pass_time(23 * HOUR)
    assert reminders(maya, theirs) == ["1 hour"]
    await house.pass_time(2 * DAY)
    assert reminders(maya, theirs) == ["1 hour"]
    assert reminders(ann, ours) == []


@on_sqlite
async def test_nobody_is_reminded_of_what_was_declined_or_expired(
    house: House, maya: Phone, ann: Phone
) -> None:
    await book(maya, "Counseling session", "4.11.", "9:00 AM")
    await ann.wait_for("New request")
    await tap(ann, "Decline", "Another reason")
    await start(maya)
    await book(maya, "Counseling session", "5.11.", "9:00 AM")
    for _ in range(8):
        await house.pass_time(DAY / 2)
    assert [reminders(phone) for phone in (maya, ann)] == [[], []]
    assert sorted(each["status"] for each in await house.bookings()) == ["declined", "expired"]


async def test_messages_to_one_chat_keep_their_order_at_the_pace_telegram_allows(
    house: House, maya: Phone, ann: Phone
) -> None:
    assert house.program.sandbox is not None
    seen = newest(ann)
    house.program.sandbox.world.pace = Pace(Limits(chat_burst=2))
    references = await _six_requests(house, maya)
    await house.settle()
    arrived = [len(heads(ann, seen))]
    for _ in range(6):
        await house.pass_time(timedelta(seconds=1))
        arrived.append(len(heads(ann, seen)))
    assert arrived == [2, 3, 4, 5, 6, 6, 6]
    cards = [text_of(each) for each in ann.answers if each["message_id"] > seen]
    assert [reference in card for reference, card in zip(references, cards, strict=True)] == [True] * 6


async def _six_requests(house: House, phone: Phone) -> list[str]:
    core = house.program.core
    async with house.program.store.read() as uow:
        person = await uow.people.by_telegram(phone.person.id)
        practice = await uow.practice()
    actor = Actor(person=person)
    ann = next(each for each in practice.counselors.values() if each.slug == "ann")
    kind = next(each for each in practice.session_types.values() if each.slug == "counseling")
    wanted = Wanted(counselor_id=ann.id, session_type_id=kind.id, minutes=45)
    made = []
    for day in (3, 4, 5, 6, 9, 10):
        hold = await core.holds.take(actor, wanted, datetime(2026, 11, day, 14, tzinfo=UTC), 0)
        booking = await core.bookings.request(actor, hold.id, Details())
        made.append(booking.reference)
    return made


class Ticking:
    """A clock that runs on from a Monday in November."""

    def __init__(self) -> None:
        self._start = time.monotonic()

    def now(self) -> datetime:
        """The present moment there."""
        return datetime(2026, 11, 2, 9, tzinfo=UTC) + timedelta(seconds=time.monotonic() - self._start)


@on_sqlite
async def test_quick_thumbs_wait_for_telegrams_pace_and_lose_nothing(settings: Settings) -> None:
    async with at_work(settings, OffsetClock(Ticking())) as house:
        assert house.program.sandbox is not None
        maya = house.phone("Maya")
        await arrive(maya)
        house.program.sandbox.world.pace = Pace(Limits(chat_burst=1))
        taps = [await maya.tap(label) for label in ("Book a session", "Settings", "My bookings")]
        await carried_out(maya)
        assert [tap.answered for tap in taps] == [True, True, True]
        assert "My bookings" in text_of(maya.last)


async def test_reminders_outlast_a_restart(settings: Settings, clock: OffsetClock) -> None:
    async with at_work(settings, clock) as house:
        maya, ann = house.phone("Maya"), house.phone("Ann")
        await arrive(ann, None)
        await arrive(maya)
        await book(maya, "Introductory", "4.11.", "9:00 AM")
        await house.settle()
        seen = newest(maya), newest(ann)
    await clock.advance(DAY + 4 * HOUR)
    async with at_work(settings, clock) as house:
        await house.pass_time(HOUR)
        maya, ann = house.phone("Maya"), house.phone("Ann")
        for phone, before in zip((maya, ann), seen, strict=True):
            assert reminders(phone, before) == ["24 hours"]
        assert "🔔 Reminders on" in text_of(await tap(maya, "Details"))
    await clock.advance(23 * HOUR + HOUR / 2)
    async with at_work(settings, clock) as house:
        await house.settle()
        for phone, before in zip((house.phone("Maya"), house.phone("Ann")), seen, strict=True):
            assert reminders(phone, before)[-1] == "30 min"


@on_sqlite
async def test_of_two_reminders_due_at_once_only_the_nearer_is_sent(
    settings: Settings, clock: OffsetClock
) -> None:
    async with at_work(settings, clock) as house:
        maya = house.phone("Maya")
        await arrive(maya)
        await book(maya, "Introductory", "4.11.", "9:00 AM")
        await house.settle()
        seen = newest(maya)
    await clock.advance(2 * DAY + 4 * HOUR + HOUR / 2)
    async with at_work(settings, clock) as house:
        await house.settle()
        assert reminders(house.phone("Maya"), seen) == ["30 min"]
