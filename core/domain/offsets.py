"""A zone's offsets from UTC as integer segments, so that many instants are converted by adding.

A segment is (start, end, offset): from `start` up to `end`, in seconds since 1970, the zone's clocks show
the instant plus `offset` seconds. What clocks show is counted in seconds too, as if their zone were UTC.
"""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import TypeAlias

from core.domain.spans import Span, merge
from core.domain.timespan import DAY_SECONDS, from_epoch, to_epoch
from core.domain.zones import zone

Segment: TypeAlias = tuple[int, int, int]

_NEVER = 10**18


def offset_segments(name: str, first: int, until: int) -> list[Segment]:
    """The segments of a zone that make up the instants [first, until), ascending."""
    years = _segments(name, from_epoch(first).year, from_epoch(until).year)
    index = bisect_right(years, (first, _NEVER, 0)) - 1
    found: list[Segment] = []
    while index < len(years) and years[index][0] < until:
        start, end, offset = years[index]
        found.append((max(start, first), min(end, until), offset))
        index += 1
    return found


def offset_at(name: str, instant: int) -> int:
    """Seconds that a zone's clocks are ahead of UTC at an instant."""
    return offset_segments(name, instant, instant + 1)[0][2]


def instants_within(walls: Sequence[Span], segments: Sequence[Segment]) -> list[Span]:
    """The instants, as a merged list, at which clocks show a time within some spans of wall seconds."""
    return merge(
        (max(wall_start - offset, start), min(wall_end - offset, end))
        for start, end, offset in segments
        for wall_start, wall_end in walls
        if wall_start - offset < end and start < wall_end - offset
    )


def wall_days(segments: Sequence[Segment]) -> range:
    """The dates that clocks show within the segments, numbered from 1970-01-01."""
    first = min(start + offset for start, _, offset in segments) // DAY_SECONDS
    last = max(end + offset - 1 for _, end, offset in segments) // DAY_SECONDS
    return range(first, last + 1)


@lru_cache(maxsize=2048)
def _segments(name: str, first_year: int, last_year: int) -> tuple[Segment, ...]:
    """The segments from the start of one UTC year to the end of another."""
    changes = [change for year in range(first_year, last_year + 1) for change in _changes(name, year)]
    starts = [each for index, each in enumerate(changes) if index == 0 or each[1] != changes[index - 1][1]]
    ends = [start for start, _ in starts[1:]] + [_year_start(last_year + 1)]
    return tuple((start, end, offset) for (start, offset), end in zip(starts, ends, strict=True))


@lru_cache(maxsize=8192)
def _changes(name: str, year: int) -> tuple[tuple[int, int], ...]:
    """The instants of a UTC year at which an offset begins, the year's own start first, with that offset.

    Looks once a day: no zone has changed twice within a day, and a test holds the data to that.
    """
    begin = _year_start(year)
    found = [(begin, _read_offset(name, begin))]
    for day in range(begin, _year_start(year + 1), DAY_SECONDS):
        offset = _read_offset(name, day + DAY_SECONDS - 1)
        if offset != found[-1][1]:
            found.append((_change_within(name, day, offset), offset))
    return tuple(found)


def _change_within(name: str, day: int, offset: int) -> int:
    """The first instant of the day that begins at `day` from which the new offset holds."""
    instants = range(day, day + DAY_SECONDS)
    return instants[bisect_right(instants, 0, key=lambda each: int(_read_offset(name, each) == offset))]


def _read_offset(name: str, instant: int) -> int:
    offset = datetime.fromtimestamp(instant, zone(name)).utcoffset()
    if offset is None:
        raise ValueError(f"{name} has no offset")
    return offset.days * DAY_SECONDS + offset.seconds


def _year_start(year: int) -> int:
    return to_epoch(datetime(year, 1, 1, tzinfo=UTC))
