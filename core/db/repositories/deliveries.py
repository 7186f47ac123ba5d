"""What became of messages, the newest first."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa

from core.db.engine import Connection
from core.db.tables.notifications import deliveries
from core.domain.channel import Channel
from core.domain.delivery import Delivery, Result

ADD = sa.insert(deliveries)
COLUMNS = [each for each in deliveries.c if each.name != "id"]
NEWEST = (
    sa.select(*COLUMNS)
    .where(deliveries.c.person_id == sa.bindparam("of_person"))
    .order_by(deliveries.c.id.desc())
    .limit(sa.bindparam("most"))
    .offset(sa.bindparam("skip"))
)
COUNT = (
    sa.select(sa.func.count())
    .select_from(deliveries)
    .where(deliveries.c.person_id == sa.bindparam("of_person"))
)
PURGE = sa.delete(deliveries).where(deliveries.c.at < sa.bindparam("before"))


class Deliveries:
    """The delivery log."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def add(self, entries: Sequence[Delivery]) -> None:
        """Append entries."""
        await self._conn.execute(ADD, [asdict(each) for each in entries])

    async def newest(self, person_id: int, most: int, skip: int = 0) -> list[Delivery]:
        """The last attempts to reach a person."""
        wanted = {"of_person": person_id, "most": most, "skip": skip}
        rows = (await self._conn.execute(NEWEST, wanted)).mappings()
        return [
            Delivery(**{**row, "channel": Channel(row["channel"]), "result": Result(row["result"])})
            for row in rows
        ]

    async def count(self, person_id: int) -> int:
        """How many attempts are kept of a person."""
        return (await self._conn.execute(COUNT, {"of_person": person_id})).scalar_one()

    async def purge(self, before: datetime) -> None:
        """Forget what is older."""
        await self._conn.execute(PURGE, {"before": before})
