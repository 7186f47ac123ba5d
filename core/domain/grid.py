"""Where sessions may start on the counselor's clock: every interval from the start of a merged window.

In a merged window of 24 hours or more every date has a grid of its own, from its midnight. The grid is one of
clock readings: a reading that clocks skip gives no start, one that they show twice gives two.
"""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from core.domain.offsets import Segment
from core.domain.spans import Span
from core.domain.timespan import DAY_SECONDS

Strip: TypeAlias = tuple[int, int, int]
"""(start, end, anchor): within [start, end) the grid runs in steps from the anchor."""

_NEVER = (10**18, 10**18)


def grid_strips(windows: Iterable[Span], segments: Iterable[Segment]) -> list[Strip]:
    """The strips of merged wall windows as instants: the open time, ascending, cut up by grids."""
    strips = list(_wall_strips(windows))
    return [
        (max(wall_start - offset, start), min(wall_end - offset, end), anchor - offset)
        for start, end, offset in segments
        for wall_start, wall_end, anchor in strips
        if wall_start - offset < end and start < wall_end - offset
    ]


def grid_steps(strips: list[Strip], interval: int, free: list[Span]) -> list[int]:
    """The steps of the grid that lie in `free`, a merged list of instants."""
    steps: list[int] = []
    ahead = iter(free)
    free_start, free_end = next(ahead, _NEVER)
    for start, end, anchor in strips:
        while free_end <= start:
            free_start, free_end = next(ahead, _NEVER)
        while free_start < end:
            low = max(start, free_start)
            steps.extend(range(low + (anchor - low) % interval, min(end, free_end), interval))
            if free_end >= end:
                break
            free_start, free_end = next(ahead, _NEVER)
    return steps


def _wall_strips(windows: Iterable[Span]) -> Iterator[Strip]:
    for start, end in windows:
        if end - start < DAY_SECONDS:
            yield (start, end, start)
            continue
        for midnight in range(start - start % DAY_SECONDS, end, DAY_SECONDS):
            yield (max(start, midnight), min(end, midnight + DAY_SECONDS), midnight)
