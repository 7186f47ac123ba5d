"""Facts received from outside: each is known once, by its source and the sender's own id."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from core.db.engine import Connection
from core.db.insert import insert_or_update
from core.db.tables.inbox import inbox

KEYS = ("source", "external_id")
SAME = sa.and_(inbox.c.source == sa.bindparam("source"), inbox.c.external_id == sa.bindparam("external_id"))
FINISHED = sa.select(inbox.c.finished_at.is_not(None)).where(SAME)
BEGIN = insert_or_update(inbox, KEYS, ["received_at"], inbox.c.finished_at)
FINISH = insert_or_update(inbox, KEYS, ["finished_at"])
PURGE = sa.delete(inbox).where(inbox.c.received_at < sa.bindparam("before"))


class Inbox:
    """What has been received, and what of it has been carried out."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def begin(self, source: str, external_id: str, at: datetime) -> bool:
        """Keep that the fact was received; True when it has been carried out already.

        On PostgreSQL the same fact waits here while another transaction is about it.
        """
        fact = {"source": source, "external_id": external_id, "received_at": at}
        finished_at = (await self._conn.execute(BEGIN[self._conn.dialect.name], fact)).scalar_one()
        return finished_at is not None

    async def finished(self, source: str, external_id: str) -> bool:
        """Whether the fact has been carried out."""
        fact = {"source": source, "external_id": external_id}
        return bool((await self._conn.execute(FINISHED, fact)).scalar())

    async def finish(self, source: str, external_id: str, at: datetime) -> None:
        """Keep that the fact has been carried out, whether or not it was begun."""
        await self.finish_all([(source, external_id)], at)

    async def finish_all(self, facts: Sequence[tuple[str, str]], at: datetime) -> None:
        """Keep that these facts, pairs of source and id, have been carried out."""
        rows = [
            {"source": source, "external_id": external_id, "received_at": at, "finished_at": at}
            for source, external_id in sorted(
                facts
            )  # one order, so that two writers never wait for each other
        ]
        if rows:
            await self._conn.execute(FINISH[self._conn.dialect.name], rows)

    async def purge(self, before: datetime) -> None:
        """Forget what was received before this instant."""
        await self._conn.execute(PURGE, {"before": before})
