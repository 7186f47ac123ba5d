"""Where things stand in the week picture: one column for each date, wall time downwards, in pixels."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.screens.week_canvas import Box
from core.domain.wall import Piece, Round, WallDay

WIDTH = 780
"""Twice the width of a common phone."""
LEFT, RIGHT = 74, 10
HEAD = 182
"""The height of the title and the names of the days."""
HOUR = 3600
FEWEST_HOURS = 8
MIDDLE = 13
"""Around this hour of the day a week with little in it is shown."""
GRID, LEAST, MOST = 820, 40, 84
"""The height that the hours share, and the bounds of what one of them gets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The hours shown, `first` up to `last` of the clock, and how many pixels each gets."""

    days: tuple[WallDay, ...]
    first: int
    last: int
    hour: int

    @property
    def column(self) -> float:
        """How wide a date is."""
        return (WIDTH - LEFT - RIGHT) / len(self.days)

    @property
    def bottom(self) -> int:
        """Where the hours end."""
        return HEAD + (self.last - self.first) * self.hour

    def x(self, index: int) -> float:
        """The left edge of a date."""
        return LEFT + index * self.column

    def y(self, second: int) -> float:
        """The height of a time of day, held to the hours shown."""
        shown = min(max(second, self.first * HOUR), self.last * HOUR)
        return HEAD + (shown / HOUR - self.first) * self.hour

    def shows(self, start: int, end: int) -> bool:
        """Whether any of these seconds of a day is within the hours shown."""
        return self.y(start) < self.y(end)

    def box(self, piece: Piece) -> Box | None:
        """The place of a piece; None outside of what is shown. The second time round stands on the right."""
        index = (piece.day - self.days[0].date).days
        top, bottom = self.y(piece.start), self.y(piece.end)
        if not 0 <= index < len(self.days) or top >= bottom:
            return None
        left, right = self.x(index), self.x(index + 1)
        if piece.round is Round.FIRST:
            right = (left + right) / 2
        if piece.round is Round.SECOND:
            left = (left + right) / 2
        return left, top, right, bottom

    def column_box(self, index: int, start: int, end: int) -> Box:
        """The whole width of a date between two times of day."""
        return self.x(index), self.y(start), self.x(index + 1), self.y(end)


def lay_out(days: Sequence[WallDay], shown: Iterable[Piece]) -> Layout:
    """A layout that has room for all pieces, in whole hours."""
    dates: set[date] = {each.date for each in days}
    inside = [each for each in shown if each.day in dates]
    first = min((each.start for each in inside), default=MIDDLE * HOUR) // HOUR
    last = -(-max((each.end for each in inside), default=MIDDLE * HOUR) // HOUR)
    first, last = _widened(first, last)
    hour = min(max(GRID // (last - first), LEAST), MOST)
    return Layout(days=tuple(days), first=first, last=last, hour=hour)


def _widened(first: int, last: int) -> tuple[int, int]:
    """At least the fewest hours, within the day."""
    missing = max(0, FEWEST_HOURS - (last - first))
    first = max(0, first - missing // 2)
    last = min(24, max(last, first + FEWEST_HOURS))
    return max(0, min(first, last - FEWEST_HOURS)), last
