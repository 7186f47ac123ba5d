"""Buttons that many screens end with: back, home, retry, and leafing through pages."""

from collections.abc import Callable

from bot.callback_codec import Callback
from bot.callbacks import Home, Leave, Noop
from bot.screens.screen import Tap
from core.kit.i18n import Texts


def back(t: Texts, callback: Callback) -> Tap:
    """One step back."""
    return Tap(t("‹ Back"), callback)


def home(t: Texts) -> Tap:
    """To the menu."""
    return Tap(t("🏠 Home"), Home())


def retry(t: Texts, callback: Callback) -> Tap:
    """The same once more."""
    return Tap(t("↻ Try again"), callback)


def wizard_end(t: Texts, draft: int, previous: Callback | None) -> tuple[Tap, ...]:
    """The last row of a step of the wizard: back, where there is a step before, and out."""
    leave = Tap(t("✕ Leave"), Leave(draft))
    return (back(t, previous), leave) if previous else (leave,)


def pager(t: Texts, page: int, pages: int, to: Callable[[int], Callback]) -> tuple[Tap, ...]:
    """Leafing through `pages` pages counted from 0; empty where there is but one."""
    if pages <= 1:
        return ()
    before = Tap("‹", to(page - 1)) if page > 0 else Tap("·", Noop())
    after = Tap("›", to(page + 1)) if page + 1 < pages else Tap("·", Noop())
    return (before, Tap(t("{page} of {pages}", page=page + 1, pages=pages), Noop()), after)
