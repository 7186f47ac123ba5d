"""Read models of a counselor's schedule: the sessions of some days, and the next one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from core.db.engine import Connection
from core.db.repositories.booking_rows import booking_of
from core.db.tables.bookings import bookings, one_of
from core.db.tables.people import people
from core.db.tables.proposals import proposals
from core.db.tables.session_types import session_types
from core.db.types import UtcDateTime
from core.db.views import PROPOSED
from core.domain.booking import Booking, Status
from core.domain.timespan import Timespan

SHOWN = (Status.PENDING, Status.CONFIRMED, Status.IN_PROGRESS, Status.COMPLETED, Status.NO_SHOW)
"""What stands on a schedule: what came to nothing has left it."""
LONGEST = timedelta(days=1)
"""No session is longer, so what reaches into a day started at most so long before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLine:
    """A session with the names that a counselor's schedule shows; `proposed_at` is a new start on offer."""

    booking: Booking
    client_name: str
    session_type_title: str
    proposed_at: datetime | None = None


FIRST = sa.bindparam("first", type_=UtcDateTime)
UNTIL = sa.bindparam("until", type_=UtcDateTime)
SESSIONS = (
    sa.select(
        bookings,
        people.c.name.label("client_name"),
        session_types.c.title.label("session_type_title"),
        PROPOSED,
    )
    .select_from(
        bookings.join(people, people.c.id == bookings.c.client_id).join(
            session_types, session_types.c.id == bookings.c.session_type_id
        )
    )
    .where(bookings.c.counselor_id == sa.bindparam("counselor_id"))
    .order_by(bookings.c.starts_at, bookings.c.id)
)
BETWEEN = SESSIONS.where(
    sa.text(one_of("bookings.status", SHOWN)),
    bookings.c.starts_at > sa.bindparam("reach", type_=UtcDateTime),
    bookings.c.starts_at < UNTIL,
    bookings.c.ends_at > FIRST,
)
NEXT = SESSIONS.where(
    sa.text(one_of("bookings.status", (Status.CONFIRMED,))), bookings.c.starts_at >= FIRST
).limit(1)
OFFERED = (
    sa.select(
        proposals.c.starts_at, proposals.c.ends_at, bookings.c.busy_until, bookings.c.ends_at.label("over")
    )
    .join(bookings, bookings.c.id == proposals.c.booking_id)
    .where(
        bookings.c.counselor_id == sa.bindparam("counselor_id"),
        sa.text("proposals.status = 'open'"),  # written out, so that the partial index is recognised
    )
)


async def sessions(
    conn: Connection, counselor_id: int, first: datetime, until: datetime
) -> list[SessionLine]:
    """The counselor's sessions that some of [first, until) belongs to, in order of time."""
    asked = {"counselor_id": counselor_id, "first": first, "until": until, "reach": first - LONGEST}
    return [session_line(row) for row in await conn.execute(BETWEEN, asked)]


async def next_session(conn: Connection, counselor_id: int, after: datetime) -> SessionLine | None:
    """The counselor's first agreed session that starts at an instant or later."""
    row = (await conn.execute(NEXT, {"counselor_id": counselor_id, "first": after})).first()
    return None if row is None else session_line(row)


async def proposed(conn: Connection, counselor_id: int) -> list[Timespan]:
    """The times, with buffers, that are offered for sessions and wait for an answer: nothing holds them."""
    return [
        Timespan(start=row.starts_at, end=row.ends_at + (row.busy_until - row.over))
        for row in await conn.execute(OFFERED, {"counselor_id": counselor_id})
    ]


def session_line(row: sa.Row[Any]) -> SessionLine:
    """The session in a row of `SESSIONS`."""
    return SessionLine(
        booking=booking_of(row),
        client_name=row.client_name,
        session_type_title=row.session_type_title,
        proposed_at=row.proposed_at,
    )
