"""Read models of a counselor's clients: the list by last session, and the history of one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from core.db.engine import Connection
from core.db.schedule_view import SESSIONS, SessionLine, session_line
from core.db.statistics_view import AGREED
from core.db.tables.bookings import IS_BOOKED, bookings, one_of
from core.db.tables.people import people
from core.db.tables.reviews import private_notes
from core.db.types import UtcDateTime
from core.domain.booking import Status
from core.domain.side import Side


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientLine:
    """A client of one counselor: how many sessions were agreed, the last that began and the next to come.

    `no_shows` are those that the client did not come to, `cancelled` those called off by either side.
    """

    client_id: int
    name: str
    sessions: int
    completed: int
    no_shows: int
    cancelled: int
    last: datetime | None
    next: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPage:
    """Some of what a client has booked, `page` of `pages` counted from 0; `noted` have a private note."""

    lines: tuple[SessionLine, ...]
    noted: frozenset[int]
    page: int
    pages: int


NOW = sa.bindparam("now", type_=UtcDateTime)
IS_AGREED = sa.text(one_of("bookings.status", AGREED))
BEGAN = bookings.c.starts_at <= NOW
OF_COUNSELOR = bookings.c.counselor_id == sa.bindparam("counselor_id")
OF_CLIENT = bookings.c.client_id == sa.bindparam("client_id")
SIZE, SKIP = sa.bindparam("size", type_=sa.Integer), sa.bindparam("skip", type_=sa.Integer)


def _number(*which: sa.ColumnElement[bool] | sa.TextClause) -> sa.ColumnElement[int]:
    return sa.func.count(sa.case((sa.and_(*which), 1)))


def _instant(pick: Any, *which: sa.ColumnElement[bool] | sa.TextClause) -> sa.ColumnElement[datetime]:
    found: sa.ColumnElement[datetime] = pick(sa.case((sa.and_(*which), bookings.c.starts_at)))
    return found


LAST = _instant(sa.func.max, IS_AGREED, BEGAN)
CLIENTS = (
    sa.select(
        bookings.c.client_id,
        people.c.name,
        _number(IS_AGREED).label("sessions"),
        _number(bookings.c.status == Status.COMPLETED.value).label("completed"),
        _number(bookings.c.status == Status.NO_SHOW.value, bookings.c.absent == Side.CLIENT.value).label(
            "no_shows"
        ),
        _number(bookings.c.status == Status.CANCELLED.value).label("cancelled"),
        LAST.label("last"),
        _instant(sa.func.min, IS_AGREED, sa.not_(BEGAN)).label("next"),
    )
    .select_from(bookings.join(people, people.c.id == bookings.c.client_id))
    .where(OF_COUNSELOR, IS_BOOKED)
    .group_by(bookings.c.client_id, people.c.name)
)
PAGE = CLIENTS.order_by(LAST.desc().nulls_last(), bookings.c.client_id.desc()).limit(SIZE).offset(SKIP)
ONE = CLIENTS.where(OF_CLIENT)
HOW_MANY = sa.select(sa.func.count(sa.distinct(bookings.c.client_id))).where(OF_COUNSELOR, IS_BOOKED)
THEIRS = SESSIONS.where(OF_CLIENT, sa.text("bookings.status <> 'held'"))
NOTED = sa.exists().where(private_notes.c.booking_id == bookings.c.id, private_notes.c.text != "")
HISTORY = (
    THEIRS.add_columns(NOTED.label("noted"))
    .order_by(None)
    .order_by(bookings.c.starts_at.desc(), bookings.c.id.desc())
    .limit(SIZE)
    .offset(SKIP)
)
HISTORY_LENGTH = sa.select(sa.func.count()).select_from(bookings).where(OF_COUNSELOR, OF_CLIENT, IS_BOOKED)


async def clients(
    conn: Connection, counselor_id: int, *, now: datetime, page: int, size: int
) -> tuple[list[ClientLine], int, int]:
    """A page of a counselor's clients, who had a session last first; which page of how many it is."""
    whose = {"counselor_id": counselor_id}
    page, pages = _paged(page, size, (await conn.scalars(HOW_MANY, whose)).one())
    rows = await conn.execute(PAGE, {**whose, "now": now, "size": size, "skip": page * size})
    return [ClientLine(**row) for row in rows.mappings()], page, pages


async def client(conn: Connection, counselor_id: int, client_id: int, *, now: datetime) -> ClientLine | None:
    """One client of a counselor; None for whoever has never booked with them."""
    whose = {"counselor_id": counselor_id, "client_id": client_id, "now": now}
    row = (await conn.execute(ONE, whose)).mappings().first()
    return None if row is None else ClientLine(**row)


async def history(
    conn: Connection, counselor_id: int, client_id: int, *, page: int, size: int
) -> HistoryPage:
    """A page of what a client has booked with a counselor, the latest first."""
    whose = {"counselor_id": counselor_id, "client_id": client_id}
    page, pages = _paged(page, size, (await conn.scalars(HISTORY_LENGTH, whose)).one())
    rows = (await conn.execute(HISTORY, {**whose, "size": size, "skip": page * size})).all()
    return HistoryPage(
        lines=tuple(session_line(row) for row in rows),
        noted=frozenset(row.id for row in rows if row.noted),
        page=page,
        pages=pages,
    )


def _paged(page: int, size: int, number: int) -> tuple[int, int]:
    pages = max(1, -(-number // size))
    return min(max(page, 0), pages - 1), pages
