"""Where instants stand on the calendar on a wall: dates and times of day, also on days when clocks change."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from itertools import pairwise

from core.domain.offsets import Segment, instants_within, offset_segments
from core.domain.spans import Span
from core.domain.timespan import DAY_SECONDS, Timespan, from_day, to_day, to_epoch, to_epoch_up

_AROUND = 2 * DAY_SECONDS


class Round(IntEnum):
    """Which time round the clock shows a time of day: most are shown once."""

    ONLY = 0
    FIRST = 1
    SECOND = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of one date, from `start` up to `end` in seconds that its clock shows after midnight."""

    day: date
    start: int
    end: int
    round: Round = Round.ONLY


@dataclass(frozen=True, slots=True, kw_only=True)
class WallDay:
    """A date in a zone: how many seconds it lasts, and the times of day that its clock skips or repeats."""

    date: date
    seconds: int
    skipped: tuple[Span, ...] = ()
    repeated: tuple[Span, ...] = ()

    @property
    def changes(self) -> bool:
        """Whether clocks change on this date."""
        return bool(self.skipped or self.repeated)


def date_spans(zone: str, first: date, last: date) -> list[Span]:
    """The instants at which clocks in a zone show a date from `first` to `last`, as a merged list."""
    wall = (to_day(first) * DAY_SECONDS, (to_day(last) + 1) * DAY_SECONDS)
    return instants_within([wall], offset_segments(zone, wall[0] - _AROUND, wall[1] + _AROUND))


def date_range(zone: str, first: date, last: date) -> Timespan:
    """From the first instant of a date to the last of another."""
    spans = date_spans(zone, first, last)
    return Timespan.of_seconds(spans[0][0], spans[-1][1])


def wall_day(zone: str, day: date) -> WallDay:
    """A date as clocks in a zone show it."""
    midnight = to_day(day) * DAY_SECONDS
    seams = list(_seams(offset_segments(zone, midnight - _AROUND, midnight + DAY_SECONDS + _AROUND)))
    today = (midnight, midnight + DAY_SECONDS)
    return WallDay(
        date=day,
        seconds=sum(end - start for start, end in date_spans(zone, day, day)),
        skipped=tuple(_inside([(before, after) for _, before, after in seams], today)),
        repeated=tuple(_inside([(after, before) for _, before, after in seams], today)),
    )


def pieces(zone: str, span: Timespan) -> list[Piece]:
    """A stretch of time as it stands on the wall: cut at midnights and where clocks change."""
    start, end = to_epoch(span.start), to_epoch_up(span.end)
    segments = offset_segments(zone, start - _AROUND, end + _AROUND)
    twice = [(seam, after, before) for seam, before, after in _seams(segments) if after < before]
    return [
        piece
        for since, until, offset in segments
        if since < end and start < until
        for piece in _cut(max(since, start) + offset, min(until, end) + offset, offset, twice)
    ]


def _seams(segments: list[Segment]) -> Iterator[tuple[int, int, int]]:
    """Each instant at which clocks change, and the wall seconds before and after it."""
    for (_, end, offset), (_, _, following) in pairwise(segments):
        yield end, end + offset, end + following


def _inside(spans: list[Span], day: Span) -> Iterator[Span]:
    midnight, next_midnight = day
    for start, end in spans:
        if start < end and start < next_midnight and midnight < end:
            yield max(start, midnight) - midnight, min(end, next_midnight) - midnight


def _cut(start: int, end: int, offset: int, twice: list[tuple[int, int, int]]) -> Iterator[Piece]:
    """Wall seconds of one segment, cut at midnights and at the ends of what is shown twice."""
    edges = {edge for _, first, last in twice for edge in (first, last)}
    midnights = range(start - start % DAY_SECONDS, end, DAY_SECONDS)
    cuts = sorted({start, end, *(each for each in (*midnights, *edges) if start < each < end)})
    for since, until in pairwise(cuts):
        day, second = divmod(since, DAY_SECONDS)
        yield Piece(
            day=from_day(day),
            start=second,
            end=second + until - since,
            round=_round(since, since - offset, twice),
        )


def _round(wall: int, instant: int, twice: list[tuple[int, int, int]]) -> Round:
    for seam, first, last in twice:
        if first <= wall < last:
            return Round.FIRST if instant < seam else Round.SECOND
    return Round.ONLY
