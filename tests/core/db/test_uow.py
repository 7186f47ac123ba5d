"""A transaction as use cases see it: all of it or nothing, its events included."""

from collections.abc import Sequence

import pytest

from core.db.engine import Connection, Database
from core.db.tables.settings import settings
from core.db.uow import Publish, Store, UnitOfWork
from core.domain.booking import Booking
from core.domain.errors import NotFound
from core.domain.events import Event, EventName
from core.domain.policy import Policy
from tests.core.db.samples import HOUR, MADE, NOON, a_booking, fill, store_on


def confirmed(booking: Booking) -> Event:
    return Event(
        name=EventName.CONFIRMED,
        booking=booking,
        counselor_person_id=1,
        actor_id=None,
        at=MADE,
        policy=Policy(),
    )


def keeping(events: list[Event]) -> Publish:
    """Keeps what is published and writes a row for it."""

    async def publish(conn: Connection, published: Sequence[Event]) -> None:
        events.extend(published)
        await conn.execute(settings.insert(), {"key": "published", "value": len(published)})

    return publish


async def test_events_are_published_once_in_the_same_transaction(database: Database) -> None:
    events: list[Event] = []
    store = Store(database, keeping(events))
    sample = await fill(store)
    assert events == []
    async with store.write() as uow:
        booking = await uow.bookings.add(a_booking(sample))
        uow.record(confirmed(booking))
        assert events == []
    assert events == [confirmed(booking)]
    async with store.read() as uow:
        assert await uow.settings.get("published") == 1


async def test_an_error_takes_everything_back_and_publishes_nothing(database: Database) -> None:
    events: list[Event] = []
    store = Store(database, keeping(events))
    sample = await fill(store)
    kept: list[int] = []
    with pytest.raises(RuntimeError, match="undo"):
        await _book_and_fail(store, a_booking(sample), kept)
    assert events == []
    async with store.read() as uow:
        with pytest.raises(NotFound):
            await uow.bookings.get(kept[0])


async def _book_and_fail(store: Store, booking: Booking, kept: list[int]) -> None:
    async with store.write() as uow:
        added = await uow.bookings.add(booking)
        kept.append(added.id)
        uow.record(confirmed(added))
        raise RuntimeError("undo")


async def test_when_publishing_fails_nothing_is_committed(database: Database) -> None:
    async def refuse(_conn: Connection, _events: Sequence[Event]) -> None:
        raise RuntimeError("no room for jobs")

    sample = await fill(store_on(database))
    store = Store(database, refuse)
    with pytest.raises(RuntimeError, match="no room for jobs"):
        await _book(store, a_booking(sample))
    async with store.read() as uow:
        assert await uow.bookings.taken(sample.counselors[0], NOON, NOON + HOUR, now=MADE) == []


async def _book(store: Store, booking: Booking) -> None:
    async with store.write() as uow:
        uow.record(confirmed(await uow.bookings.add(booking)))


async def test_an_event_in_a_transaction_that_cannot_write_is_a_mistake(database: Database) -> None:
    store = store_on(database)
    sample = await fill(store)

    async def record(uow: UnitOfWork) -> None:
        uow.record(confirmed(a_booking(sample)))

    with pytest.raises(RuntimeError, match="cannot write"):
        async with store.read() as uow:
            await record(uow)
