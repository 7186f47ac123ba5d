"""What the week picture is drawn with: shapes on a sheet twice as fine, then sharp text in the final size."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from PIL import Image, ImageDraw

from bot.screens.week_font import font

FINER = 2
HATCH = 14
DASH = 8
Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right and bottom in pixels of the final picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    at: tuple[float, float]
    text: str
    size: int
    ink: str
    bold: bool
    anchor: str


class Canvas:
    """A sheet to draw on; in the end a PNG."""

    def __init__(self, width: int, height: int, page: str) -> None:
        self._size = (width, height)
        self._sheet = Image.new("RGB", (width * FINER, height * FINER), page)
        self._draw = ImageDraw.Draw(self._sheet)
        self._words: list[_Words] = []

    def fill(self, box: Box, colour: str, *, radius: float = 0) -> None:
        """A surface, with round corners where asked for."""
        self._draw.rounded_rectangle(_finer(box), radius * FINER, fill=colour)

    def frame(self, box: Box, colour: str, *, width: int, radius: float = 0) -> None:
        """The edge of a surface, inside of it."""
        self._draw.rounded_rectangle(_finer(box), radius * FINER, outline=colour, width=width * FINER)

    def dashes(self, box: Box, colour: str, *, width: int) -> None:
        """The edge of a surface as a broken line."""
        left, top, right, bottom = box
        half = width / 2
        for y in (top + half, bottom - half):
            for x in _steps(left, right):
                self.line((x, y), (min(x + DASH, right), y), colour, width)
        for x in (left + half, right - half):
            for y in _steps(top, bottom):
                self.line((x, y), (x, min(y + DASH, bottom)), colour, width)

    def line(self, start: tuple[float, float], end: tuple[float, float], colour: str, width: float) -> None:
        """A straight line."""
        ends = [(x * FINER, y * FINER) for x, y in (start, end)]
        self._draw.line(ends, fill=colour, width=round(width * FINER))

    def dot(self, centre: tuple[float, float], radius: float, colour: str) -> None:
        """A filled circle."""
        self._draw.circle((centre[0] * FINER, centre[1] * FINER), radius * FINER, fill=colour)

    def hatch(self, box: Box, colour: str, width: float = 2.5) -> None:
        """Slanted lines over a surface, in step with those of its neighbours."""
        left, top, right, bottom = (round(each) for each in _finer(box))
        if left >= right or top >= bottom:
            return
        part = self._sheet.crop((left, top, right, bottom))
        pen = ImageDraw.Draw(part)
        step, height = HATCH * FINER, bottom - top
        first = -height - (left + top) % step
        for x in range(first, right - left + step, step):
            pen.line([(x, height), (x + height, 0)], fill=colour, width=round(width * FINER))
        self._sheet.paste(part, (left, top))

    def text(
        self,
        at: tuple[float, float],
        text: str,
        size: int,
        ink: str,
        *,
        bold: bool = False,
        anchor: str = "la",
    ) -> None:
        """Words at a point; `anchor` says which of their corners it is (Pillow, text anchors)."""
        self._words.append(_Words(at=at, text=text, size=size, ink=ink, bold=bold, anchor=anchor))

    def png(self) -> bytes:
        """The finished picture."""
        picture = self._sheet.reduce(FINER)
        pen = ImageDraw.Draw(picture)
        for each in self._words:
            face = font(each.size, bold=each.bold)
            pen.text(each.at, each.text, fill=each.ink, font=face, anchor=each.anchor)
        file = io.BytesIO()
        picture.save(file, "PNG")
        return file.getvalue()


def text_width(text: str, size: int, *, bold: bool = False) -> float:
    """How many pixels a text takes."""
    return font(size, bold=bold).getlength(text)


def _steps(start: float, end: float) -> Iterator[float]:
    """Where dashes begin, so that one begins and one ends at the corners."""
    count = max(1, round((end - start + DASH) / (2 * DASH)))
    if count == 1:
        yield start
        return
    for n in range(count):
        yield start + n * (end - start - DASH) / (count - 1)


def _finer(box: Box) -> Box:
    left, top, right, bottom = (each * FINER for each in box)
    return left, top, right - 1, bottom - 1
