"""What is taken of a counselor's and a client's time: light rows for the slot engine, in one query."""

from datetime import datetime

import sqlalchemy as sa

from core.db.engine import Connection
from core.db.tables.bookings import IS_ACTIVE, bookings
from core.db.types import UtcDateTime
from core.db.whole_seconds import SecondsDown, SecondsUp
from core.domain.slots import Taken, TakenKind

FIRST = sa.bindparam("first", type_=UtcDateTime)
UNTIL = sa.bindparam("until", type_=UtcDateTime)
NOW = sa.bindparam("now", type_=UtcDateTime)
NOT_THEIRS = bookings.c.client_id != sa.bindparam("client_id")
NOBODY = NO_BOOKING = 0
KINDS = {each.value: each for each in TakenKind}


def _reaching_in(
    owner: sa.Column[int], busy_until: sa.Column[datetime], kind: sa.ColumnElement[str]
) -> sa.Select[int, int, int, str]:
    """Active rows of one owner within [first, until).

    They are disjoint, so of those that start before it only the last can reach in: the scan begins there.
    """
    wanted: sa.BindParameter[int] = sa.bindparam(owner.name)
    other = bookings.alias("other")
    last_before = (
        sa.select(sa.func.max(other.c.starts_at))
        .where(other.c[owner.name] == wanted, other.c.starts_at <= FIRST, IS_ACTIVE)
        .scalar_subquery()
    )
    span = (SecondsDown(bookings.c.starts_at), SecondsUp(bookings.c.ends_at), SecondsUp(busy_until))
    return sa.select(*span, kind).where(
        owner == wanted,
        IS_ACTIVE,
        bookings.c.starts_at >= sa.func.coalesce(last_before, FIRST),
        bookings.c.starts_at < UNTIL,
        busy_until > FIRST,
        bookings.c.id != sa.bindparam("except_id"),
        sa.or_(bookings.c.status != "held", sa.and_(bookings.c.expires_at > NOW, NOT_THEIRS)),
    )


SESSION = sa.literal_column("CASE status WHEN 'held' THEN 'hold' ELSE 'booking' END", sa.String)
OWN = sa.literal_column("'client'", sa.String)
OF_COUNSELOR = _reaching_in(bookings.c.counselor_id, bookings.c.busy_until, SESSION)
OF_CLIENT = _reaching_in(bookings.c.client_id, bookings.c.ends_at, OWN).where(
    bookings.c.counselor_id != sa.bindparam("counselor_id")
)
OF_BOTH = OF_COUNSELOR.union_all(OF_CLIENT)


async def taken(
    conn: Connection,
    counselor_id: int,
    first: datetime,
    until: datetime,
    *,
    now: datetime,
    client_id: int | None = None,
    except_id: int | None = None,
) -> list[Taken]:
    """What is taken within [first, until), as `core.db.repositories.bookings.Bookings.taken` says."""
    asked = {
        "counselor_id": counselor_id,
        "first": first,
        "until": until,
        "now": now,
        "client_id": NOBODY if client_id is None else client_id,
        "except_id": NO_BOOKING if except_id is None else except_id,
    }
    rows = await conn.execute(OF_COUNSELOR if client_id is None else OF_BOTH, asked)
    return [
        Taken(start=start, end=end, busy_until=busy_until, kind=KINDS[kind])
        for start, end, busy_until, kind in rows
    ]
