"""Noticing that zone data have changed under bookings that were made before."""

from dataclasses import dataclass

from core.db.agreed_times import AgreedTime, agreed_times
from core.db.uow import Store
from core.domain.zones import tzdata_version, wall_time
from core.ports.clock import Clock

KEPT = "tzdata"
"""The setting with the version under which all coming bookings were last known to agree."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneReport:
    """The version in use, the one kept (None before the first start), and the bookings that disagree."""

    version: str
    kept: str | None
    moved: tuple[AgreedTime, ...]


class ZoneData:
    """Compares every coming booking's instant with the wall time it was agreed as."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def examine(self) -> ZoneReport:
        """What is so now."""
        async with self._store.read() as uow:
            kept = await uow.settings.get(KEPT)
            agreed = await agreed_times(uow.conn, now=self._clock.now())
        return ZoneReport(version=tzdata_version(), kept=kept, moved=tuple(filter(_moved, agreed)))

    async def keep(self) -> ZoneReport:
        """The same; and where all agrees, keep the version in use as the one that bookings are made under."""
        report = await self.examine()
        if report.kept != report.version and not report.moved:
            async with self._store.write() as uow:
                await uow.settings.put(KEPT, report.version)
        return report


def _moved(agreed: AgreedTime) -> bool:
    try:
        return wall_time(agreed.starts_at, agreed.zone) != agreed.wall_start
    except ValueError:  # the zone is no longer known
        return True
