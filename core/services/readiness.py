"""Whether this process can do its work now: the questions behind `/readyz`."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from math import nan

from core.db.engine import Database
from core.db.errors import DatabaseUnavailable, GuardLost, SchemaOutdated
from core.db.migrate import current, verify
from core.jobs.listing import gauges
from core.kit.metrics import Metrics
from core.ports.clock import Clock

LATE = timedelta(minutes=5)
"""A due job that has waited this long means that nobody carries jobs out."""


class Readiness:
    """Answers in words that may be shown to anybody; a database that does not answer is told once."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def checks(self) -> Mapping[str, Callable[[], Awaitable[str | None]]]:
        """By name, what is wrong with each thing that is needed; None where nothing is."""
        return {
            "database": self._answering,
            "migrations": self._migrated,
            "guard": self._guarded,
            "jobs": self._in_time,
        }

    async def measure(self, metrics: Metrics) -> None:
        """Bring the gauges of the queue up to date; not a number while the database does not answer."""
        waiting = dead = lag = nan
        with suppress(DatabaseUnavailable):
            async with self._database.read() as conn:
                now = await gauges(conn, now=self._clock.now())
            waiting, dead, lag = float(now.ready), float(now.dead), now.lag.total_seconds()
        metrics.jobs_waiting.set(waiting)
        metrics.jobs_dead.set(dead)
        metrics.job_lag_seconds.set(lag)

    async def _answering(self) -> str | None:
        try:
            await current(self._database)
        except DatabaseUnavailable:
            return "it does not answer"
        return None

    async def _migrated(self) -> str | None:
        return await self._verified(SchemaOutdated, "the tables are of another version; run `confer migrate`")

    async def _guarded(self) -> str | None:
        return await self._verified(GuardLost, "the guard against overlaps is lost; run `confer migrate`")

    async def _verified(self, trouble: type[Exception], words: str) -> str | None:
        try:
            await verify(self._database)
        except trouble:
            return words
        except (DatabaseUnavailable, SchemaOutdated, GuardLost):
            return None
        return None

    async def _in_time(self) -> str | None:
        if await self._answering() or await self._migrated():
            return None
        async with self._database.read() as conn:
            lag = (await gauges(conn, now=self._clock.now())).lag
        return f"the oldest due job has waited {lag // timedelta(seconds=1)} s" if lag > LATE else None
