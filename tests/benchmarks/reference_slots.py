"""Slots as a plain loop over dateutil's rrule and zoneinfo: the floor of the slot benchmark.

It asks every start on the grid about every taken time, in aware datetimes. It gives the answer of the slot
engine wherever no clock change falls into open hours; it knows no windows of 24 hours or more.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import WEEKLY, rrule

from core.domain.availability import Schedule, Window
from core.domain.slots import SlotRules, TakenKind

MIDNIGHT = time(0)
DAY = timedelta(days=1)
SESSIONS = (TakenKind.BOOKING, TakenKind.HOLD)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainTaken:
    """A taken time as a row of the database gives it."""

    start: datetime
    end: datetime
    busy_until: datetime
    kind: TakenKind


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainQuery:
    """The question of the slot engine in aware datetimes alone."""

    schedule: Schedule
    rules: SlotRules
    taken: Sequence[PlainTaken]
    now: datetime
    first: datetime
    until: datetime


def reference_slots(query: PlainQuery) -> list[datetime]:
    """The start times on offer, UTC, ascending."""
    zone = ZoneInfo(query.schedule.zone)
    last_date = query.now.astimezone(zone).date() + timedelta(days=query.rules.window_days)
    found: list[datetime] = []
    for opening, closing in _merged(_windows(query, zone)):
        end_of_hours = closing.replace(tzinfo=zone).astimezone(UTC)
        wall = opening
        while wall < closing:
            start = wall.replace(tzinfo=zone).astimezone(UTC)
            if (
                wall.date() <= last_date
                and start + query.rules.duration <= end_of_hours
                and _free(query, start)
            ):
                found.append(start)
            wall += query.rules.interval
    if query.rules.daily_limit is not None:
        found = [start for start in found if _sessions_on(query, start, zone) < query.rules.daily_limit]
    return found


def _windows(query: PlainQuery, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    overridden = {override.date for override in query.schedule.overrides}
    first = query.first.astimezone(zone).date() - DAY
    last = query.until.astimezone(zone).date() + DAY
    for rule in query.schedule.weekly:
        begin, end = datetime.combine(first, MIDNIGHT), datetime.combine(last, MIDNIGHT)
        for midnight in rrule(WEEKLY, dtstart=begin, until=end, byweekday=rule.weekday):
            if midnight.date() not in overridden:
                yield from _open_part(query.schedule, midnight.date(), rule.window)
    for override in query.schedule.overrides:
        for window in override.windows:
            yield from _open_part(query.schedule, override.date, window)


def _open_part(schedule: Schedule, day: date, window: Window) -> Iterator[tuple[datetime, datetime]]:
    """The window on its date and past midnight, without what is out of office."""
    midnight = datetime.combine(day, MIDNIGHT)
    start, end = (
        midnight + timedelta(minutes=window.start_minute),
        midnight + timedelta(minutes=window.end_minute),
    )
    for begin, stop in ((start, min(end, midnight + DAY)), (midnight + DAY, end)):
        away = any(each.first <= begin.date() <= each.last for each in schedule.out_of_office)
        if begin < stop and not away:
            yield begin, stop


def _merged(windows: Iterator[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    merged: list[tuple[datetime, datetime]] = []
    for start, end in sorted(windows):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _free(query: PlainQuery, start: datetime) -> bool:
    end = start + query.rules.duration
    kept_free_until = end + query.rules.buffer
    if not query.first <= start < query.until or start < query.now + query.rules.notice:
        return False
    for taken in query.taken:
        if taken.kind in SESSIONS:
            if start < taken.busy_until and taken.start < kept_free_until:
                return False
        elif start < taken.end and taken.start < end:
            return False
    return True


def _sessions_on(query: PlainQuery, start: datetime, zone: ZoneInfo) -> int:
    day = start.astimezone(zone).date()
    return sum(each.kind in SESSIONS and each.start.astimezone(zone).date() == day for each in query.taken)
