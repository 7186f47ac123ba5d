"""The ground of the week picture: title, days, hours, and where clocks change."""

from bot.screens.week_canvas import text_width
from bot.screens.week_layout import HEAD, HOUR, LEFT, RIGHT, WIDTH
from bot.screens.week_sheet import Sheet
from core.domain.wall import WallDay

FULL_DAY = 24 * HOUR
TITLE, ZONE, NAME, NUMBER, SIDE, SMALL = 30, 22, 22, 30, 20, 18
NAMES, TODAY_RADIUS = 112, 24


def draw_grid(sheet: Sheet) -> None:
    """Everything that lies below the sessions."""
    canvas, palette = sheet.canvas, sheet.palette
    canvas.text((LEFT - 52, 18), sheet.title, TITLE, palette.ink, bold=True)
    words = sheet.t("All times are in {zone}.", zone=sheet.t.zone_short())
    canvas.text((LEFT - 52, 56), words, ZONE, palette.soft)
    layout = sheet.layout
    canvas.fill((LEFT, HEAD, WIDTH - RIGHT, layout.bottom), palette.closed)
    for piece in sheet.hours:
        box = layout.box(piece)
        if box:
            canvas.fill(box, palette.open)
    for index, day in enumerate(layout.days):
        _ground(sheet, index, day)
        _name(sheet, index, day)
    _hours(sheet)
    for index in range(len(layout.days) + 1):
        canvas.line((layout.x(index), HEAD - 8), (layout.x(index), layout.bottom), palette.line, 1.5)


def _hours(sheet: Sheet) -> None:
    layout, palette = sheet.layout, sheet.palette
    for hour in range(layout.first, layout.last + 1):
        y = layout.y(hour * HOUR)
        sheet.canvas.line((LEFT, y), (WIDTH - RIGHT, y), palette.line, 1.5)
        if hour < layout.last:
            sheet.canvas.text((LEFT - 8, y), sheet.t.hour(hour), SIDE, palette.soft, anchor="rm")


def _ground(sheet: Sheet, index: int, day: WallDay) -> None:
    layout, palette, canvas = sheet.layout, sheet.palette, sheet.canvas
    if day.date in sheet.away:
        canvas.hatch(layout.column_box(index, 0, FULL_DAY), palette.hatch)
    for start, end in day.skipped:
        canvas.fill(layout.column_box(index, start, end), palette.gap)
    for start, end in day.repeated:
        left, top, right, bottom = layout.column_box(index, start, end)
        if layout.shows(start, end):
            canvas.line(((left + right) / 2, top), ((left + right) / 2, bottom), palette.change, 3)


def _name(sheet: Sheet, index: int, day: WallDay) -> None:
    layout, palette, canvas = sheet.layout, sheet.palette, sheet.canvas
    middle = (layout.x(index) + layout.x(index + 1)) / 2
    today = day.date == sheet.now.day
    if today:
        canvas.dot((middle, 144), TODAY_RADIUS, palette.accent)
    ink = palette.on_accent if today else palette.ink
    canvas.text((middle, 144), str(day.date.day), NUMBER, ink, bold=True, anchor="mm")
    weekday = sheet.t.weekday_short(day.date.weekday())
    if not day.changes:
        canvas.text((middle, NAMES), weekday, NAME, palette.soft, bold=today, anchor="ms")
        return
    hours = " " + sheet.t("{hours} h", hours=f"{day.seconds / HOUR:g}")
    x = middle - (text_width(weekday, NAME) + text_width(hours, SMALL, bold=True)) / 2
    canvas.text((x, NAMES), weekday, NAME, palette.soft, anchor="ls")
    canvas.text((x + text_width(weekday, NAME), NAMES), hours, SMALL, palette.change, bold=True, anchor="ls")
