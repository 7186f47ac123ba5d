"""The slot engine: which start times of a counselor are free to take, in whole seconds inside."""

from collections import Counter
from datetime import datetime

from core.domain.availability import wall_windows
from core.domain.grid import grid_steps, grid_strips
from core.domain.offsets import Segment, instants_within, offset_at, offset_segments, wall_days
from core.domain.slot_query import TWO_DAYS, SlotQuery, SlotRules, relevant_span
from core.domain.spans import Span, merge, subtract
from core.domain.taken import SESSION_KINDS, Taken, TakenKind
from core.domain.timespan import DAY_SECONDS, from_epoch, to_epoch, to_epoch_up, to_seconds

__all__ = [
    "SlotQuery",
    "SlotRules",
    "Taken",
    "TakenKind",
    "find_slots",
    "is_offered",
    "relevant_span",
]

_NEVER = 10**18


def find_slots(query: SlotQuery) -> list[datetime]:
    """The start times on offer, UTC, ascending."""
    starts = _starts_within(query, to_epoch_up(query.first), to_epoch_up(query.until))
    return [from_epoch(start) for start in starts]


def is_offered(query: SlotQuery, start: datetime) -> bool:
    """Whether `find_slots` lists this start: the same computation on a range of one second."""
    second = to_epoch(start)
    if start.microsecond or not to_epoch_up(query.first) <= second < to_epoch_up(query.until):
        return False
    return _starts_within(query, second, second + 1) == [second]


def earliest_start(query: SlotQuery) -> int:
    """The first second that keeps the minimum notice."""
    return to_epoch_up(query.now) + to_seconds(query.rules.notice)


def booking_window_end(query: SlotQuery) -> int:
    """The wall second at which the last date of the booking window ends."""
    now = to_epoch(query.now)
    today = (now + offset_at(query.schedule.zone, now)) // DAY_SECONDS
    return (today + query.rules.window_days + 1) * DAY_SECONDS


def full_dates(query: SlotQuery, first: int, until: int) -> list[int]:
    """The counselor's dates in a stretch that have reached the daily limit, numbered from 1970-01-01."""
    limit = query.rules.daily_limit
    if limit is None:
        return []
    segments = offset_segments(query.schedule.zone, first - TWO_DAYS, until + TWO_DAYS)
    sessions = _sessions_by_date(query, segments)
    return [day for day in wall_days(segments) if sessions[day] >= limit]


def _starts_within(query: SlotQuery, first: int, until: int) -> list[int]:
    window_end = booking_window_end(query)
    first = max(first, earliest_start(query))
    until = min(until, window_end + DAY_SECONDS)
    if first >= until:
        return []
    duration = to_seconds(query.rules.duration)
    segments = offset_segments(query.schedule.zone, first, until + duration)
    strips = grid_strips(wall_windows(query.schedule, segments), segments)
    open_time = merge((start, end) for start, end, _ in strips)
    room = [(start, end - duration + 1) for start, end in open_time if end - start >= duration]
    dates = [(day * DAY_SECONDS, (day + 1) * DAY_SECONDS) for day in full_dates(query, first, until)]
    closed = instants_within(merge([*dates, (window_end, _NEVER)]), segments)
    blocked = merge([*_blocked_starts(query, first, until), *closed, (until, _NEVER)])
    return grid_steps(strips, to_seconds(query.rules.interval), subtract(room, blocked))


def _blocked_starts(query: SlotQuery, first: int, until: int) -> list[Span]:
    """For each taken time the starts from which a session or its buffer would run into it."""
    duration = to_seconds(query.rules.duration) - 1
    reach = duration + to_seconds(query.rules.buffer)
    return [
        (each.start - reach, each.busy_until)
        if each.kind in SESSION_KINDS
        else (each.start - duration, each.end)
        for each in query.taken
        if each.busy_until > first and each.start - reach < until
    ]


def _sessions_by_date(query: SlotQuery, segments: list[Segment]) -> Counter[int]:
    starts = [each.start for each in query.taken if each.kind in SESSION_KINDS]
    return Counter(
        (instant + offset) // DAY_SECONDS
        for start, end, offset in segments
        for instant in starts
        if start <= instant < end
    )
