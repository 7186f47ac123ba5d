"""The colours of the week picture, light and dark, and how a session looks in them."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.screens.week_canvas import Box, Canvas
from core.domain.booking import Status

RADIUS = 8
DASHED, FRAMED = Status.PENDING, Status.NO_SHOW


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a session of one status is drawn: its surface, the words on it, and its edge."""

    fill: str
    ink: str
    edge: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Colours as `#rrggbb`; `open` and `closed` are the hours that may be booked, and all others."""

    page: str
    ink: str
    soft: str
    line: str
    open: str
    closed: str
    hatch: str
    gap: str
    accent: str
    on_accent: str
    now: str
    change: str
    looks: Mapping[Status, Look]


LIGHT = Palette(
    page="#ffffff",
    ink="#14181d",
    soft="#5d6873",
    line="#d9dfe5",
    open="#ffffff",
    closed="#eef1f4",
    hatch="#c3ccd5",
    gap="#c9d1d9",
    accent="#1d6fd1",
    on_accent="#ffffff",
    now="#d92d20",
    change="#9a5b00",
    looks={
        Status.CONFIRMED: Look(fill="#1d6fd1", ink="#ffffff", edge="#1d6fd1"),
        Status.PENDING: Look(fill="#fff1cc", ink="#6b4300", edge="#b26b00"),
        Status.IN_PROGRESS: Look(fill="#177a3c", ink="#ffffff", edge="#177a3c"),
        Status.COMPLETED: Look(fill="#d3e3f6", ink="#274a72", edge="#a9c5e6"),
        Status.NO_SHOW: Look(fill="#fbe0dd", ink="#8c1d13", edge="#d92d20"),
    },
)
DARK = Palette(
    page="#10161d",
    ink="#f2f5f7",
    soft="#9aa7b4",
    line="#2b3641",
    open="#1c2630",
    closed="#10161d",
    hatch="#3d4a57",
    gap="#33404c",
    accent="#5aa5f5",
    on_accent="#08131f",
    now="#ff6b5e",
    change="#f0b040",
    looks={
        Status.CONFIRMED: Look(fill="#3f8fe8", ink="#05121f", edge="#3f8fe8"),
        Status.PENDING: Look(fill="#3b2e12", ink="#ffd479", edge="#e0a53a"),
        Status.IN_PROGRESS: Look(fill="#3fbf6f", ink="#04170b", edge="#3fbf6f"),
        Status.COMPLETED: Look(fill="#26405c", ink="#c3dcf7", edge="#38597c"),
        Status.NO_SHOW: Look(fill="#47211f", ink="#ffb9b2", edge="#ff6b5e"),
    },
)


def surface(canvas: Canvas, box: Box, palette: Palette, status: Status) -> None:
    """A session without its words. Status shows in the edge too, not in the colour alone."""
    look = palette.looks[status]
    radius = min(RADIUS, (box[3] - box[1]) / 3)
    canvas.fill(box, look.fill, radius=radius)
    if status is DASHED:
        canvas.dashes(box, look.edge, width=3)
    elif status is FRAMED:
        canvas.frame(box, look.edge, width=3, radius=radius)
