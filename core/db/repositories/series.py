"""Series of bookings: the rows that hold them together, and all bookings of one."""

from datetime import datetime

import sqlalchemy as sa

from core.db.engine import Connection
from core.db.repositories.booking_rows import booking_of
from core.db.repositories.overlaps import take_turns
from core.db.tables.bookings import bookings
from core.db.tables.series import series
from core.domain.booking import Booking
from core.domain.errors import NotFound
from core.domain.series import Rhythm

ADD = sa.insert(series).returning(series.c.id)
BOOKINGS = (
    sa.select(bookings)
    .where(bookings.c.series_id == sa.bindparam("series_id"))
    .order_by(bookings.c.starts_at, bookings.c.id)
)
LOCK = (
    sa.select(bookings)
    .where(bookings.c.series_id == sa.bindparam("series_id"))
    .order_by(bookings.c.id)
    .with_for_update()
)


class Series:
    """Series by id. A booking keeps the id of its own."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def add(self, rhythm: Rhythm, at: datetime) -> int:
        """A new series, as yet without bookings; its id."""
        row = {"rhythm": int(rhythm), "created_at": at}
        new_id: int = (await self._conn.execute(ADD, row)).scalar_one()
        return new_id

    async def bookings(self, series_id: int) -> list[Booking]:
        """All of a series, also what came to nothing, in order of time; NotFound `series_not_found`."""
        rows = (await self._conn.execute(BOOKINGS, {"series_id": series_id})).all()
        if not rows:
            raise NotFound("series_not_found")
        return [booking_of(row) for row in rows]

    async def lock(self, series_id: int) -> list[Booking]:
        """The same, to be changed: until this transaction ends nobody else changes any of them.

        Nor does anybody move another of these two people's bookings into their way meanwhile.
        """
        found = await self.bookings(series_id)
        if self._conn.dialect.name == "sqlite":  # nobody else writes at all
            return found
        await take_turns(self._conn, [found[0].counselor_id], [found[0].client_id])
        rows = (await self._conn.execute(LOCK, {"series_id": series_id})).all()
        return sorted((booking_of(row) for row in rows), key=lambda each: (each.starts_at, each.id))
