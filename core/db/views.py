"""Read models for lists of bookings: each list costs the same few queries, however long it is."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from core.db.engine import Connection
from core.db.repositories.booking_rows import booking_of
from core.db.tables.bookings import IS_ACTIVE, IS_BOOKED, bookings
from core.db.tables.counselors import counselors
from core.db.tables.people import people
from core.db.tables.proposals import IS_OPEN, proposals
from core.db.tables.session_types import session_types
from core.db.types import UtcDateTime
from core.domain.booking import Booking, Status
from core.domain.side import Side


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingLine:
    """A booking with the names that a list shows; `client_zone` is None until the client has said it.

    `proposed_at` is another start on offer that waits for an answer. `sessions` is how many of a series the
    line stands for.
    """

    booking: Booking
    counselor_name: str
    counselor_zone: str
    client_name: str
    client_zone: str | None
    session_type_title: str
    proposed_at: datetime | None = None
    sessions: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a list, `page` of `pages` counted from 0, and how many are on the two lists in all."""

    lines: tuple[BookingLine, ...]
    page: int
    pages: int
    upcoming: int
    past: int


PROPOSED = (
    sa.select(proposals.c.starts_at)
    .where(proposals.c.booking_id == bookings.c.id, IS_OPEN)
    .scalar_subquery()
    .label("proposed_at")
)
LINES = sa.select(
    bookings,
    counselors.c.name.label("counselor_name"),
    counselors.c.zone.label("counselor_zone"),
    people.c.name.label("client_name"),
    people.c.zone.label("client_zone"),
    session_types.c.title.label("session_type_title"),
    PROPOSED,
).select_from(
    bookings.join(counselors, counselors.c.id == bookings.c.counselor_id)
    .join(people, people.c.id == bookings.c.client_id)
    .join(session_types, session_types.c.id == bookings.c.session_type_id)
)
MINE = {
    Side.CLIENT: bookings.c.client_id == sa.bindparam("person_id"),
    Side.COUNSELOR: bookings.c.counselor_id
    == sa.select(counselors.c.id)
    .where(counselors.c.person_id == sa.bindparam("person_id"))
    .scalar_subquery(),
}
AHEAD = sa.and_(IS_ACTIVE, bookings.c.ends_at > sa.bindparam("now", type_=UtcDateTime))
COUNTS = {
    side: sa.select(
        sa.func.count().filter(AHEAD).label("upcoming"), sa.func.count().filter(sa.not_(AHEAD)).label("past")
    ).where(mine, IS_BOOKED)
    for side, mine in MINE.items()
}


def _page(*which: sa.ColumnElement[bool], order: tuple[sa.ColumnElement[Any], ...]) -> sa.Select[Any]:
    wanted = LINES.where(IS_BOOKED, *which).order_by(*order)
    return wanted.limit(sa.bindparam("size", type_=sa.Integer)).offset(sa.bindparam("skip", type_=sa.Integer))


SOONEST = (bookings.c.starts_at, bookings.c.id)
LATEST = (bookings.c.starts_at.desc(), bookings.c.id.desc())
UPCOMING = {side: _page(mine, AHEAD, order=SOONEST) for side, mine in MINE.items()}
PAST = {side: _page(mine, sa.not_(AHEAD), order=LATEST) for side, mine in MINE.items()}
REQUESTS = LINES.where(
    IS_ACTIVE,
    bookings.c.counselor_id == sa.bindparam("counselor_id"),
    bookings.c.status == Status.PENDING.value,
    bookings.c.awaits == Side.COUNSELOR.value,
).order_by(bookings.c.expires_at, bookings.c.id)


async def upcoming(
    conn: Connection,
    person_id: int,
    *,
    now: datetime,
    page: int,
    size: int,
    side: Side = Side.CLIENT,
) -> Page:
    """Bookings of a person, as client or as counselor, that are active and not over; soonest first."""
    return await _read(conn, UPCOMING, "upcoming", side, person_id, now, page, size)


async def past(
    conn: Connection,
    person_id: int,
    *,
    now: datetime,
    page: int,
    size: int,
    side: Side = Side.CLIENT,
) -> Page:
    """Bookings of a person, as client or as counselor, that are over or came to nothing; latest first."""
    return await _read(conn, PAST, "past", side, person_id, now, page, size)


async def requests(conn: Connection, counselor_id: int) -> list[BookingLine]:
    """The requests that wait for a counselor's answer, the one that is due first in front.

    A series, which is answered as a whole, is one line: its first session.
    """
    lines = [_line(row) for row in await conn.execute(REQUESTS, {"counselor_id": counselor_id})]
    answered = Counter(each.booking.series_id or -each.booking.id for each in lines)
    first: dict[int, BookingLine] = {}
    for each in lines:
        key = each.booking.series_id or -each.booking.id
        first.setdefault(key, replace(each, sessions=answered[key]))
    return list(first.values())


async def _read(
    conn: Connection,
    lists: Mapping[Side, sa.Select[Any]],
    name: str,
    side: Side,
    person_id: int,
    now: datetime,
    page: int,
    size: int,
) -> Page:
    whose = {"person_id": person_id, "now": now}
    counts = (await conn.execute(COUNTS[side], whose)).mappings().one()
    pages = max(1, -(-counts[name] // size))
    page = min(max(page, 0), pages - 1)
    rows = await conn.execute(lists[side], {**whose, "size": size, "skip": page * size})
    return Page(lines=tuple(_line(row) for row in rows), page=page, pages=pages, **counts)


def _line(row: sa.Row[Any]) -> BookingLine:
    return BookingLine(
        booking=booking_of(row),
        counselor_name=row.counselor_name,
        counselor_zone=row.counselor_zone,
        client_name=row.client_name,
        client_zone=row.client_zone,
        session_type_title=row.session_type_title,
        proposed_at=row.proposed_at,
    )
