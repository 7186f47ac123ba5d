"""Session types with the counselors who offer them."""

from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from core.db.engine import Connection
from core.db.repositories.change import Change
from core.db.repositories.slugged import CounselorLinks, SluggedTable
from core.db.tables.session_types import session_type_counselors, session_types
from core.domain.counselor import Confirmation
from core.domain.money import Money
from core.domain.session_type import Location, SessionType

SESSION_TYPES = SluggedTable(session_types)
OFFERED_BY = CounselorLinks(session_type_counselors, "session_type_id")
ALL = sa.select(session_types).order_by(session_types.c.id)


class SessionTypes:
    """Writes session types; they are read with the whole practice."""

    def __init__(self, conn: Connection, change: Change) -> None:
        self._conn = conn
        self._change = change

    async def save(self, kind: SessionType, digest: str | None = None) -> SessionType:
        """Add the session type, or change the one with this slug; without a digest the last one stays."""
        await self._change()
        return await self._linked(kind, await SESSION_TYPES.save(self._conn, _row(kind), digest))

    async def get_digest(self, slug: str) -> str | None:
        """The digest that this session type was last saved with, None if never."""
        return await SESSION_TYPES.digest(self._conn, slug)

    async def _linked(self, kind: SessionType, kind_id: int) -> SessionType:
        await OFFERED_BY.replace(self._conn, kind_id, kind.counselor_ids)
        return replace(kind, id=kind_id)


async def load_session_types(conn: Connection) -> dict[int, SessionType]:
    """Every session type, by id."""
    offered_by = await OFFERED_BY.load(conn)
    return {row.id: _session_type(row, offered_by.get(row.id, [])) for row in await conn.execute(ALL)}


PLAIN = (
    "slug",
    "title",
    "address",
    "active",
    "program_id",
    "buffer_minutes",
    "notice_hours",
    "slot_interval_minutes",
)


def _row(kind: SessionType) -> dict[str, Any]:
    return {name: getattr(kind, name) for name in PLAIN} | {
        "durations": list(kind.durations),
        "locations": [each.value for each in kind.locations],
        "price_minor": kind.price.minor,
        "price_currency": kind.price.currency,
        "confirmation": kind.confirmation and kind.confirmation.value,
    }


def _session_type(row: sa.Row[Any], counselor_ids: list[int]) -> SessionType:
    return SessionType(
        id=row.id,
        durations=tuple(row.durations),
        locations=tuple(Location(each) for each in row.locations),
        counselor_ids=tuple(counselor_ids),
        price=Money(minor=row.price_minor, currency=row.price_currency),
        confirmation=row.confirmation and Confirmation(row.confirmation),
        **{name: getattr(row, name) for name in PLAIN},
    )
