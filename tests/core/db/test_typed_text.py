"""Whatever a person types can be stored, and comes back as far as a database can hold it."""

from dataclasses import replace

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.db.engine import Database
from core.db.typed_text import REPLACEMENT, TypedText
from tests.core.db.samples import a_booking, fill, store_on

TYPED = sa.bindparam("typed", type_=TypedText)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=40))
async def test_text_comes_back_but_for_nul(database: Database, text: str) -> None:
    async with database.read() as conn:
        kept = await conn.scalar(sa.select(sa.cast(TYPED, TypedText)), {"typed": text})
    assert kept == text.replace("\0", REPLACEMENT)


async def test_a_note_that_no_database_could_hold_does_not_stop_a_booking(database: Database) -> None:
    store = store_on(database)
    sample = await fill(store)
    odd = replace(a_booking(sample), note="\0 half \ud83d whole \ud83d\ude34 \N{SLEEPING FACE}")
    async with store.write() as uow:
        booking = await uow.bookings.add(odd)
    async with store.read() as uow:
        stored = await uow.bookings.get(booking.id)
    assert stored.note == f"{REPLACEMENT} half {REPLACEMENT} whole \N{SLEEPING FACE} \N{SLEEPING FACE}"
