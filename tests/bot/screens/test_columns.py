"""Buttons side by side."""

from bot.callbacks import Noop
from bot.screens.columns import snug
from bot.screens.screen import Tap


def tap(label: str) -> Tap:
    """A button that does nothing."""
    return Tap(label, Noop())


def test_longer_labels_get_fewer_columns() -> None:
    short, long = tap("10:00 AM"), tap("1:00 AM (UTC−4)")
    assert [len(row) for row in snug([short] * 5)] == [4, 1]
    assert [len(row) for row in snug([short, long, short])] == [2, 1]
    assert [len(row) for row in snug([tap("x" * 30)] * 2)] == [1, 1]
    assert snug([]) == ()
