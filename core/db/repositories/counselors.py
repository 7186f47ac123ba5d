"""Counselors with their hours."""

from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from core.db.engine import Connection
from core.db.repositories.change import Change
from core.db.repositories.hours import Hours, load_hours, replace_hours, schedule_of
from core.db.repositories.slugged import SluggedTable
from core.db.tables.counselors import counselors
from core.db.tables.people import people
from core.domain.counselor import Confirmation, Counselor
from core.domain.errors import Conflict

COUNSELORS = SluggedTable(counselors)
ALL = sa.select(counselors).order_by(counselors.c.id)
GRANT = sa.update(people).where(people.c.id == sa.bindparam("person")).values(is_counselor=True)


class Counselors:
    """Writes counselors; they are read with the whole practice."""

    def __init__(self, conn: Connection, change: Change) -> None:
        self._conn = conn
        self._change = change

    async def save(self, counselor: Counselor, digest: str | None = None) -> Counselor:
        """Add the counselor, or change the one with this slug; the person plays that role from now on.

        `digest` stands for what a practice file said; without it that of the last load stays. Conflict
        `already_counselor` when the person is another counselor.
        """
        await self._change()
        try:
            counselor_id = await COUNSELORS.save(self._conn, _row(counselor), digest)
        except IntegrityError as error:
            raise Conflict("already_counselor", slug=counselor.slug) from error
        await replace_hours(self._conn, counselor_id, counselor.schedule)
        await self._conn.execute(GRANT, {"person": counselor.person_id})
        return replace(counselor, id=counselor_id)

    async def get_digest(self, slug: str) -> str | None:
        """The digest that this counselor was last saved with, None if never."""
        return await COUNSELORS.digest(self._conn, slug)


async def load_counselors(conn: Connection) -> dict[int, Counselor]:
    """Every counselor, by id."""
    hours = await load_hours(conn)
    return {row.id: _counselor(row, hours[row.id]) for row in await conn.execute(ALL)}


PLAIN = (
    "slug",
    "person_id",
    "name",
    "bio",
    "active",
    "buffer_minutes",
    "notice_hours",
    "window_days",
    "slot_interval_minutes",
    "daily_limit",
)


def _row(counselor: Counselor) -> dict[str, Any]:
    return {name: getattr(counselor, name) for name in PLAIN} | {
        "zone": counselor.zone,
        "confirmation": counselor.confirmation.value,
    }


def _counselor(row: sa.Row[Any], hours: Hours) -> Counselor:
    return Counselor(
        id=row.id,
        schedule=schedule_of(row.zone, hours),
        confirmation=Confirmation(row.confirmation),
        **{name: getattr(row, name) for name in PLAIN},
    )
