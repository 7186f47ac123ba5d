"""Why a start time is not offered: the rules of the slot engine, asked one after the other."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from core.domain.availability import (
    DateOverride,
    Schedule,
    open_spans,
    wall_windows,
)
from core.domain.grid import grid_steps, grid_strips
from core.domain.offsets import Segment, offset_at
from core.domain.refusal import Reason, Refusal
from core.domain.slots import SlotQuery, booking_window_end, earliest_start, full_dates
from core.domain.taken import SESSION_KINDS, Taken, TakenKind
from core.domain.timespan import (
    DAY_SECONDS,
    Timespan,
    from_day,
    from_epoch,
    to_day,
    to_epoch,
    to_epoch_up,
    to_seconds,
)

__all__ = ["Reason", "Refusal", "explain"]


def explain(query: SlotQuery, start: datetime) -> Refusal | None:
    """The first reason why an aware `start` is not offered; None exactly when it is."""
    case = _Case(query=query, start=to_epoch(start), whole=not start.microsecond)
    return next((refusal for check in _CHECKS if (refusal := check(case))), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """One start to be judged, in seconds since 1970; `whole` if it has no parts of a second."""

    query: SlotQuery
    start: int
    whole: bool

    @property
    def end(self) -> int:
        return self.start + to_seconds(self.query.rules.duration)

    @property
    def segment(self) -> Segment:
        return (self.start, self.start + 1, offset_at(self.query.schedule.zone, self.start))

    @property
    def wall(self) -> int:
        return self.start + self.segment[2]


def _outside_range(case: _Case) -> Refusal | None:
    first, until = to_epoch_up(case.query.first), to_epoch_up(case.query.until)
    return None if first <= case.start < until else Refusal(reason=Reason.OUTSIDE_RANGE)


def _too_early(case: _Case) -> Refusal | None:
    earliest = earliest_start(case.query)
    if case.start >= earliest:
        return None
    past = case.start < to_epoch_up(case.query.now)
    return Refusal(reason=Reason.PAST if past else Reason.NOTICE, limit=from_epoch(earliest))


def _too_late(case: _Case) -> Refusal | None:
    end = booking_window_end(case.query)
    if case.start < end + DAY_SECONDS and case.wall < end:
        return None
    last = end // DAY_SECONDS - 1
    return Refusal(reason=Reason.BEYOND_WINDOW, dates=_dates(last - case.query.rules.window_days, last))


def _closed(case: _Case) -> Refusal | None:
    schedule, day = case.query.schedule, case.wall // DAY_SECONDS
    if any(start <= case.wall < end for start, end in wall_windows(schedule, [case.segment])):
        return None
    for absence in schedule.out_of_office:
        if to_day(absence.first) <= day <= to_day(absence.last):
            return Refusal(reason=Reason.OUT_OF_OFFICE, dates=(absence.first, absence.last))
    for override in schedule.overrides:
        if _replaces(override, schedule, case.wall):
            return Refusal(reason=Reason.OVERRIDE_CLOSED, dates=(override.date, override.date))
    return Refusal(reason=Reason.OUTSIDE_HOURS)


def _replaces(override: DateOverride, schedule: Schedule, wall: int) -> bool:
    """Whether a weekly window that this override takes away would hold the wall second."""
    minute = (wall - to_day(override.date) * DAY_SECONDS) // 60
    windows = (rule.window for rule in schedule.weekly if rule.weekday == override.date.weekday())
    return any(window.start_minute <= minute < window.end_minute for window in windows)


def _off_grid(case: _Case) -> Refusal | None:
    strips = grid_strips(wall_windows(case.query.schedule, [case.segment]), [case.segment])
    interval = to_seconds(case.query.rules.interval)
    if case.whole and grid_steps(strips, interval, [(case.start, case.start + 1)]):
        return None
    return Refusal(reason=Reason.OFF_GRID)


def _does_not_fit(case: _Case) -> Refusal | None:
    around = open_spans(case.query.schedule, case.start - DAY_SECONDS, case.end + DAY_SECONDS)
    start, end = next(each for each in around if each[0] <= case.start < each[1])
    if case.end <= end:
        return None
    return Refusal(reason=Reason.DOES_NOT_FIT, span=Timespan.of_seconds(start, end))


def _taken(case: _Case) -> Refusal | None:
    order = list(Reason)
    met = [(order.index(reason), each) for each in case.query.taken if (reason := _meets(case, each))]
    if not met:
        return None
    index, nearest = min(met, key=lambda each: (each[0], each[1].start))
    in_its_buffer = order[index] is Reason.BUFFER and nearest.end <= case.start
    span = (nearest.end, nearest.busy_until) if in_its_buffer else (nearest.start, nearest.end)
    return Refusal(reason=order[index], span=Timespan.of_seconds(*span))


def _meets(case: _Case, taken: Taken) -> Reason | None:
    if case.start < taken.end and taken.start < case.end:
        return _BY_KIND[taken.kind]
    own_buffer_end = case.end + to_seconds(case.query.rules.buffer)
    if taken.kind in SESSION_KINDS and case.start < taken.busy_until and taken.start < own_buffer_end:
        return Reason.BUFFER
    return None


def _full_date(case: _Case) -> Refusal | None:
    day = case.wall // DAY_SECONDS
    if day not in full_dates(case.query, case.start, case.start + 1):
        return None
    return Refusal(reason=Reason.DAILY_LIMIT, dates=_dates(day, day))


def _dates(first_day: int, last_day: int) -> tuple[date, date]:
    return (from_day(first_day), from_day(last_day))


_BY_KIND = {
    TakenKind.BOOKING: Reason.BOOKING,
    TakenKind.HOLD: Reason.HOLD,
    TakenKind.EXTERNAL: Reason.EXTERNAL,
    TakenKind.CLIENT: Reason.CLIENT_BUSY,
}
_CHECKS: tuple[Callable[[_Case], Refusal | None], ...] = (
    _outside_range,
    _too_early,
    _too_late,
    _closed,
    _off_grid,
    _does_not_fit,
    _taken,
    _full_date,
)
