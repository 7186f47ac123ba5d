"""Bookings and holds, written under the database's overlap guard."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from core.db.engine import Connection
from core.db.insert import insert_or_leave
from core.db.overlap_guard import RULES
from core.db.repositories.booking_rows import booking_of, booking_row
from core.db.repositories.overlaps import conflict_with, take_turns
from core.db.repositories.taken import taken
from core.db.tables.bookings import IS_ACTIVE, IS_BOOKED, IS_HELD, bookings
from core.domain.booking import Booking, Status
from core.domain.errors import Conflict, NotFound
from core.domain.slots import Taken

TIMES = ("counselor_id", "client_id", "starts_at", "ends_at", "busy_until")
SAME = ("counselor_id", "session_type_id", "starts_at", "ends_at")
TRIES = 3

BY_ID = sa.select(bookings).where(bookings.c.id == sa.bindparam("id"))
LOCK = BY_ID.with_for_update()
BY_REFERENCE = sa.select(bookings).where(bookings.c.reference == sa.bindparam("reference"))
HOLD_OF = sa.select(bookings).where(bookings.c.client_id == sa.bindparam("client_id"), IS_HELD)
EVER = sa.select(
    sa.exists().where(
        bookings.c.counselor_id == sa.bindparam("counselor_id"),
        bookings.c.client_id == sa.bindparam("client_id"),
        IS_BOOKED,
    )
)
ACTIVE_AT = sa.select(bookings).where(
    bookings.c.counselor_id == sa.bindparam("counselor_id"),
    bookings.c.client_id == sa.bindparam("client_id"),
    bookings.c.starts_at == sa.bindparam("starts_at"),
    IS_ACTIVE,
)
ADD = insert_or_leave(bookings, bookings.c.id)
SAVE = sa.update(bookings).where(
    bookings.c.id == sa.bindparam("row_id"), bookings.c.version == sa.bindparam("row_version")
)
SAVE_IN_PLACE = SAVE.where(IS_ACTIVE, *(bookings.c[name] == sa.bindparam(f"row_{name}") for name in TIMES))
NOTE_TIMES = sa.update(bookings).where(bookings.c.id == sa.bindparam("row_id"))
DELETE_HOLD = sa.delete(bookings).where(bookings.c.id == sa.bindparam("id"), IS_HELD)
DELETE_HOLD_OF = sa.delete(bookings).where(bookings.c.client_id == sa.bindparam("client_id"), IS_HELD)


def _sweep(*whose: sa.ColumnElement[bool], wait: bool) -> sa.Delete:
    run_out = sa.select(bookings.c.id).where(IS_HELD, bookings.c.expires_at <= sa.bindparam("now"), *whose)
    in_order = run_out.order_by(bookings.c.id).with_for_update(skip_locked=not wait)
    return sa.delete(bookings).where(bookings.c.id.in_(in_order))


_OF_COUNSELOR = bookings.c.counselor_id == sa.bindparam("counselor_id")
_OF_CLIENT = bookings.c.client_id == sa.bindparam("client_id")
SWEEP_ALL = _sweep(wait=False)
SWEEP_THEIRS = _sweep(sa.or_(_OF_COUNSELOR, _OF_CLIENT), wait=True)


class Bookings:
    """Bookings by id and by reference, and the times they take."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def get(self, booking_id: int) -> Booking:
        """The booking or hold with this id; NotFound `booking_not_found`."""
        return _found((await self._conn.execute(BY_ID, {"id": booking_id})).first())

    async def lock(self, booking_id: int) -> Booking:
        """The same, to be changed: until this transaction ends nobody else changes it or its proposals.

        Nor does anybody move another of these two people's bookings into its way meanwhile.
        """
        booking = await self.get(booking_id)
        if self._conn.dialect.name == "sqlite":  # nobody else writes at all
            return booking
        await take_turns(self._conn, [booking.counselor_id], [booking.client_id])
        return _found((await self._conn.execute(LOCK, {"id": booking_id})).first())

    async def by_reference(self, reference: str) -> Booking:
        """The booking with this reference, written as it was made; NotFound `booking_not_found`."""
        return _found((await self._conn.execute(BY_REFERENCE, {"reference": reference})).first())

    async def active_at(self, counselor_id: int, client_id: int, start: datetime) -> Booking | None:
        """The active booking of these two that starts then."""
        whose = {"counselor_id": counselor_id, "client_id": client_id, "starts_at": start}
        row = (await self._conn.execute(ACTIVE_AT, whose)).first()
        return None if row is None else booking_of(row)

    async def ever(self, counselor_id: int, client_id: int) -> bool:
        """Whether these two have ever had a booking with each other, whatever became of it."""
        whose = {"counselor_id": counselor_id, "client_id": client_id}
        return bool((await self._conn.scalars(EVER, whose)).one())

    async def hold_of(self, client_id: int) -> Booking | None:
        """The client's hold, expired or not."""
        row = (await self._conn.execute(HOLD_OF, {"client_id": client_id})).first()
        return None if row is None else booking_of(row)

    async def taken(
        self,
        counselor_id: int,
        first: datetime,
        until: datetime,
        *,
        now: datetime,
        client_id: int | None = None,
        except_id: int | None = None,
    ) -> list[Taken]:
        """What is taken of [first, until): the counselor's bookings and holds, the client's own sessions.

        Those of the client with this counselor come once, as the counselor's. Left out are holds that have
        run out at `now`, the client's own hold, as it gives way to another, and the booking `except_id`.
        """
        return await taken(
            self._conn, counselor_id, first, until, now=now, client_id=client_id, except_id=except_id
        )

    async def add(self, booking: Booking, *, beside_hold: bool = False) -> Booking:
        """Insert a booking and give it its id. A new hold takes the place of the client's earlier one.

        Where the same tap has just taken the same hold through another process, that one is returned.
        `beside_hold` leaves the client's hold alone, so that there cannot be a new one. Holds that have run
        out when it was created give way. Conflict `client_busy`, `slot_taken`, `reference_taken`, or `stale`
        when the client has another hold or takes one at the same moment; nothing has changed then.
        """
        row = booking_row(booking)
        del row["id"]
        new_id = await self._insert(row)
        if new_id is None:
            async with self._conn.begin_nested():
                await self._sweep_around(booking)
                if (same := await self._same_hold(booking)) is not None:
                    return same
                if booking.status is Status.HELD and not beside_hold:
                    await self._conn.execute(DELETE_HOLD_OF, {"client_id": booking.client_id})
                new_id = await self._insert_or_explain(booking, row)
        return replace(booking, id=new_id)

    async def save(self, booking: Booking) -> Booking:
        """Store the next version of a booking.

        Conflict `stale` unless the row is at the version before; `client_busy` or `slot_taken` when its new
        time is not free. Nothing has changed then.
        """
        row = booking_row(booking)
        key = {"row_id": row.pop("id"), "row_version": booking.version - 1}
        times = {name: row[name] for name in TIMES}
        rest = {name: value for name, value in row.items() if name not in TIMES}
        in_place = {**key, **{f"row_{name}": value for name, value in times.items()}, **rest}
        if (await self._conn.execute(SAVE_IN_PLACE, in_place)).rowcount == 0:
            await self._save_moved(booking, {**key, **row})
        return booking

    async def note_times(
        self, booking_id: int, started_at: datetime | None, ended_at: datetime | None
    ) -> None:
        """Store what was observed of a locked booking; no button is about that, so the version stays."""
        times = {"started_at": started_at, "ended_at": ended_at}
        await self._conn.execute(NOTE_TIMES, {"row_id": booking_id, **times})

    async def delete_hold(self, booking_id: int) -> bool:
        """Release a hold; False when there is no hold with this id."""
        return (await self._conn.execute(DELETE_HOLD, {"id": booking_id})).rowcount == 1

    async def sweep_holds(
        self, now: datetime, *, counselor_id: int | None = None, client_id: int | None = None
    ) -> int:
        """Delete holds that have run out at `now`: all, or those of a counselor or a client; how many."""
        if counselor_id is None and client_id is None:
            return (await self._conn.execute(SWEEP_ALL, {"now": now})).rowcount
        await take_turns(self._conn, _given(counselor_id), _given(client_id))
        theirs = {"now": now, "counselor_id": counselor_id, "client_id": client_id}
        return (await self._conn.execute(SWEEP_THEIRS, theirs)).rowcount

    async def _insert(self, row: Mapping[str, Any]) -> int | None:
        try:
            return (await self._conn.execute(ADD[self._conn.dialect.name], row)).scalar()
        except IntegrityError as error:
            if not _is_overlap(error):
                raise
            return None

    async def _insert_or_explain(self, booking: Booking, row: Mapping[str, Any]) -> int:
        for _ in range(TRIES):  # what was in the way may have gone before it could be named
            new_id = await self._insert(row)
            if new_id is not None:
                return new_id
            conflict = await conflict_with(self._conn, booking)
            if conflict is not None:
                raise conflict
        raise Conflict("slot_taken")

    async def _sweep_around(self, booking: Booking) -> None:
        theirs = {"counselor_id": booking.counselor_id, "client_id": booking.client_id}
        await self.sweep_holds(booking.created_at, **theirs)

    async def _same_hold(self, booking: Booking) -> Booking | None:
        """The hold of this very time that the client has just taken through another process."""
        hold = await self.hold_of(booking.client_id) if booking.status is Status.HELD else None
        alike = hold is not None and all(getattr(hold, name) == getattr(booking, name) for name in SAME)
        return hold if alike else None

    async def _save_moved(self, booking: Booking, values: Mapping[str, Any]) -> None:
        await take_turns(self._conn, [booking.counselor_id], [booking.client_id])
        try:
            async with self._conn.begin_nested():
                saved = (await self._conn.execute(SAVE, values)).rowcount
        except IntegrityError as error:
            if not _is_overlap(error):
                raise
            raise await conflict_with(self._conn, booking) or Conflict("slot_taken") from error
        if saved == 0:
            raise Conflict("stale", booking_id=booking.id)


def _found(row: sa.Row[Any] | None) -> Booking:
    if row is None:
        raise NotFound("booking_not_found")
    return booking_of(row)


def _given(person: int | None) -> list[int]:
    return [] if person is None else [person]


def _is_overlap(error: IntegrityError) -> bool:
    return any(rule.name in str(error.orig) for rule in RULES)
