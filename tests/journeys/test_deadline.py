"""What two processes do at the very moment a deadline passes, with clocks that are a hair apart."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from telegram import Update

from bot.callbacks import Callback, ConfirmBooking, PickTime, unpack
from bot.main import Program, build
from bot.sandbox.people import Person
from bot.sandbox.phone import Phone, buttons_of, text_of
from core.domain.access import Actor
from core.domain.booking import Status
from core.domain.events import EventName
from core.ports.clock import FixedClock
from tests.journeys.conftest import House, carried_out
from tests.journeys.walk import PRACTICE, THE_TIME, TO_AN_APPROVED_SESSION, Walk

HAIR = timedelta(microseconds=1)
COUNSELORS = (("Ann Rivera", 1001), ("Ben Hale", 1002))
DAY = datetime(2026, 11, 9, tzinfo=UTC)
"""A week after the day on which the clock stands."""
REQUESTS = 8
HEAD_STARTS = (0.03, 0.0, -0.03)
"""Seconds by which the client whose hold runs out is quicker than the next one."""
HOLD = timedelta(minutes=10)
TO_THE_CHOICE = TO_AN_APPROVED_SESSION.index(THE_TIME)
TO_THE_SUMMARY = TO_THE_CHOICE + 4
TO_THE_REQUEST = TO_THE_SUMMARY + 2
OUTCOMES = {
    Status.CONFIRMED: (EventName.CONFIRMED, "Request approved", "Your session is confirmed"),
    Status.EXPIRED: (EventName.EXPIRED, "Request expired", "did not answer your request in time"),
}


@pytest.fixture
def practice() -> str:
    return PRACTICE


@asynccontextmanager
async def a_hair_ahead(house: House) -> AsyncIterator[Program]:
    """Another process on the same database, whose clock shows a hair more."""
    program = build(house.program.settings, FixedClock(house.clock.now() + HAIR))
    await program.bot.initialize()
    await asyncio.gather(*(program.core.drafts.practice() for _ in range(REQUESTS)))  # to be quick
    try:
        yield program
    finally:
        await program.bot.shutdown()
        await program.database.close()


async def speak_english(house: House, phone: Phone) -> None:
    """Whatever the language of their Telegram: a walk looks for English words."""
    row, people = await house.person_row(phone), house.program.core.people
    await people.set_locale(Actor(person=await people.get(row["id"])), "en")


async def clients(house: House, starts: Sequence[datetime]) -> list[Walk]:
    """New clients, each on the way to one of these times; the counselors take turns."""
    assert house.program.sandbox is not None
    world, found = house.program.sandbox.world, []
    for number, start in enumerate(starts):
        name, telegram_id = COUNSELORS[number % len(COUNSELORS)]
        person = Person(id=5000 + len(world.chats), first_name=f"Client{number}")
        walk = Walk(
            world=world,
            client=await house.program.sandbox.add_person(person),
            counselor=house.phone(telegram_id),
            counselor_name=name,
            start=start,
            steps=TO_AN_APPROVED_SESSION,
            topic=f"Topic no. {len(world.chats):03}.",
        )
        found.append(walk)
    return found


async def test_a_request_answered_at_its_deadline_is_approved_or_expires_and_never_both(house: House) -> None:
    for _, telegram_id in COUNSELORS:
        phone = house.phone(telegram_id)
        await phone.start()
        await carried_out(phone)
        await speak_english(house, phone)
    walks = await clients(house, [DAY + timedelta(hours=number // 2) for number in range(REQUESTS)])
    await asyncio.gather(*(walk.go(TO_THE_REQUEST) for walk in walks))
    (deadline,) = {each["expires_at"] for each in await house.bookings(Status.PENDING)}
    await house.pass_time(deadline - house.clock.now() - HAIR)
    async with a_hair_ahead(house) as other:
        await asyncio.gather(other.runner.drain(), *(walk.act() for walk in walks))
        await carried_out(walks[0].counselor)
        await other.runner.drain()
    trail = await house.audit()
    for walk in walks:
        (booking,) = [each for each in await house.bookings() if each["topic"] == walk.topic]
        entry, card, message = OUTCOMES[Status(booking["status"])]
        actions = [each["action"] for each in trail if each["booking_id"] == booking["id"]]
        assert actions == [EventName.REQUESTED, entry]
        assert any(card in text_of(each) and walk.topic in text_of(each) for each in walk.counselor.answers)
        told = [
            each
            for each in walk.client.answers
            for _, _, words in OUTCOMES.values()
            if words in text_of(each)
        ]
        assert [message in text_of(each) for each in told] == [True]


async def test_a_hold_at_its_end_is_booked_or_taken_by_the_next_client_and_never_both(house: House) -> None:
    for hour, head_start in enumerate(HEAD_STARTS):
        starts = [DAY + timedelta(hours=hour)] * len(COUNSELORS)
        holders, rivals = await clients(house, starts), await clients(house, starts)
        await asyncio.gather(*(walk.go(TO_THE_CHOICE) for walk in (*holders, *rivals)))
        await asyncio.gather(*(walk.go(TO_THE_SUMMARY - TO_THE_CHOICE) for walk in holders))
        (end,) = {each["expires_at"] for each in await house.bookings(Status.HELD)}
        await house.pass_time(end - house.clock.now() - HAIR)
        async with a_hair_ahead(house) as other:
            books = [_tap(walk, _books, house.program, delay=-min(head_start, 0)) for walk in holders]
            picks = [_tap(walk, _picks, other, delay=max(head_start, 0)) for walk in rivals]
            await asyncio.gather(*books, *picks)
        for holder, rival in zip(holders, rivals, strict=True):
            booked = "Reference:" in text_of(holder.client.last)
            kept = "Kept for you" in text_of(rival.client.last)
            assert (booked, kept) in {(True, False), (False, True)}
            assert ("no longer kept" in text_of(holder.client.last)) is kept
            assert ("no longer available" in text_of(rival.client.last)) is booked
        await house.pass_time(2 * HOLD)


def _books(_: Walk, meant: Callback) -> bool:
    return isinstance(meant, ConfirmBooking)


def _picks(walk: Walk, meant: Callback) -> bool:
    return isinstance(meant, PickTime) and meant.start == walk.start


async def _tap(walk: Walk, fits: Callable[[Walk, Callback], bool], program: Program, delay: float) -> None:
    """Tap a button of the newest message; the update goes straight to this process."""
    message = dict(walk.client.last)
    offered = [each["callback_data"] for each in buttons_of(message) if "callback_data" in each]
    data = next(each for each in offered if fits(walk, unpack(each)))
    user = walk.client.person.as_user()
    query = {"id": "1", "from": user, "message": message, "chat_instance": "1", "data": data}
    await asyncio.sleep(delay)
    update = {"update_id": walk.client.person.id, "callback_query": query}
    await program.chat.handle(Update.de_json(update, program.bot))
