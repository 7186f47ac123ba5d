"""The waitlist in the database: who is asked in which order, and what ends an entry."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from core.db.engine import Database
from core.db.uow import Store
from core.domain.booking import Status
from core.domain.errors import Conflict, NotFound
from core.domain.waitlist import Asked, WaitlistEntry, WaitStatus
from tests.core.db.queries import counted
from tests.core.db.samples import MADE, NOON, Sample, a_booking, fill, store_on

MINUTE = timedelta(minutes=1)
DAY = date(2027, 3, 1)
NEXT = date(2027, 3, 2)


def an_entry(
    sample: Sample, client: int = 0, first: date = DAY, last: date | None = None, made: datetime = MADE
) -> WaitlistEntry:
    """A client of the sample waits for the first counselor."""
    return WaitlistEntry(
        id=0,
        counselor_id=sample.counselors[0],
        session_type_id=sample.session_type,
        minutes=60,
        client_id=sample.clients[client],
        first=first,
        last=last or first,
        created_at=made,
    )


async def add(store: Store, entry: WaitlistEntry) -> WaitlistEntry:
    """Put an entry into the database."""
    async with store.write() as uow:
        return await uow.waitlist.add(entry)


async def read(store: Store, entry: WaitlistEntry) -> WaitlistEntry:
    """An entry as it stands there."""
    async with store.read() as uow:
        return await uow.waitlist.get(entry.id)


async def queue(store: Store, sample: Sample, first: date, last: date) -> list[int]:
    """The entries in the order in which they are asked."""
    async with store.read() as uow:
        found = await uow.waitlist.queue(sample.counselors[0], first, last)
    return [each.entry.id for each in found]


async def test_an_entry_comes_back_as_it_was_kept(database: Database) -> None:
    store = store_on(database)
    sample = await fill(store)
    entry = await add(store, an_entry(sample))
    assert await read(store, entry) == entry
    offered = replace(
        entry,
        status=WaitStatus.OFFERED,
        hold_id=77,
        offered_until=MADE + 15 * MINUTE,
        asked=(Asked(round="42:3", start=NOON), Asked(round="look:7", start=NOON + MINUTE)),
    )
    async with store.write() as uow:
        await uow.waitlist.save(offered, WaitStatus.WAITING)
    assert await read(store, entry) == offered
    async with store.read() as uow:
        assert await uow.waitlist.of_hold(entry.client_id, 77) == offered
        assert await uow.waitlist.of_hold(sample.clients[1], 77) is None
        with pytest.raises(NotFound, match=r"^wait_not_found$"):
            await uow.waitlist.get(entry.id + 1)


async def test_what_has_changed_meanwhile_is_not_overwritten(database: Database) -> None:
    store = store_on(database)
    entry = await add(store, an_entry(await fill(store)))
    async with store.write() as uow:
        with pytest.raises(Conflict, match=r"^wait_changed$"):
            await uow.waitlist.save(replace(entry, status=WaitStatus.LEFT), WaitStatus.OFFERED)
    assert await read(store, entry) == entry


async def test_first_come_first_asked(database: Database) -> None:
    store = store_on(database)
    sample = await fill(store)
    late = await add(store, an_entry(sample, 0, made=MADE + MINUTE))
    early = await add(store, an_entry(sample, 1))
    same = await add(store, an_entry(sample, 2))
    assert await queue(store, sample, DAY, DAY) == [early.id, same.id, late.id]


async def test_only_open_entries_for_these_dates_are_asked(database: Database) -> None:
    store = store_on(database)
    sample = await fill(store)
    week = await add(store, an_entry(sample, 0, date(2027, 2, 24), NEXT))
    day = await add(store, an_entry(sample, 1))
    await add(store, replace(an_entry(sample, 2), status=WaitStatus.LEFT))
    await add(store, replace(an_entry(sample, 2), status=WaitStatus.DONE))
    await add(store, replace(an_entry(sample, 3), counselor_id=sample.counselors[1]))
    offered = await add(store, replace(an_entry(sample, 3), status=WaitStatus.OFFERED, hold_id=1))
    assert await queue(store, sample, DAY, DAY) == [week.id, day.id, offered.id]
    assert await queue(store, sample, NEXT, NEXT) == [week.id]
    assert await queue(store, sample, date(2027, 3, 3), date(2027, 3, 9)) == []
    async with store.read() as uow:
        assert await uow.waitlist.counselors() == list(sample.counselors)


async def test_the_queue_says_who_holds_another_slot(database: Database) -> None:
    store = store_on(database)
    sample = await fill(store)
    for client in range(2):
        await add(store, an_entry(sample, client))
    async with store.write() as uow:
        hold = await uow.bookings.add(
            a_booking(sample, client=1, counselor=1, status=Status.HELD, expires=MADE + 10 * MINUTE)
        )
        await uow.bookings.add(a_booking(sample, client=0, counselor=1, start=NOON + 600 * MINUTE))
    async with store.read() as uow:
        found = await uow.waitlist.queue(sample.counselors[0], DAY, DAY)
    assert [each.busy_until for each in found] == [None, hold.expires_at]


async def test_the_queue_costs_one_query_however_long_it_is(database: Database) -> None:
    store = store_on(database)
    sample = await fill(store, 30)
    for client in range(30):
        await add(store, an_entry(sample, client))
    async with store.read() as uow:
        with counted(database) as sent:
            found = await uow.waitlist.queue(sample.counselors[0], DAY, DAY)
    assert (len(found), len(sent)) == (30, 1)


async def test_a_client_s_own_entries_are_those_that_are_open(database: Database) -> None:
    store = store_on(database)
    sample = await fill(store)
    mine = [await add(store, an_entry(sample, 0, first)) for first in (NEXT, DAY)]
    await add(store, an_entry(sample, 1))
    await add(store, replace(an_entry(sample, 0), status=WaitStatus.LEFT))
    async with store.read() as uow:
        assert await uow.waitlist.open_of(sample.clients[0]) == mine


async def test_a_booking_ends_what_it_was_waited_for(database: Database) -> None:
    store = store_on(database)
    sample = await fill(store)
    entries = {
        "that day": an_entry(sample),
        "the week": an_entry(sample, 0, date(2027, 2, 26), DAY),
        "another day, offered": replace(
            an_entry(sample, 0, NEXT), status=WaitStatus.OFFERED, hold_id=77, offered_until=MADE
        ),
        "another day": an_entry(sample, 0, NEXT),
        "another counselor": replace(an_entry(sample), counselor_id=sample.counselors[1]),
        "another client": an_entry(sample, 1),
        "left before": replace(an_entry(sample), status=WaitStatus.LEFT),
    }
    made = {name: await add(store, entry) for name, entry in entries.items()}
    async with store.write() as uow:
        await uow.waitlist.served(sample.clients[0], 77, sample.counselors[0], sample.session_type, DAY)
    found = {name: (await read(store, entry)).status for name, entry in made.items()}
    assert [name for name, status in found.items() if status is WaitStatus.DONE] == [
        "that day",
        "the week",
        "another day, offered",
    ]
    assert found["left before"] is WaitStatus.LEFT
    offered = await read(store, made["another day, offered"])
    assert (offered.hold_id, offered.offered_until) == (77, None)


async def test_what_is_past_ends(database: Database) -> None:
    store = store_on(database)
    sample = await fill(store)
    past, today = await add(store, an_entry(sample)), await add(store, an_entry(sample, 1, DAY, NEXT))
    async with store.write() as uow:
        await uow.waitlist.end_past(NEXT)
    assert (await read(store, past)).status is WaitStatus.DONE
    assert await read(store, today) == today


async def test_a_hold_is_not_displaced_where_it_must_stay(database: Database) -> None:
    store = store_on(database)
    sample = await fill(store)
    async with store.write() as uow:
        own = await uow.bookings.add(a_booking(sample, status=Status.HELD))
    offer = a_booking(sample, NOON + 300 * MINUTE, counselor=1, status=Status.HELD)
    async with store.write() as uow:
        with pytest.raises(Conflict, match=r"^stale$"):
            await uow.bookings.add(offer, beside_hold=True)
        assert await uow.bookings.hold_of(sample.clients[0]) == own
        later = replace(offer, created_at=MADE + 10 * MINUTE, expires_at=MADE + 25 * MINUTE)
        assert (await uow.bookings.add(later, beside_hold=True)).id != own.id
