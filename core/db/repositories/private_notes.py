"""Private notes by booking. Their words go nowhere else: no audit entry, no log, no list."""

import sqlalchemy as sa

from core.db.engine import Connection
from core.db.insert import insert_or_leave
from core.db.tables.reviews import private_notes
from core.domain.errors import Conflict
from core.domain.note import PrivateNote

OF_BOOKING = sa.select(private_notes).where(private_notes.c.booking_id == sa.bindparam("booking_id"))
ADD = insert_or_leave(private_notes, private_notes.c.booking_id)
SAVE = sa.update(private_notes).where(
    private_notes.c.booking_id == sa.bindparam("of_booking"), private_notes.c.version == sa.bindparam("seen")
)


class PrivateNotes:
    """Private notes, one at most of a booking."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def get(self, booking_id: int) -> PrivateNote | None:
        """The note about a booking, also one whose words were removed."""
        row = (await self._conn.execute(OF_BOOKING, {"booking_id": booking_id})).mappings().first()
        return None if row is None else PrivateNote(**row)

    async def put(self, note: PrivateNote) -> None:
        """Store the first or the next version; Conflict `stale` unless the row is at the version before."""
        row = {
            "booking_id": note.booking_id,
            "text": note.text,
            "updated_at": note.updated_at,
            "version": note.version,
        }
        if note.version == 1:
            stored = (await self._conn.execute(ADD[self._conn.dialect.name], row)).scalar() is not None
        else:
            key = {"of_booking": note.booking_id, "seen": note.version - 1}
            stored = (await self._conn.execute(SAVE, key | row)).rowcount == 1
        if not stored:
            raise Conflict("stale", booking_id=note.booking_id)
