"""A counselor's open hours: weekly rules, date overrides and days out of office, as a set of instants.

An instant is open if the counselor's clock shows, at that instant, a time inside a window of its date (or
of the date before, past midnight) and its date is not out of office. So a time that clocks skip does not
exist, a time they show twice is open twice, and of a window whose start is skipped the rest is open.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from core.domain.offsets import Segment, instants_within, offset_segments, wall_days
from core.domain.spans import Span, merge, subtract
from core.domain.timespan import DAY_SECONDS, to_day
from core.domain.window import Window, parse_window
from core.domain.zones import zone

__all__ = [
    "AvailabilityRule",
    "DateOverride",
    "OutOfOffice",
    "Schedule",
    "Window",
    "open_spans",
    "parse_window",
    "wall_windows",
]

_EPOCH_WEEKDAY = date(1970, 1, 1).weekday()


@dataclass(frozen=True, slots=True, kw_only=True)
class AvailabilityRule:
    """A window that starts on every `weekday`, 0 for Monday to 6 for Sunday."""

    weekday: int
    window: Window

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6:
            raise ValueError(f"a weekday is 0 (Monday) to 6 (Sunday), not {self.weekday}")


@dataclass(frozen=True, slots=True, kw_only=True)
class DateOverride:
    """The windows that start on one date instead of the weekly ones; none closes it.

    What started the evening before runs on. Several overrides of one date add up.
    """

    date: date
    windows: tuple[Window, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutOfOffice:
    """Dates on the counselor's clock, both included, of which every instant is closed.

    A window that started the evening before ends at the midnight with which `first` begins; one that starts
    on `last` and passes midnight is open from that midnight on.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"out of office must end on or after {self.first}, not {self.last}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """All that decides a counselor's open hours; its times are those on clocks in `zone`, an IANA name."""

    zone: str
    weekly: tuple[AvailabilityRule, ...] = ()
    overrides: tuple[DateOverride, ...] = ()
    out_of_office: tuple[OutOfOffice, ...] = ()

    def __post_init__(self) -> None:
        zone(self.zone)


def open_spans(schedule: Schedule, first: int, until: int) -> list[Span]:
    """The open instants within [first, until), in seconds since 1970, as a merged list."""
    if first >= until:
        return []
    segments = offset_segments(schedule.zone, first, until)
    return instants_within(wall_windows(schedule, segments), segments)


def wall_windows(schedule: Schedule, segments: list[Segment]) -> list[Span]:
    """The open wall times of the dates that segments of the zone touch, as a merged list of wall seconds.

    Dates around them are there for context: a merged window that reaches out of the stretch may be cut, but
    one of 24 hours or more is not cut below 24 hours, and a shorter one that touches these dates is whole.
    """
    days = wall_days(segments)
    spans = merge(_started_windows(schedule, range(days.start - 2, days.stop + 1)))
    return subtract(spans, merge(_closed_dates(each) for each in schedule.out_of_office))


def _closed_dates(absence: OutOfOffice) -> Span:
    return (to_day(absence.first) * DAY_SECONDS, (to_day(absence.last) + 1) * DAY_SECONDS)


def _started_windows(schedule: Schedule, days: range) -> Iterator[Span]:
    weekly: list[list[Window]] = [[] for _ in range(7)]
    for rule in schedule.weekly:
        weekly[rule.weekday].append(rule.window)
    overridden: dict[int, list[Window]] = {}
    for override in schedule.overrides:
        overridden.setdefault(to_day(override.date), []).extend(override.windows)
    for day in days:
        for window in overridden.get(day, weekly[(day + _EPOCH_WEEKDAY) % 7]):
            midnight = day * DAY_SECONDS
            yield (midnight + window.start_minute * 60, midnight + window.end_minute * 60)
