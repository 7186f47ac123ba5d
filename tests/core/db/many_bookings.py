"""Many bookings at once, as a practice has them after years."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import sqlalchemy as sa

from core.db.repositories.booking_rows import booking_row
from core.db.tables.bookings import bookings
from core.db.uow import Store
from core.domain.booking import Booking


async def add_all(store: Store, wanted: Sequence[Booking]) -> None:
    """Insert bookings, none of which is in the way of another, in one statement."""
    made = [booking_row(each) for each in wanted]
    for row in made:
        del row["id"]
    async with store.write() as uow:
        await uow.conn.execute(sa.insert(bookings), made)


def one_after_the_other(first: Booking, count: int, step: timedelta) -> list[Booking]:
    """So many bookings like the first, each that much later than the one before."""
    return [
        replace(
            first,
            reference=f"M{number:06}",
            uid=f"many-{number}@confer.example",
            starts_at=first.starts_at + number * step,
            ends_at=first.ends_at + number * step,
            busy_until=first.busy_until + number * step,
        )
        for number in range(count)
    ]
