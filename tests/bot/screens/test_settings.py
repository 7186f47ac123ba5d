"""Language, time zone and reminders."""

from bot.callbacks import (
    Home,
    LanguageMenu,
    SetLocale,
    Settings,
    ToggleReminders,
    ZoneMenu,
)
from bot.screens.settings import SettingsState, languages, settings
from tests.bot.screens.reading import BERLIN, NEW_YORK, buttons, said
from tests.bot.screens.samples.people import NOW


def test_settings_show_what_is_set_and_change_each() -> None:
    screen = settings(BERLIN, SettingsState(reminders=False, now=NOW))
    assert said(screen)[1:] == ["🗣 Sprache: Deutsch", "🌐 Zeitzone: Berlin (UTC+1)", "🔕 Ohne Erinnerungen"]
    assert list(buttons(screen).values()) == [LanguageMenu(), ZoneMenu(), ToggleReminders(on=True), Home()]


def test_every_language_is_offered_in_its_own_name() -> None:
    assert buttons(languages(NEW_YORK)) == {
        "English": SetLocale("en"),
        "Deutsch": SetLocale("de"),
        "‹ Back": Settings(),
    }
