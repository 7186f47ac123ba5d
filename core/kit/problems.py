"""Wording of what is wrong with a setting or a file: where, what was expected, what stood there."""

from collections.abc import Iterable, Iterator
from datetime import date
from difflib import get_close_matches

from core.kit.printable import on_one_line
from core.kit.redaction import redact

LONGEST = 120


def expected(where: str, wanted: str, got: object) -> str:
    """One line such as `CONFER_PORT: expected a number from 1 to 65535, got 'abc'`.

    `got` is cut to a readable length, and what looks like a token or a password in it is masked.
    """
    shown = redact(_written(got))
    return f"{where}: expected {wanted}, got {shown if len(shown) <= LONGEST else shown[:LONGEST] + '…'}"


def unknown(where: str, name: str, known: Iterable[str], prefix: str = "") -> str:
    """One line for a name that means nothing here, with the nearest that does; names go without `prefix`."""
    near = get_close_matches(name, known, n=1)
    return f"{where}: unknown name" + (f", did you mean {prefix}{near[0]}?" if near else "")


class Problems(Exception):
    """Everything that is wrong with one source, a clear line each whatever stands in it."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = tuple(dict.fromkeys(map(on_one_line, lines)))
        super().__init__("\n".join(self.lines))

    def __iter__(self) -> Iterator[str]:
        return iter(self.lines)


def _written(value: object) -> str:
    """A value much as it stands in a settings or TOML file."""
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else repr(value)
