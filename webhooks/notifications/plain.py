"""What strangers wrote, on one line of a mail: no control character gets into a header or a sentence."""

import unicodedata

CONTROLS = {"Cc", "Cf", "Zl", "Zp", "Cs"}
JOINERS = "\u200c\u200d"
"""Part of words in several scripts, and of emoji."""


def plain(text: str) -> str:
    """The text in one line, without what is not to be seen."""
    seen = (sign if _is_seen(sign) else " " for sign in text)
    return " ".join("".join(seen).split())


def _is_seen(sign: str) -> bool:
    return sign in JOINERS or unicodedata.category(sign) not in CONTROLS
