"""Rows of buttons."""

from bot.callbacks import Noop
from bot.screens.screen import Tap, in_columns, rows


def tap(label: str) -> Tap:
    """A button that does nothing."""
    return Tap(label, Noop())


def test_columns_are_filled_row_by_row() -> None:
    a, b, c = map(tap, "abc")
    assert in_columns((a, b, c), 2) == ((a, b), (c,))
    assert in_columns((), 2) == ()


def test_rows_take_single_buttons_and_groups_and_leave_out_what_is_empty() -> None:
    a, b, c = map(tap, "abc")
    assert rows(a, None, (b, c), ()) == ((a,), (b, c))
