"""Reading a screen as a person does: its words, and its buttons with what they do."""

from bot.callbacks import Callback
from bot.screens.screen import Screen, Tap
from core.domain.zones import zone
from core.kit.i18n import Texts, texts
from tests.bot.screens.telegram_limits import plain_text

NEW_YORK = texts("en", zone("America/New_York"))
BERLIN = texts("de", zone("Europe/Berlin"))


def said(screen: Screen) -> list[str]:
    """The lines of the text that say something."""
    return [line for line in plain_text(screen).splitlines() if line]


def buttons(screen: Screen) -> dict[str, Callback]:
    """Where each button leads, by its label."""
    return {button.label: button.callback for row in screen.rows for button in row if isinstance(button, Tap)}


def labels(screen: Screen) -> list[list[str]]:
    """The labels as they lie on the screen."""
    return [[button.label for button in row] for row in screen.rows]


def in_english(zone_name: str = "America/New_York") -> Texts:
    """English texts on some clock."""
    return texts("en", zone(zone_name))
