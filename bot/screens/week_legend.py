"""What the colours of the week picture mean, in as many lines as it takes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.screens.status import BADGES
from bot.screens.week_canvas import Box, Canvas, text_width
from bot.screens.week_layout import LEFT, RIGHT, WIDTH, Layout
from bot.screens.week_theme import Palette, surface
from core.domain.booking import Status
from core.kit.i18n import Texts

SWATCH, SIZE, APART = 22, 21, 24
ROW, MARGIN = 36, 14
Swatch: TypeAlias = Callable[[Canvas, Palette, Box], None]


@dataclass(frozen=True, slots=True)
class Entry:
    """A swatch and its words."""

    words: str
    swatch: Swatch

    @property
    def width(self) -> float:
        """The pixels it takes."""
        return SWATCH + 8 + text_width(self.words, SIZE)


def legend(t: Texts, layout: Layout, used: frozenset[Status], *, away: bool) -> list[list[Entry]]:
    """The entries for what is in a picture, line by line."""
    entries = [Entry(t(words), _session(status)) for status, (_, words) in BADGES.items() if status in used]
    if away:
        entries.append(Entry(t("Out of office"), _hatched))
    if any(layout.shows(*span) for day in layout.days for span in day.skipped):
        entries.append(Entry(t("Clocks skip this hour"), _skipped))
    if any(layout.shows(*span) for day in layout.days for span in day.repeated):
        entries.append(Entry(t("This hour comes twice: first left, then right"), _repeated))
    return _in_lines(entries)


def legend_height(lines: Sequence[Sequence[Entry]]) -> int:
    """How many pixels the lines take."""
    return len(lines) * ROW + 2 * MARGIN


def draw_legend(canvas: Canvas, palette: Palette, top: int, lines: Sequence[Sequence[Entry]]) -> None:
    """Put the lines below the hours."""
    for number, line in enumerate(lines):
        x, middle = float(LEFT), top + MARGIN + (number + 0.5) * ROW
        for entry in line:
            entry.swatch(canvas, palette, (x, middle - SWATCH / 2, x + SWATCH, middle + SWATCH / 2))
            canvas.text((x + SWATCH + 8, middle), entry.words, SIZE, palette.soft, anchor="lm")
            x += entry.width + APART


def _in_lines(entries: Sequence[Entry]) -> list[list[Entry]]:
    lines: list[list[Entry]] = []
    room = 0.0
    for entry in entries:
        if entry.width > room:
            lines.append([])
            room = WIDTH - LEFT - RIGHT
        lines[-1].append(entry)
        room -= entry.width + APART
    return lines


def _session(status: Status) -> Swatch:
    return lambda canvas, palette, box: surface(canvas, box, palette, status)


def _hatched(canvas: Canvas, palette: Palette, box: Box) -> None:
    canvas.hatch(box, palette.hatch)
    canvas.frame(box, palette.hatch, width=2)


def _skipped(canvas: Canvas, palette: Palette, box: Box) -> None:
    canvas.fill(box, palette.gap)


def _repeated(canvas: Canvas, palette: Palette, box: Box) -> None:
    left, top, right, bottom = box
    canvas.frame(box, palette.line, width=2)
    canvas.line(((left + right) / 2, top), ((left + right) / 2, bottom), palette.change, 3)
