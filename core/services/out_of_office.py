"""A counselor's days off: added, taken back, and the sessions that they clash with."""

from dataclasses import dataclass, replace
from datetime import date

from core.db.schedule_view import SessionLine, sessions
from core.db.uow import Store, UnitOfWork
from core.domain.absence import check_absence, clashes_with, with_absence
from core.domain.access import Actor
from core.domain.availability import OutOfOffice
from core.domain.counselor import Counselor
from core.domain.wall import date_range
from core.domain.zones import wall_time
from core.ports.clock import Clock
from core.services.schedule import acting_counselor
from core.services.waitlist_rounds import look_everywhere

__all__ = ["Absence", "DaysOff"]

ADDED = "counselor.out_of_office"
REMOVED = "counselor.back_in_office"


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Days off with the sessions that fall into them; `saved` says that they stand."""

    days: OutOfOffice
    clashes: tuple[SessionLine, ...]
    saved: bool


class DaysOff:
    """Use cases of a counselor about their own days off, which are dates on the clock of their hours."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def look(self, actor: Actor, days: OutOfOffice) -> Absence:
        """The sessions that these days clash with, or would: Invalid as in `check_absence` then."""
        async with self._store.read() as uow:
            counselor = await acting_counselor(uow, actor)
            if not _stands(counselor, days):
                check_absence(days, self._today(counselor))
            return await self._absence(uow, counselor, days)

    async def add(self, actor: Actor, days: OutOfOffice) -> Absence:
        """Take days off; no session moves by that. A second time it changes nothing."""
        async with self._store.write() as uow:
            await uow.practice_to_change()
            counselor = await acting_counselor(uow, actor)
            check_absence(days, self._today(counselor))
            await self._keep(
                uow, actor, counselor, with_absence(counselor.schedule.out_of_office, days), ADDED, days
            )
            return await self._absence(uow, await acting_counselor(uow, actor), days)

    async def remove(self, actor: Actor, days: OutOfOffice) -> tuple[OutOfOffice, ...]:
        """Be there on these days after all; returns what is left, which is all unless exactly they stood."""
        async with self._store.write() as uow:
            await uow.practice_to_change()
            counselor = await acting_counselor(uow, actor)
            left = tuple(each for each in counselor.schedule.out_of_office if each != days)
            await self._keep(uow, actor, counselor, left, REMOVED, days)
            return left

    async def _keep(
        self,
        uow: UnitOfWork,
        actor: Actor,
        counselor: Counselor,
        absences: tuple[OutOfOffice, ...],
        action: str,
        days: OutOfOffice,
    ) -> None:
        if absences == counselor.schedule.out_of_office:
            return
        schedule = replace(counselor.schedule, out_of_office=absences)
        await uow.counselors.save(replace(counselor, schedule=schedule))
        await uow.audit.add(
            actor_id=actor.person_id,
            action=action,
            at=self._clock.now(),
            details={"first": days.first.isoformat(), "last": days.last.isoformat()},
        )
        await look_everywhere(uow, self._clock.now())

    async def _absence(self, uow: UnitOfWork, counselor: Counselor, days: OutOfOffice) -> Absence:
        now = self._clock.now()
        span = date_range(counselor.zone, days.first, days.last)
        found = await sessions(uow.conn, counselor.id, span.start, span.end)
        return Absence(
            days=days,
            clashes=tuple(line for line in found if clashes_with(line.booking, now)),
            saved=_stands(counselor, days),
        )

    def _today(self, counselor: Counselor) -> date:
        return wall_time(self._clock.now(), counselor.zone).date()


def _stands(counselor: Counselor, days: OutOfOffice) -> bool:
    """Whether the counselor is out of office on all of these days."""
    return any(
        each.first <= days.first and days.last <= each.last for each in counselor.schedule.out_of_office
    )
