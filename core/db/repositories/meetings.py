"""Meetings by booking, what their providers told of them, and the generations of their links."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from core.db.engine import Connection
from core.db.insert import insert_or_leave, insert_or_update
from core.db.tables.bookings import bookings
from core.db.tables.meetings import meeting_facts, meetings
from core.domain.booking import Status
from core.domain.meeting import Happening, MeetingFact
from core.domain.side import Side

OF_BOOKING = meetings.c.booking_id == sa.bindparam("booking_id")
BY_BOOKING = sa.select(meetings).where(OF_BOOKING)
BY_NAME = sa.select(meetings).where(
    meetings.c.provider == sa.bindparam("provider"),
    sa.or_(meetings.c.name == sa.bindparam("called"), meetings.c.ref == sa.bindparam("called")),
)
KEPT = ("provider", "ref", "address", "starts_at", "ends_at")
PUT = insert_or_update(meetings, ["booking_id"], KEPT)
ADD = insert_or_leave(meetings, meetings.c.booking_id)
DELETE = sa.delete(meetings).where(OF_BOOKING)
RENEW = {
    side: sa.update(meetings)
    .where(meetings.c.booking_id == sa.bindparam("of_booking"))
    .values({f"{side}_generation": meetings.c[f"{side}_generation"] + 1})
    for side in Side
}
ADD_FACTS = insert_or_leave(meeting_facts, meeting_facts.c.booking_id)
FACTS = sa.select(meeting_facts).where(meeting_facts.c.booking_id == sa.bindparam("booking_id"))
CALLED_OFF = bookings.c.status.in_([Status.CANCELLED, Status.DECLINED, Status.EXPIRED])
ASTRAY = (
    sa.select(meetings.c.booking_id)
    .outerjoin(bookings, bookings.c.id == meetings.c.booking_id)
    .where(sa.or_(bookings.c.id.is_(None), sa.and_(meetings.c.ref.is_not(None), CALLED_OFF)))
    .order_by(meetings.c.booking_id)
    .limit(sa.bindparam("most", type_=sa.Integer))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptMeeting:
    """What is known of a booking's meeting.

    `ref` is None while there is none at the provider, which was told `starts_at` and `ends_at`. The
    generations are those of the links of both sides.
    """

    booking_id: int
    name: str
    provider: str = ""
    ref: str | None = None
    address: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    client_generation: int = 0
    counselor_generation: int = 0

    def generation(self, side: Side) -> int:
        """The generation that a link of this side must have."""
        return self.client_generation if side is Side.CLIENT else self.counselor_generation


FIELDS = tuple(each.name for each in fields(KeptMeeting))


class Meetings:
    """Meetings, at most one of a booking."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def get(self, booking_id: int) -> KeptMeeting | None:
        """What is known of a booking's meeting."""
        return _kept((await self._conn.execute(BY_BOOKING, {"booking_id": booking_id})).first())

    async def called(self, provider: str, called: str) -> KeptMeeting | None:
        """The meeting that a provider calls so, by our name or by its own; None for one that is not ours."""
        return _kept((await self._conn.execute(BY_NAME, {"provider": provider, "called": called})).first())

    async def put(self, kept: KeptMeeting) -> None:
        """Store where the meeting is; name and generations stay as they are once they are known."""
        await self._conn.execute(PUT[self._conn.dialect.name], _row(kept))

    async def renew(self, kept: KeptMeeting, side: Side) -> None:
        """Let no link given out to this side so far lead anywhere."""
        await self._conn.execute(ADD[self._conn.dialect.name], _row(kept))
        await self._conn.execute(RENEW[side], {"of_booking": kept.booking_id})

    async def delete(self, booking_id: int) -> None:
        """Forget a meeting and what was told of it."""
        await self._conn.execute(DELETE, {"booking_id": booking_id})

    async def add_facts(self, booking_id: int, facts: Iterable[MeetingFact]) -> None:
        """Keep facts; those that are known already change nothing."""
        for fact in facts:
            row = {
                "booking_id": booking_id,
                "happening": fact.happening.value,
                "visit": fact.visit,
                "at": fact.at,
                "side": fact.side and fact.side.value,
            }
            await self._conn.execute(ADD_FACTS[self._conn.dialect.name], row)

    async def facts(self, booking_id: int) -> list[MeetingFact]:
        """Everything that was told of a meeting, in no order."""
        return [
            MeetingFact(
                happening=Happening(row.happening),
                visit=row.visit,
                at=row.at,
                side=None if row.side is None else Side(row.side),
            )
            for row in await self._conn.execute(FACTS, {"booking_id": booking_id})
        ]

    async def astray(self, most: int) -> list[int]:
        """Bookings that are gone or called off, of which a meeting is still kept; by booking id."""
        return list(await self._conn.scalars(ASTRAY, {"most": most}))


def _row(kept: KeptMeeting) -> dict[str, Any]:
    return {name: getattr(kept, name) for name in FIELDS}


def _kept(row: sa.Row[Any] | None) -> KeptMeeting | None:
    return None if row is None else KeptMeeting(**{name: getattr(row, name) for name in FIELDS})
