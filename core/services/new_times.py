"""New times for all sessions that fall into a counselor's days off, proposed with one tap."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.db.schedule_view import SessionLine, proposed
from core.db.uow import Store
from core.domain.access import Actor
from core.domain.availability import OutOfOffice
from core.domain.booking import Booking
from core.domain.errors import Conflict, DomainError
from core.domain.timespan import Timespan
from core.domain.wall import date_range
from core.services.move_times import MoveTimes
from core.services.out_of_office import DaysOff
from core.services.reschedule import Reschedules
from core.services.schedule import acting_counselor

__all__ = ["AT_ONCE", "NewTime", "NewTimes", "Round"]

NEAR = 100
"""So many free times around the old one are looked at before those after the days off."""
AT_ONCE = 10
"""So many sessions are carried out with one tap, which somebody waits for."""
TAKEN_MEANWHILE = frozenset({"slot_taken", "client_busy", "not_offered"})


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTime:
    """A session with the start now proposed, or the code of why none is: None for want of a free time."""

    session: SessionLine
    start: datetime | None = None
    refusal: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What became of some of the sessions, in order of time, and how many come after them."""

    found: list[NewTime]
    left: int


class NewTimes:
    """One use case over those of days off and of rescheduling; each proposal is a transaction of its own."""

    def __init__(self, store: Store, days_off: DaysOff, times: MoveTimes, reschedules: Reschedules) -> None:
        self._store = store
        self._days_off = days_off
        self._times = times
        self._reschedules = reschedules

    async def propose(self, actor: Actor, days: OutOfOffice, after: datetime | None = None) -> Round:
        """Offer each clashing session the free time nearest to its old one, none twice; in order of time.

        They are the first that begin later than `after`: the start of the last one of the round before. What
        waits for an answer already is left as it is, so a second time it changes nothing. Conflict
        `absence_gone` when the days off do not stand any more.
        """
        absence = await self._days_off.look(actor, days)
        if not absence.saved:
            raise Conflict("absence_gone")
        async with self._store.read() as uow:
            counselor = await acting_counselor(uow, actor)
            offered = await proposed(uow.conn, counselor.id)
        back = date_range(counselor.zone, days.first, days.last).end
        lines = [line for line in absence.clashes if after is None or line.booking.starts_at > after]
        found = [await self._offer(actor, line, back, offered) for line in lines[:AT_ONCE]]
        return Round(found=found, left=len(lines) - len(found))

    async def _offer(
        self, actor: Actor, line: SessionLine, back: datetime, offered: list[Timespan]
    ) -> NewTime:
        """Try the free times one after the other; the one that is proposed joins those `offered`."""
        try:
            for start in await self._candidates(actor, line.booking, back, offered):
                try:
                    await self._reschedules.propose(actor, line.booking.id, line.booking.version, start)
                except Conflict as error:
                    if error.code not in TAKEN_MEANWHILE:
                        raise
                else:
                    offered.append(_span(line.booking, start))
                    return NewTime(session=line, start=start)
        except DomainError as error:
            return NewTime(session=line, refusal=error.code)
        return NewTime(session=line)

    async def _candidates(
        self, actor: Actor, booking: Booking, back: datetime, offered: Sequence[Timespan]
    ) -> list[datetime]:
        """Free starts that nothing `offered` is near, the nearest first; those after the days off last."""
        old = booking.starts_at
        near = await self._times.nearest(actor, booking.id, old, NEAR)
        apart = sorted(_apart(booking, near, offered), key=lambda start: abs(start - old))
        if apart:
            return apart
        after = await self._times.between(actor, booking.id, back, back + timedelta(days=60))
        return list(_apart(booking, after, offered))


def _apart(booking: Booking, starts: Sequence[datetime], offered: Sequence[Timespan]) -> Iterator[datetime]:
    return (start for start in starts if not any(_span(booking, start).overlaps(each) for each in offered))


def _span(booking: Booking, start: datetime) -> Timespan:
    """The session at another time, with its buffer."""
    return Timespan(start=start, end=start + (booking.busy_until - booking.starts_at))
