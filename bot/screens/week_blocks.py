"""What stands on the ground of the week picture: the time it is, and the sessions."""

from collections.abc import Sequence
from itertools import pairwise

from bot.screens.week_canvas import Box, text_width
from bot.screens.week_sheet import PlacedBlock, Sheet
from bot.screens.week_theme import surface

INSET = 3
INITIALS, TIME, LEAST = 28, 21, 14
TWO_LINES = 56


def draw_blocks(sheet: Sheet, placed: Sequence[PlacedBlock]) -> None:
    """The sessions, and today the time it is: a line behind them with a dot that nothing hides."""
    now = sheet.layout.box(sheet.now)
    if now is not None:
        left, y, right, _ = now
        sheet.canvas.line((left, y), (right, y), sheet.palette.now, 4)
    for each in placed:
        _block(sheet, each)
    if now is not None:
        sheet.canvas.dot((now[0], now[1]), 9, sheet.palette.now)


def _block(sheet: Sheet, placed: PlacedBlock) -> None:
    """A session, with its words on the highest of its pieces."""
    boxes = [_inset(box) for piece in placed.pieces if (box := sheet.layout.box(piece))]
    for box in boxes:
        surface(sheet.canvas, box, sheet.palette, placed.block.status)
    for above, below in pairwise(boxes):
        _joint(sheet, above, below, sheet.palette.looks[placed.block.status].edge)
    if boxes:
        _words(sheet, max(boxes, key=_height), placed)


def _joint(sheet: Sheet, above: Box, below: Box, colour: str) -> None:
    """What holds a session together over the hour that clocks skip in its middle."""
    if above[0] == below[0] and above[3] < below[1]:
        middle = (above[0] + above[2]) / 2
        sheet.canvas.line((middle, above[3] - INSET), (middle, below[1] + INSET), colour, 8)


def _words(sheet: Sheet, box: Box, placed: PlacedBlock) -> None:
    left, top, right, bottom = box
    x, y = (left + right) / 2, (top + bottom) / 2
    initials, time = placed.block.initials, sheet.t.clock(*divmod(placed.pieces[0].start // 60, 60))
    ink = sheet.palette.looks[placed.block.status].ink
    if initials and _height(box) >= TWO_LINES:
        _fitted(sheet, (x, y - 14), initials, INITIALS, box, ink, bold=True)
        _fitted(sheet, (x, y + 15), time, TIME, box, ink)
        return
    size = min(INITIALS, round(_height(box)) - 2)
    if size >= LEAST:
        _fitted(sheet, (x, y), initials or time, size, box, ink, bold=True)


def _fitted(
    sheet: Sheet, at: tuple[float, float], words: str, size: int, box: Box, ink: str, *, bold: bool = False
) -> None:
    """Words in the middle of a box, smaller where they are too wide for it."""
    room = box[2] - box[0] - 6
    size = min(size, max(LEAST, int(size * room / text_width(words, size, bold=bold))))
    sheet.canvas.text(at, words, size, ink, bold=bold, anchor="mm")


def _inset(box: Box) -> Box:
    left, top, right, bottom = box
    return left + INSET, top + INSET / 2, right - INSET, bottom - INSET / 2


def _height(box: Box) -> float:
    return box[3] - box[1]
