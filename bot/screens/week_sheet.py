"""A week picture in the making: what is drawn, where, and in which colours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.screens.week_canvas import Canvas
from bot.screens.week_layout import Layout
from bot.screens.week_theme import Palette
from core.domain.booking import Status
from core.domain.wall import Piece
from core.kit.i18n import Texts, msgid

HOUR_NAME = msgid("{hour12} {half}")
CLOCK_TIME = msgid("{hour12}:{minute}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A session in the picture; of the client only the initials, which may be empty."""

    start: datetime
    end: datetime
    status: Status
    initials: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedBlock:
    """A session with the pieces in which it stands on the wall."""

    block: Block
    pieces: Sequence[Piece]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The canvas with everything that decides what comes onto it; `now` is the second it is."""

    t: Texts
    layout: Layout
    palette: Palette
    canvas: Canvas
    title: str
    hours: Sequence[Piece]
    away: frozenset[date]
    now: Piece

    def hour_name(self, hour: int) -> str:
        """`9 AM` or `09:00`, for the hours at the side."""
        return self._clock(HOUR_NAME, hour, 0)

    def clock_time(self, second: int) -> str:
        """`9:30` or `09:30`, as short as it is on a clock."""
        hour, rest = divmod(second, 3600)
        return self._clock(CLOCK_TIME, hour, rest // 60)

    def _clock(self, pattern: str, hour: int, minute: int) -> str:
        hour %= 24
        return self.t(
            pattern,
            hour12=hour % 12 or 12,
            hour24=f"{hour:02}",
            minute=f"{minute:02}",
            half="PM" if hour >= 12 else "AM",
        )
