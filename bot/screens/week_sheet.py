"""A week picture in the making: what is drawn, where, and in which colours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.screens.week_canvas import Canvas
from bot.screens.week_layout import Layout
from bot.screens.week_theme import Palette
from core.domain.booking import Status
from core.domain.wall import Piece
from core.kit.i18n import Texts


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
