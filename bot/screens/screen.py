"""A screen: the text of a message and its buttons, as plain values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from markupsafe import Markup

from bot.callback_codec import Callback


class Style(StrEnum):
    """The colour of a button (Bot API, InlineKeyboardButton.style)."""

    PRIMARY = "primary"
    SUCCESS = "success"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Tap:
    """A button that comes back to us as its callback."""

    label: str
    callback: Callback
    style: Style | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A button that opens an address."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A button that copies up to 256 characters."""

    label: str
    text: str


Button: TypeAlias = Tap | Link | Copy
Row: TypeAlias = tuple[Button, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationKeyboard:
    """A keyboard in place of the phone's own, with one key that shares the location; it hides after use."""

    label: str
    placeholder: str


@dataclass(frozen=True, slots=True)
class RemoveKeyboard:
    """Give the phone's own keyboard back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """Telegram HTML with rows of buttons below it, or with a `keyboard`: a message has only one of them."""

    text: Markup
    rows: tuple[Row, ...] = ()
    keyboard: LocationKeyboard | RemoveKeyboard | None = None


def in_columns(buttons: Iterable[Button], columns: int) -> tuple[Row, ...]:
    """Buttons in rows of `columns`, the last one as long as they reach."""
    every = tuple(buttons)
    return tuple(every[start : start + columns] for start in range(0, len(every), columns))


def rows(*parts: Button | Sequence[Button] | None) -> tuple[Row, ...]:
    """Rows out of single buttons and groups; what is empty is left out."""
    groups = ((part,) if isinstance(part, Tap | Link | Copy) else tuple(part or ()) for part in parts)
    return tuple(group for group in groups if group)
