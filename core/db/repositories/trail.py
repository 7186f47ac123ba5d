"""What was done: the audit trail of bookings, and the steps of the funnel."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from core.db.engine import Connection
from core.db.tables.trail import audit_entries, funnel_events
from core.domain.analytics import FunnelEvent

ADD_ENTRY = sa.insert(audit_entries)
OF_BOOKING = (
    sa.select(audit_entries)
    .where(audit_entries.c.booking_id == sa.bindparam("booking_id"))
    .order_by(audit_entries.c.id)
)
ADD_STEP = sa.insert(funnel_events)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """Who did what and when; `actor_id` None is the system."""

    id: int
    booking_id: int | None
    actor_id: int | None
    action: str
    at: datetime
    details: dict[str, Any]


class Audit:
    """Entries are only ever added."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def add(
        self,
        *,
        action: str,
        at: datetime,
        actor_id: int | None = None,
        booking_id: int | None = None,
        details: Mapping[str, Any] | None = None,
    ) -> None:
        """Keep that something was done; `details` is plain JSON."""
        entry = {"booking_id": booking_id, "actor_id": actor_id, "action": str(action), "at": at}
        await self._conn.execute(ADD_ENTRY, {**entry, "details": dict(details or {})})

    async def of(self, booking_id: int) -> list[AuditEntry]:
        """A booking's entries, oldest first."""
        rows = await self._conn.execute(OF_BOOKING, {"booking_id": booking_id})
        return [AuditEntry(**row) for row in rows.mappings()]


class Funnel:
    """Steps of the funnel are only ever added."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def add(
        self,
        name: FunnelEvent,
        *,
        at: datetime,
        person_id: int | None = None,
        data: Mapping[str, Any] | None = None,
    ) -> None:
        """Keep a step; `data` is plain JSON."""
        step = {"name": name.value, "person_id": person_id, "at": at, "data": dict(data or {})}
        await self._conn.execute(ADD_STEP, step)
