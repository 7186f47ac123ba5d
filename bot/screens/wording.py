"""Putting texts together: lines, names that cannot break the text around them, and times on every clock."""

import unicodedata
from datetime import datetime

from markupsafe import Markup

from core.kit.i18n import Texts

ROOM = {1: 36, 2: 17, 3: 11, 4: 8, 5: 6, 6: 5, 7: 4, 8: 3}
"""How many narrow characters a label may have on a phone, by the number of buttons in its row."""

_ISOLATE, _END = "\u2068", "\u2069"
_CONTROLS = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"))
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})


def lines(*parts: str | None) -> Markup:
    """The parts that are not empty, one below the other; plain text is escaped."""
    return Markup("\n").join(part for part in parts if part)


def paragraphs(*parts: str | None) -> Markup:
    """The parts that are not empty, with an empty line between them; plain text is escaped."""
    return Markup("\n\n").join(part for part in parts if part)


def dotted(*parts: str | None) -> Markup:
    """The parts that are not empty, in one line; plain text is escaped."""
    return Markup(" · ").join(part for part in parts if part)


def bold(text: str) -> Markup:
    """Text that stands out."""
    return Markup("<b>{}</b>").format(text)


def quoted(text: str) -> Markup:
    """Words of somebody else, set apart."""
    return Markup("<blockquote>{}</blockquote>").format(text) if text else Markup()


def shown(name: str) -> str:
    """A name in one line that cannot turn the text around it: right-to-left ones are isolated (UAX 9)."""
    plain = " ".join(name.translate(_CONTROLS).split())
    turned = any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in plain)
    return f"{_ISOLATE}{plain}{_END}" if turned else plain


def fitted(text: str, room: int) -> str:
    """The text cut to so many narrow characters, with an ellipsis where something is missing."""
    if width(text) <= room:
        return text
    kept, left = "", room - 1
    for letter in text.strip(_ISOLATE + _END):
        left -= width(letter)
        if left < 0:
            break
        kept += letter
    return shown(kept.rstrip("\u200d ") + "…")


def width(text: str) -> int:
    """How many narrow characters a text takes; wide ones and emoji count as two, marks as none."""
    if text.isascii():
        return len(text)
    return sum(_WIDTHS.get(unicodedata.east_asian_width(letter), 1) for letter in text if _visible(letter))


def device_time(t: Texts, instant: datetime) -> Markup:
    """The instant as each reader's own device shows it (Bot API, `tg-time`)."""
    clock = Markup('<tg-time unix="{}" format="wDt">{}</tg-time>').format(
        int(instant.timestamp()), t.moment(instant)
    )
    return t.html("On your device: {time}", time=clock)


def _visible(letter: str) -> bool:
    return unicodedata.category(letter) not in {"Mn", "Me", "Cf"}


_WIDTHS = {"W": 2, "F": 2}
