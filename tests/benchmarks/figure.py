"""One measured figure, and the plain table in which figures are shown."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A value beside its floor, both in `unit` and measured in the same run.

    `ratio` says how many times better the value is than the floor (above 1 is better), `target` what is asked
    of the ratio, as people read it, or None where nothing is.
    """

    name: str
    value: float
    unit: str
    floor_name: str
    floor_value: float
    ratio: float
    target: str | None = None


def table(figures: Sequence[Figure]) -> str:
    """The figures as lines of text, one each, in columns under a heading."""
    heading = ("figure", "value", "unit", "floor", "floor value", "ratio", "target")
    rows = [heading, *(_cells(each) for each in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(heading))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    return "\n".join(line.rstrip() for line in lines)


def _cells(figure: Figure) -> tuple[str, ...]:
    return (
        figure.name,
        f"{figure.value:,.2f}",
        figure.unit,
        figure.floor_name,
        f"{figure.floor_value:,.2f}",
        f"{figure.ratio:,.1f}x",
        figure.target or "-",
    )
