"""The typeface of the week picture: FiraGO, which knows most scripts that names are written in."""

import io
import unicodedata
from functools import cache

import pymupdf_fonts
from PIL import ImageFont

REGULAR, BOLD = "figo", "figbo"
_UNKNOWN = "\U0010ffff"
_RIGHT_TO_LEFT = frozenset({"R", "AL"})


@cache
def font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    """The typeface in a size in pixels."""
    return ImageFont.truetype(_file(bold=bold), size, layout_engine=ImageFont.Layout.BASIC)


def initials(name: str) -> str:
    """The first letters of the first and last word that has any; empty where the typeface lacks them.

    Of names written from right to left only one letter, whose order cannot be wrong.
    """
    words = unicodedata.normalize("NFC", name).split()
    letters = [letter for word in words if (letter := next(filter(str.isalpha, word), ""))]
    chosen = letters[:1] if any(map(_turns, letters)) else [*letters[:1], *letters[1:][-1:]]
    text = "".join(chosen).upper()
    return text if all(map(_known, text)) else ""


def _turns(letter: str) -> bool:
    return unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT


@cache
def _known(letter: str) -> bool:
    shape, missing = (font(24, bold=True).getmask(each) for each in (letter, _UNKNOWN))
    return shape.size != missing.size or bytes(shape) != bytes(missing)


@cache
def _content(*, bold: bool) -> bytes:
    content: bytes = pymupdf_fonts.myfont(BOLD if bold else REGULAR)
    return content


def _file(*, bold: bool) -> io.BytesIO:
    return io.BytesIO(_content(bold=bold))
