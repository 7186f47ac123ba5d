"""Series: the same session every week or every other week, at the same time on the counselor's wall."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum

from core.domain.errors import Invalid
from core.domain.zones import instants_at, wall_time

MOST = 26
"""Occurrences of one series: half a year of weeks."""


class Rhythm(IntEnum):
    """How many weeks lie between two occurrences."""

    WEEKLY = 1
    FORTNIGHTLY = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """How a session repeats: `times` in all, the first included, or up to and with a date."""

    rhythm: Rhythm
    times: int | None = None
    until: date | None = None


def occurrences(start: datetime, zone_name: str, repeat: Repeat) -> list[datetime | None]:
    """The starts of a series, UTC, each at the first's time on the wall of the zone.

    None stands for a date on which clocks skip that time; where they show it twice the earlier counts.
    Invalid `bad_repeat` unless there are 2 to `MOST` occurrences.
    """
    wall = wall_time(start, zone_name)
    step = timedelta(weeks=repeat.rhythm)
    count = _count(wall.date(), step, repeat)
    if not 2 <= count <= MOST:
        raise Invalid("bad_repeat", most=MOST)
    later = (instants_at(wall + step * number, zone_name) for number in range(1, count))
    return [start, *(each[0] if each else None for each in later)]


def _count(first: date, step: timedelta, repeat: Repeat) -> int:
    by_date = (repeat.until - first) // step + 1 if repeat.until is not None else None
    counts = [each for each in (repeat.times, by_date) if each is not None]
    return min(counts, default=0)
