"""Looking at each date of a series before it is booked: free or not, why, and what is free instead."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from core.db.uow import UnitOfWork
from core.domain.booking import Booking
from core.domain.counselor import Counselor
from core.domain.explain import explain
from core.domain.practice import Practice
from core.domain.series import (
    MOST,
    NO_SUCH_TIME,
    USED_UP,
    Occurrence,
    Plan,
    PlannedDate,
    Rhythm,
    occurrences,
)
from core.domain.session_type import SessionType
from core.domain.slots import SlotQuery, SlotRules, Taken, TakenKind, find_slots, is_offered
from core.domain.wall import date_range
from core.domain.zones import wall_time, zone
from core.services.hold import MINUTE
from core.services.offers import Wanted, slot_query

INSTEAD = 4
"""So many other times are named for a date that is not free."""


def wanted_of(hold: Booking) -> Wanted:
    """What a hold is for."""
    return Wanted(counselor_id=hold.counselor_id, session_type_id=hold.session_type_id, minutes=hold.minutes)


async def sessions_left(uow: UnitOfWork, practice: Practice, kind: SessionType, client_id: int) -> int | None:
    """How many more sessions of its program the client may book; None where that is not limited."""
    if kind.program_id is None:
        return None
    used = await uow.enrollments.used(kind.program_id, client_id)
    return max(0, practice.program(kind.program_id).sessions - used)


def room(hold: Booking, counselor: Counselor, left: int | None, now: datetime) -> dict[Rhythm, int]:
    """How many sessions in a row may be booked at most, by the booking window and the program."""
    first = wall_time(hold.starts_at, counselor.zone).date()
    last = wall_time(now, counselor.zone).date() + timedelta(days=counselor.window_days)
    most = MOST if left is None else min(MOST, left)
    return {each: min(most, (last - first) // timedelta(weeks=each) + 1) for each in Rhythm}


async def plan_dates(
    uow: UnitOfWork, hold: Booking, plan: Plan, left: int | None, now: datetime
) -> list[PlannedDate]:
    """Every date of a series by the rules and data that offers go by; the first is held already.

    Each is looked at as if the others were booked. Invalid `bad_repeat`.
    """
    counselor = (await uow.practice()).counselor(hold.counselor_id)
    dates = occurrences(hold.starts_at, counselor.zone, plan.repeat)
    starts = _starts(dates, plan)
    known = [each for each in starts.values() if each is not None]
    week = timedelta(weeks=1)
    query = await slot_query(
        uow,
        wanted_of(hold),
        client_id=hold.client_id,
        now=now,
        first=min(known) - week,
        until=max(_instant(dates[-1], counselor.zone), *known) + week,
    )
    beyond = frozenset() if left is None else frozenset(list(starts)[left:])
    return [
        _planned(query, number, date, starts, USED_UP if number in beyond else None)
        for number, date in enumerate(dates)
    ]


def _starts(dates: Sequence[Occurrence], plan: Plan) -> dict[int, datetime | None]:
    chosen = {number: plan.other.get(number, date.start) for number, date in enumerate(dates)}
    chosen[0] = dates[0].start
    return {number: start for number, start in chosen.items() if number == 0 or number not in plan.skipped}


def _planned(
    query: SlotQuery,
    number: int,
    date: Occurrence,
    starts: Mapping[int, datetime | None],
    refused: str | None,
) -> PlannedDate:
    if number not in starts:
        return PlannedDate(number=number, wall=date.wall, start=None, skipped=True)
    start = starts[number]
    if number == 0:
        return PlannedDate(number=number, wall=date.wall, start=start)
    others = [each for other, each in starts.items() if other != number and each is not None]
    around = replace(query, taken=[*query.taken, *_taken(query.rules, others)])
    code = _refusal(around, start) or refused
    return PlannedDate(
        number=number,
        wall=date.wall,
        start=start,
        code=code,
        instead=_instead(around, date) if code not in {None, USED_UP} else (),
    )


def _refusal(query: SlotQuery, start: datetime | None) -> str | None:
    if start is None:
        return NO_SUCH_TIME
    asked = replace(query, first=start, until=start + MINUTE)
    if is_offered(asked, start):
        return None
    refusal = explain(asked, start)
    return refusal.reason if refusal else None


def _instead(query: SlotQuery, date: Occurrence) -> tuple[datetime, ...]:
    """The free starts nearest to a date's own time: of that date, then at about that time in its week."""
    where, day = query.schedule.zone, date.wall.date()
    monday = day - timedelta(days=day.weekday())
    week = date_range(where, monday, monday + timedelta(days=6))

    def distance(start: datetime) -> tuple[bool, timedelta, timedelta, datetime]:
        wall = wall_time(start, where)
        off = abs(wall - datetime.combine(wall.date(), date.wall.time()))
        return wall.date() != day, off, abs(wall - date.wall), start

    free = find_slots(replace(query, first=week.start, until=week.end))
    return tuple(sorted(sorted(free, key=distance)[:INSTEAD]))


def _taken(rules: SlotRules, starts: Sequence[datetime]) -> list[Taken]:
    busy = rules.duration + rules.buffer
    return [Taken.between(each, each + rules.duration, TakenKind.BOOKING, each + busy) for each in starts]


def _instant(date: Occurrence, where: str) -> datetime:
    """The occurrence's instant; within a gap, the one that the clock would have shown without it."""
    return date.start or date.wall.replace(tzinfo=zone(where))
