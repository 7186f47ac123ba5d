"""A plain check of e-mail addresses; whether one exists only a delivery can tell."""

import re

_ADDRESS = re.compile(r"[^@\s<>()\",;:\\\x00-\x1f]{1,64}@[^@\s<>()\",;:\\\x00-\x1f]{1,189}")


def is_mail_address(text: str) -> bool:
    """`text` is one bare address such as `ann@example.org`."""
    return _ADDRESS.fullmatch(text) is not None
