"""What people want to hear of where; who has chosen nothing has no row."""

from collections.abc import Sequence
from datetime import time
from typing import Any

import sqlalchemy as sa

from core.db.engine import Connection
from core.db.insert import insert_or_update
from core.db.tables.notifications import notification_choices as table
from core.db.tables.people import people
from core.domain.channel import Channel, Choices, QuietHours, Topic

OF_PERSON = sa.select(table).where(table.c.person_id == sa.bindparam("person_id"))
QUIET = (
    sa.select(table, people.c.zone)
    .join(people, people.c.id == table.c.person_id)
    .where(table.c.person_id.in_(sa.bindparam("ids", expanding=True)), table.c.quiet_from.is_not(None))
)
SAVE = insert_or_update(table, ["person_id"], ["muted", "quiet_from", "quiet_to"])
NOTHING = Choices()


class ChoiceRows:
    """The choices of people."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def get(self, person_id: int) -> Choices:
        """The choices of a person."""
        row = (await self._conn.execute(OF_PERSON, {"person_id": person_id})).first()
        return NOTHING if row is None else _choices(row)

    async def quiet(self, people_ids: Sequence[int]) -> dict[int, tuple[Choices, str | None]]:
        """Of those among these people who have quiet hours: their choices and their zone."""
        rows = await self._conn.execute(QUIET, {"ids": sorted(set(people_ids))})
        return {row.person_id: (_choices(row), row.zone) for row in rows}

    async def save(self, person_id: int, choices: Choices) -> None:
        """Store the choices of a person."""
        quiet = choices.quiet
        row = {
            "person_id": person_id,
            "muted": sorted(f"{topic}/{channel}" for topic, channel in choices.muted),
            "quiet_from": None if quiet is None else _minutes(quiet.start),
            "quiet_to": None if quiet is None else _minutes(quiet.end),
        }
        await self._conn.execute(SAVE[self._conn.dialect.name], row)


def _choices(row: sa.Row[Any]) -> Choices:
    pairs = (each.split("/") for each in row.muted)
    quiet = None
    if row.quiet_from is not None:
        quiet = QuietHours(start=_time(row.quiet_from), end=_time(row.quiet_to))
    muted = frozenset((Topic(topic), Channel(channel)) for topic, channel in pairs)
    return Choices(muted=muted, quiet=quiet)


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _time(minutes: int) -> time:
    return time(*divmod(minutes, 60))
