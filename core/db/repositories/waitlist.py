"""The waitlist: entries as rows and as domain objects, in the order in which people are asked."""

from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from core.db.engine import Connection
from core.db.repositories.overlaps import take_turns
from core.db.tables.bookings import bookings
from core.db.tables.people import people
from core.db.tables.waitlist import IS_WAITING, waitlist
from core.domain.errors import Conflict, NotFound
from core.domain.waitlist import Asked, WaitlistEntry, WaitStatus

_TYPED = {"status", "asked"}
PLAIN = tuple(each.name for each in fields(WaitlistEntry) if each.name not in _TYPED)
IN_ORDER = (waitlist.c.created_at, waitlist.c.id)
IS_OPEN = sa.text(str(IS_WAITING).replace("status", "waitlist.status"))
OF_CLIENT = waitlist.c.client_id == sa.bindparam("client_id")

ADD = sa.insert(waitlist).returning(waitlist.c.id)
BY_ID = sa.select(waitlist).where(waitlist.c.id == sa.bindparam("id"))
BY_HOLD = sa.select(waitlist).where(OF_CLIENT, waitlist.c.hold_id == sa.bindparam("hold_id"))
OPEN_OF = sa.select(waitlist).where(OF_CLIENT, IS_OPEN).order_by(*IN_ORDER)
SAVE = sa.update(waitlist).where(
    waitlist.c.id == sa.bindparam("row_id"), waitlist.c.status == sa.bindparam("was")
)
HELD = sa.text("bookings.status = 'held'")
QUEUE = (
    sa.select(waitlist, people.c.zone.label("client_zone"), bookings.c.expires_at.label("busy_until"))
    .join(people, people.c.id == waitlist.c.client_id)
    .outerjoin(bookings, sa.and_(bookings.c.client_id == waitlist.c.client_id, HELD))
    .where(
        waitlist.c.counselor_id == sa.bindparam("counselor_id"),
        IS_OPEN,
        waitlist.c.first <= sa.bindparam("last_date", type_=sa.Date),
        waitlist.c.last >= sa.bindparam("first_date", type_=sa.Date),
    )
    .order_by(*IN_ORDER)
)
COUNSELORS = sa.select(waitlist.c.counselor_id).where(IS_OPEN).distinct().order_by(waitlist.c.counselor_id)
SERVED = (
    sa.update(waitlist)
    .where(
        waitlist.c.client_id == sa.bindparam("whose"),
        IS_WAITING,
        sa.or_(
            waitlist.c.hold_id == sa.bindparam("booking_id"),
            sa.and_(
                waitlist.c.counselor_id == sa.bindparam("of_counselor"),
                waitlist.c.session_type_id == sa.bindparam("of_type"),
                waitlist.c.first <= sa.bindparam("day", type_=sa.Date),
                waitlist.c.last >= sa.bindparam("day", type_=sa.Date),
            ),
        ),
    )
    .values(status=WaitStatus.DONE.value, offered_until=None)
)
END_PAST = (
    sa.update(waitlist)
    .where(
        waitlist.c.status == WaitStatus.WAITING.value,
        waitlist.c.last < sa.bindparam("today", type_=sa.Date),
    )
    .values(status=WaitStatus.DONE.value)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class InLine:
    """Somebody waiting, with their zone if they have said it, and until when they hold another slot."""

    entry: WaitlistEntry
    client_zone: str | None
    busy_until: datetime | None


class Waitlist:
    """Entries by id, by client and by counselor.

    Whoever writes an entry and a booking in one transaction writes the booking first.
    """

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def get(self, entry_id: int) -> WaitlistEntry:
        """The entry with this id; NotFound `wait_not_found`."""
        row = (await self._conn.execute(BY_ID, {"id": entry_id})).first()
        if row is None:
            raise NotFound("wait_not_found")
        return _entry(row)

    async def of_hold(self, client_id: int, hold_id: int) -> WaitlistEntry | None:
        """The client's entry that this hold, or the booking it has become, was offered for."""
        row = (await self._conn.execute(BY_HOLD, {"client_id": client_id, "hold_id": hold_id})).first()
        return None if row is None else _entry(row)

    async def open_of(self, client_id: int) -> list[WaitlistEntry]:
        """What a client waits for, also what is past by now, in the order of their joining."""
        return [_entry(row) for row in await self._conn.execute(OPEN_OF, {"client_id": client_id})]

    async def queue(self, counselor_id: int, first: date, last: date) -> list[InLine]:
        """Those who wait for a counselor on one of these dates, in the order in which they are asked."""
        asked = {"counselor_id": counselor_id, "first_date": first, "last_date": last}
        return [
            InLine(entry=_entry(row), client_zone=row.client_zone, busy_until=row.busy_until)
            for row in await self._conn.execute(QUEUE, asked)
        ]

    async def counselors(self) -> list[int]:
        """The counselors for whom anybody waits."""
        return list((await self._conn.scalars(COUNSELORS)).all())

    async def add(self, entry: WaitlistEntry) -> WaitlistEntry:
        """Insert an entry and give it its id."""
        row = _row(entry)
        del row["id"]
        return replace(entry, id=(await self._conn.execute(ADD, row)).scalar_one())

    async def save(self, entry: WaitlistEntry, was: WaitStatus) -> None:
        """Store an entry that stood like this; Conflict `wait_changed` when it does not any more."""
        row = _row(entry)
        key = {"row_id": row.pop("id"), "was": was.value}
        if (await self._conn.execute(SAVE, key | row)).rowcount == 0:
            raise Conflict("wait_changed")

    async def served(
        self, client_id: int, booking_id: int, counselor_id: int, session_type_id: int, day: date
    ) -> None:
        """End what the client waited for and has now booked, through an offer or otherwise."""
        booked = {"whose": client_id, "booking_id": booking_id, "day": day}
        await self._conn.execute(SERVED, booked | {"of_counselor": counselor_id, "of_type": session_type_id})

    async def end_past(self, today: date) -> None:
        """End what was waited for on dates before this one."""
        await self._conn.execute(END_PAST, {"today": today})

    async def take_turns(self, client_id: int) -> None:
        """Let nobody else add entries of this client until the transaction ends."""
        await take_turns(self._conn, clients=[client_id])


def _row(entry: WaitlistEntry) -> dict[str, Any]:
    row = {name: getattr(entry, name) for name in PLAIN}
    asked = [[each.round, each.start.isoformat()] for each in entry.asked]
    return row | {"status": entry.status.value, "asked": asked}


def _entry(row: sa.Row[Any]) -> WaitlistEntry:
    return WaitlistEntry(
        status=WaitStatus(row.status),
        asked=tuple(Asked(round=name, start=datetime.fromisoformat(start)) for name, start in row.asked),
        **{name: getattr(row, name) for name in PLAIN},
    )
