"""Meetings by booking and by their provider's word for them, and the set of what was told."""

from dataclasses import replace
from datetime import timedelta

from core.db.engine import Database
from core.db.repositories.meetings import KeptMeeting, Meetings
from core.domain.meeting import Happening, MeetingFact
from core.domain.side import Side
from tests.conftest import START

MINUTE = timedelta(minutes=1)
ONE = KeptMeeting(
    booking_id=7,
    name="confer-one",
    provider="zoom",
    ref="81",
    address="https://zoom.example/j/81",
    starts_at=START,
    ends_at=START + 45 * MINUTE,
)
FACT = MeetingFact(happening=Happening.JOINED, at=START, visit="a", side=Side.CLIENT)
FACTS = (
    FACT,
    replace(FACT, happening=Happening.LEFT, at=START + MINUTE),
    replace(FACT, at=START + 2 * MINUTE, side=None),
    MeetingFact(happening=Happening.CLOSED, at=START),
)


async def test_a_meeting_comes_back_as_it_was_stored(database: Database) -> None:
    async with database.write() as conn:
        meetings = Meetings(conn)
        assert await meetings.get(7) is None
        await meetings.put(ONE)
        assert await meetings.get(7) == ONE
        gone = replace(ONE, ref=None, address="", starts_at=None, ends_at=None)
        await meetings.put(gone)
        assert await meetings.get(7) == gone


async def test_it_is_found_by_our_name_and_by_its_providers(database: Database) -> None:
    async with database.write() as conn:
        meetings = Meetings(conn)
        await meetings.put(ONE)
        found = [await meetings.called("zoom", name) for name in ("confer-one", "81", "82", "")]
        assert found == [ONE, ONE, None, None]
        assert await meetings.called("jitsi", "confer-one") is None


async def test_a_new_generation_stays_whatever_is_stored_later(database: Database) -> None:
    async with database.write() as conn:
        meetings = Meetings(conn)
        fresh = KeptMeeting(booking_id=7, name="confer-one")
        for _ in range(2):
            await meetings.renew(fresh, Side.CLIENT)
        await meetings.put(ONE)
        kept = await meetings.get(7)
        assert kept == replace(ONE, client_generation=2)
        assert [kept.generation(side) for side in Side] == [2, 0]


async def test_facts_are_a_set_and_go_with_their_meeting(database: Database) -> None:
    async with database.write() as conn:
        meetings = Meetings(conn)
        await meetings.put(ONE)
        await meetings.put(replace(ONE, booking_id=8, name="confer-other", ref="82"))
        for facts in (FACTS, FACTS[::-1], (FACT, FACT)):
            await meetings.add_facts(7, facts)
        found = await meetings.facts(7)
        assert (len(found), set(found)) == (len(FACTS), set(FACTS))
        assert await meetings.facts(8) == []
        await meetings.delete(7)
        assert (await meetings.get(7), await meetings.facts(7)) == (None, [])


async def test_meetings_without_a_booking_are_astray(database: Database) -> None:
    async with database.write() as conn:
        meetings = Meetings(conn)
        for number in (9, 7, 8):
            await meetings.put(replace(ONE, booking_id=number, name=f"confer-{number}"))
        assert await meetings.astray(2) == [7, 8]
