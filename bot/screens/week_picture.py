"""The week as a picture: open hours, sessions, days off and the time it is, on the counselor's wall."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.screens.week_blocks import draw_blocks
from bot.screens.week_canvas import Canvas
from bot.screens.week_grid import draw_grid
from bot.screens.week_layout import WIDTH, lay_out
from bot.screens.week_legend import draw_legend, legend, legend_height
from bot.screens.week_sheet import Block, PlacedBlock, Sheet
from bot.screens.week_theme import DARK, LIGHT
from core.domain.timespan import Timespan
from core.domain.wall import pieces, wall_day
from core.kit.i18n import Texts

WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekPicture:
    """Seven dates from `first` on, on clocks in `zone`; `away` are days off, `open` the bookable hours."""

    zone: str
    first: date
    blocks: Sequence[Block]
    open: Sequence[Timespan]
    away: frozenset[date]
    now: datetime


def week_picture(t: Texts, state: WeekPicture, *, dark: bool) -> bytes:
    """The picture as a PNG, twice as wide as a phone; `t` has the zone of `state`."""
    days = [wall_day(state.zone, state.first + timedelta(days=n)) for n in range(WEEK)]
    hours = [piece for span in state.open for piece in pieces(state.zone, span)]
    placed = [
        PlacedBlock(block=each, pieces=pieces(state.zone, Timespan(start=each.start, end=each.end)))
        for each in state.blocks
    ]
    layout = lay_out(days, [*hours, *(piece for each in placed for piece in each.pieces)])
    palette = DARK if dark else LIGHT
    lines = legend(
        t,
        layout,
        frozenset(each.status for each in state.blocks),
        away=any(day.date in state.away for day in days),
    )
    sheet = Sheet(
        t=t,
        layout=layout,
        palette=palette,
        canvas=Canvas(WIDTH, layout.bottom + legend_height(lines), palette.page),
        title=week_title(t, state.first),
        hours=hours,
        away=state.away,
        now=pieces(state.zone, Timespan(start=state.now, end=state.now + timedelta(seconds=1)))[0],
    )
    draw_grid(sheet)
    draw_blocks(sheet, placed)
    draw_legend(sheet.canvas, palette, layout.bottom, lines)
    return sheet.canvas.png()


def week_title(t: Texts, first: date) -> str:
    """`Mon 2 Nov – Sun 8 Nov 2026`."""
    last = first + timedelta(days=WEEK - 1)
    return t("{first} – {last} {year}", first=t.day(first), last=t.day(last), year=last.year)
