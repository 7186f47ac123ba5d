"""What a counselor's bookings come to in numbers, in one query."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from core.db.engine import Connection
from core.db.tables.bookings import bookings, one_of
from core.db.types import UtcDateTime
from core.domain.booking import Status

AGREED = (Status.CONFIRMED, Status.IN_PROGRESS, Status.COMPLETED, Status.NO_SHOW)
"""Statuses of a session: it was agreed and not called off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """`clients` had, or will have, one of the `sessions`; `upcoming` are those not over yet."""

    clients: int
    sessions: int
    upcoming: int
    completed: int
    no_shows: int


NUMBERS = sa.select(
    sa.func.count(sa.distinct(bookings.c.client_id)).label("clients"),
    sa.func.count().label("sessions"),
    sa.func.count()
    .filter(
        bookings.c.status.in_((Status.CONFIRMED.value, Status.IN_PROGRESS.value)),
        bookings.c.ends_at > sa.bindparam("now", type_=UtcDateTime),
    )
    .label("upcoming"),
    sa.func.count().filter(bookings.c.status == Status.COMPLETED.value).label("completed"),
    sa.func.count().filter(bookings.c.status == Status.NO_SHOW.value).label("no_shows"),
).where(bookings.c.counselor_id == sa.bindparam("counselor_id"), sa.text(one_of("status", AGREED)))


async def counts(conn: Connection, counselor_id: int, now: datetime) -> Counts:
    """The numbers of a counselor as they stand at an instant."""
    row = (await conn.execute(NUMBERS, {"counselor_id": counselor_id, "now": now})).mappings().one()
    return Counts(**row)
