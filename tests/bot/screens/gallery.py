"""Every screen in every state that people meet, by name."""

from collections.abc import Callable, Mapping
from zoneinfo import ZoneInfo

from bot.screens.screen import Screen
from core.kit.i18n import LANGUAGES, Texts, texts
from tests.bot.screens.samples import (
    afterwards,
    behalf,
    booking,
    cards,
    changes,
    mail,
    meetings,
    menus,
    messages,
    repeats,
    schedule,
    waiting,
)

SAMPLES: Mapping[str, Callable[[Texts], Screen]] = {
    **menus.SAMPLES,
    **booking.SAMPLES,
    **messages.SAMPLES,
    **afterwards.SAMPLES,
    **cards.SAMPLES,
    **changes.SAMPLES,
    **schedule.SAMPLES,
    **behalf.SAMPLES,
    **waiting.SAMPLES,
    **meetings.SAMPLES,
    **repeats.SAMPLES,
    **mail.SAMPLES,
}
ZONES = {"en": "America/New_York", "de": "Europe/Berlin"}


def every_screen() -> list[tuple[str, str, Screen]]:
    """Language, name and screen of each sample in each language."""
    return [
        (language, name, sample(texts(language, ZoneInfo(ZONES[language]))))
        for language in LANGUAGES
        for name, sample in SAMPLES.items()
    ]
