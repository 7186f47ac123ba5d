"""What was agreed for coming bookings: the instant, and the wall time it was agreed as."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from core.db.engine import Connection
from core.db.tables.bookings import IS_ACTIVE, bookings

COMING = (
    sa.select(bookings.c.reference, bookings.c.starts_at, bookings.c.zone, bookings.c.wall_start)
    .where(IS_ACTIVE, bookings.c.starts_at > sa.bindparam("now"))
    .order_by(bookings.c.starts_at, bookings.c.id)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedTime:
    """A booking's instant, and what the clocks of `zone` were to show then (naive)."""

    reference: str
    starts_at: datetime
    zone: str
    wall_start: datetime


async def agreed_times(conn: Connection, *, now: datetime) -> list[AgreedTime]:
    """Those of all active bookings that start after `now`, in order of time."""
    return [
        AgreedTime(
            reference=row.reference,
            starts_at=row.starts_at,
            zone=row.zone,
            wall_start=datetime.fromisoformat(row.wall_start),
        )
        for row in await conn.execute(COMING, {"now": now})
    ]
