"""The practice under test: one database from the first example to the last, emptied before each."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from core.db.engine import Database
from core.db.metadata import metadata
from core.domain.counselor import Counselor
from core.jobs.claims import Claims
from core.jobs.table import jobs
from core.ports.clock import FixedClock, OffsetClock
from core.services.effects import plan_housekeeping
from tests.conftest import START
from tests.core.services.recording_messenger import Message
from tests.core.services.small_practice import Filled, SmallPractice, opened

SET_UP = frozenset(
    {
        "people",
        "counselors",
        "availability_rules",
        "date_overrides",
        "out_of_office",
        "programs",
        "program_counselors",
        "session_types",
        "session_type_counselors",
        "settings",
        "practice_revision",
    }
)
"""The tables that hold the practice; an example fills the others."""
LEASE = timedelta(milliseconds=1)


def at_leisure(database: Database) -> Database:
    """The database without waiting for the disk: what a power failure loses is not the question here."""
    if database.dialect == "sqlite":

        def set_up(connection: Any, _record: object) -> None:
            connection.execute("PRAGMA synchronous=OFF").close()

        sa.event.listen(database._writer.sync_engine, "connect", set_up)
    return database


@dataclass(slots=True)
class World:
    """The programs that are running: `practice` acts, and after a restart it is another one."""

    url: str
    filled: Filled
    practice: SmallPractice
    counselors: dict[str, Counselor] = field(default_factory=dict)

    @classmethod
    async def begin(cls, url: str, filled: Filled) -> "World":
        """Open a filled database."""
        world = cls(url, filled, _practice(url, filled, OffsetClock(FixedClock(START))))
        known = await world.practice.practice()
        world.counselors = {each.slug: each for each in known.counselors.values()}
        return world

    async def empty(self, chosen: dict[str, int | bool]) -> None:
        """Put everything back to the first moment, with these policies."""
        clock = OffsetClock(FixedClock(START))
        self.practice = opened(self.practice.database, clock, self.filled)
        async with self.practice.store.write() as uow:
            for table in reversed(metadata.sorted_tables):
                if table.name not in SET_UP:
                    await uow.conn.execute(sa.delete(table))
            for counselor in self.counselors.values():
                await uow.counselors.save(counselor)
            await uow.settings.put("policy", chosen)
        await plan_housekeeping(self.practice.store, clock)

    async def restart(self, *, database: bool) -> None:
        """Go on with another program, which has read nothing yet; perhaps over connections of its own."""
        before = self.practice
        if database:
            self.practice = _practice(self.url, self.filled, before.clock)
            await before.database.close()
        else:
            self.practice = opened(before.database, before.clock, self.filled)

    async def run_jobs(self, lost: int, *, carried_out: bool) -> list[Message]:
        """Carry out what is due; of the first `lost` a runner takes the lease and dies.

        That is before it has carried them out, or else before it could say so. What was sent.
        """
        practice = self.practice
        practice.messenger.sent.clear()
        if lost:
            await self._die(lost, carried_out=carried_out)
        await practice.run_due()
        return list(practice.messenger.sent)

    async def _die(self, lost: int, *, carried_out: bool) -> None:
        practice, dying = self.practice, Claims(uuid4().hex, LEASE)
        async with practice.database.write() as conn:
            claimed = await dying.claim(conn, now=practice.clock.now(), room=lost)
        for job in claimed if carried_out else ():
            await practice.handlers()[job.kind](job)
        await asyncio.sleep(2 * LEASE.total_seconds())  # leases run by the database's own clock

    async def due(self) -> list[Any]:
        """Jobs that ought to have run by now, and dead ones."""
        late = sa.select(jobs).where(
            sa.or_(jobs.c.run_at <= self.practice.clock.now(), jobs.c.state == "dead")
        )
        async with self.practice.database.read() as conn:
            return list((await conn.execute(late)).all())


def _practice(url: str, filled: Filled, clock: OffsetClock) -> SmallPractice:
    return opened(at_leisure(Database(url, pool_size=2)), clock, filled)
