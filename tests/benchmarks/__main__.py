"""`make bench`: every benchmark in one table, or those named: `python -m tests.benchmarks [name ...]`."""

import re
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from tests.benchmarks.figure import Figure, table

PREFIX = "bench_"
TARGET = re.compile(r"(?:at least|>=) ([\d.]+)x")


def main(wanted: Sequence[str]) -> None:
    """Measure and print; the last lines say which targets hold."""
    figures: list[Figure] = []
    for name in wanted or names():
        sys.stderr.write(f"measuring {name} ...\n")
        figures += import_module(f"{__package__}.{PREFIX}{name}").run()
    sys.stdout.write("\n".join((table(figures), "", *map(verdict, filter(asked, figures)))) + "\n")


def names() -> list[str]:
    """Every benchmark there is, by the name of its file."""
    return sorted(path.stem.removeprefix(PREFIX) for path in Path(__file__).parent.glob(f"{PREFIX}*.py"))


def asked(figure: Figure) -> bool:
    """Whether something is asked of this figure."""
    return figure.target is not None


def verdict(figure: Figure) -> str:
    """Whether its target holds, in one line; ValueError for a target that cannot be understood."""
    target = TARGET.fullmatch(figure.target or "")
    if target is None:
        raise ValueError(f"not a target: {figure.target!r}")
    word = "holds" if figure.ratio >= float(target[1]) else "MISSED"
    return f"{word}: {figure.name}: {figure.ratio:.2f}x {figure.floor_name}, {figure.target} asked"


if __name__ == "__main__":
    main(sys.argv[1:])
