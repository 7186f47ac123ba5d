"""Buttons side by side, as many as their labels leave room for on a phone."""

from collections.abc import Iterable

from bot.screens.screen import Button, Row, in_columns
from bot.screens.wording import ROOM, width


def snug(buttons: Iterable[Button], most: int = 4) -> tuple[Row, ...]:
    """Rows of up to `most` buttons; fewer where a label is longer."""
    every = tuple(buttons)
    longest = max((width(each.label) for each in every), default=0)
    columns = next((each for each in range(most, 1, -1) if longest <= ROOM[each]), 1)
    return in_columns(every, columns)
