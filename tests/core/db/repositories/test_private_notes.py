"""Private notes in the database: one of a booking, guarded by their version."""

from dataclasses import replace

import pytest

from core.db.engine import Database
from core.domain.errors import Conflict
from core.domain.note import PrivateNote
from tests.core.db.samples import NOON, a_booking, fill, store_on


async def test_a_note_is_kept_changed_and_emptied(database: Database) -> None:
    store = store_on(database)
    sample = await fill(store)
    async with store.write() as uow:
        booking = await uow.bookings.add(a_booking(sample))
        assert await uow.private_notes.get(booking.id) is None
        first = PrivateNote(booking_id=booking.id, text="Sleeps badly.", updated_at=NOON)
        for note in (first, replace(first, text="", version=2), replace(first, version=3)):
            await uow.private_notes.put(note)
            assert await uow.private_notes.get(booking.id) == note


@pytest.mark.parametrize("version", [1, 3])
async def test_only_the_next_version_is_stored(database: Database, version: int) -> None:
    store = store_on(database)
    sample = await fill(store)
    async with store.write() as uow:
        booking = await uow.bookings.add(a_booking(sample))
        first = PrivateNote(booking_id=booking.id, text="Sleeps badly.", updated_at=NOON)
        await uow.private_notes.put(first)
        with pytest.raises(Conflict, match=r"^stale$"):
            await uow.private_notes.put(replace(first, text="Sleeps well.", version=version))
        assert await uow.private_notes.get(booking.id) == first
