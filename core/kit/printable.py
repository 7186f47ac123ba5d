"""Texts of strangers on a line of ours."""


def on_one_line(text: str) -> str:
    """`text` with line breaks and other control characters escaped, so that it cannot forge a line."""
    return text if text.isprintable() else "".join(map(_escaped, text))


def _escaped(sign: str) -> str:
    return sign if sign.isprintable() else repr(sign)[1:-1]
