"""A counselor's schedule: what is agreed and asked for, day by day, and the time that is left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.db.schedule_view import SessionLine, next_session, sessions
from core.db.uow import Store, UnitOfWork
from core.db.views import BookingLine, requests
from core.domain.access import Actor, require
from core.domain.availability import open_spans
from core.domain.counselor import Counselor
from core.domain.errors import Forbidden
from core.domain.person import Role
from core.domain.spans import Span, merge, subtract
from core.domain.timespan import to_epoch
from core.domain.wall import date_range, date_spans
from core.domain.zones import wall_time
from core.ports.clock import Clock

__all__ = ["DaySchedule", "Schedules", "SessionLine", "Today", "Week", "acting_counselor"]

WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySchedule:
    """One date of a counselor's: its sessions, how long it is open, and what of that can still be booked.

    `free_seconds` counts from now on and leaves out buffers and holds; `away` is out of office.
    """

    date: date
    sessions: tuple[SessionLine, ...]
    open_seconds: int
    free_seconds: int
    away: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """A day with what is asked of the counselor, and the first agreed session still to come."""

    counselor: Counselor
    day: DaySchedule
    requests: tuple[BookingLine, ...]
    next: SessionLine | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """Seven dates, and the hours that are open within them in seconds since 1970."""

    counselor: Counselor
    days: tuple[DaySchedule, ...]
    open: tuple[Span, ...]


class Schedules:
    """Questions of a counselor about their own days."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def day(self, actor: Actor, day: date) -> Today:
        """A date on the counselor's wall, with everything that waits for an answer."""
        now = self._clock.now()
        async with self._store.read() as uow:
            counselor = await acting_counselor(uow, actor)
            found, _ = await _days(uow, counselor, day, 1, now)
            return Today(
                counselor=counselor,
                day=found[0],
                requests=tuple(await requests(uow.conn, counselor.id)),
                next=await next_session(uow.conn, counselor.id, now),
            )

    async def week(self, actor: Actor, first: date) -> Week:
        """The seven dates from `first` on."""
        async with self._store.read() as uow:
            counselor = await acting_counselor(uow, actor)
            days, hours = await _days(uow, counselor, first, WEEK, self._clock.now())
            return Week(counselor=counselor, days=days, open=tuple(hours))


async def acting_counselor(uow: UnitOfWork, actor: Actor) -> Counselor:
    """The counselor that the actor is; Forbidden `not_yours` for everybody else."""
    person = require(actor, Role.COUNSELOR)
    counselor = (await uow.practice()).counselor_of_person(person.id)
    if counselor is None:
        raise Forbidden("not_yours")
    return counselor


async def _days(
    uow: UnitOfWork, counselor: Counselor, first: date, count: int, now: datetime
) -> tuple[tuple[DaySchedule, ...], list[Span]]:
    """Some dates on the counselor's wall, and their open hours; always the same two queries."""
    dates = [first + timedelta(days=n) for n in range(count)]
    span = date_range(counselor.zone, dates[0], dates[-1])
    lines = await sessions(uow.conn, counselor.id, span.start, span.end)
    taken = await uow.bookings.taken(counselor.id, span.start, span.end, now=now)
    hours = open_spans(counselor.schedule, to_epoch(span.start), to_epoch(span.end))
    busy = merge([(each.start, each.busy_until) for each in taken] + [(0, max(0, to_epoch(now)))])
    free = subtract(hours, busy)
    by_date = _by_date(lines, counselor.zone, dates)
    days = tuple(
        DaySchedule(
            date=each,
            sessions=tuple(by_date[each]),
            open_seconds=_within(hours, counselor.zone, each),
            free_seconds=_within(free, counselor.zone, each),
            away=any(absence.first <= each <= absence.last for absence in counselor.schedule.out_of_office),
        )
        for each in dates
    )
    return days, hours


def _by_date(lines: Sequence[SessionLine], zone: str, dates: Sequence[date]) -> dict[date, list[SessionLine]]:
    """The sessions by the date they start on; what reaches in from before stands on the first."""
    found: dict[date, list[SessionLine]] = {each: [] for each in dates}
    for line in lines:
        found[max(dates[0], wall_time(line.booking.starts_at, zone).date())].append(line)
    return found


def _within(spans: list[Span], zone: str, day: date) -> int:
    """How many of these seconds lie on a date."""
    here = date_spans(zone, day, day)
    return sum(end - start for start, end in spans) - sum(end - start for start, end in subtract(spans, here))
