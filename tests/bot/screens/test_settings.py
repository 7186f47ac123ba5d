"""Language, time zone and reminders."""

from bot.callbacks import (
    EmailMenu,
    Home,
    LanguageMenu,
    NotificationMenu,
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
    assert list(buttons(screen).values()) == [
        LanguageMenu(),
        ZoneMenu(),
        ToggleReminders(on=True),
        NotificationMenu(),
        Home(),
    ]


def test_where_mails_can_be_sent_settings_lead_to_the_address() -> None:
    state = SettingsState(reminders=True, now=NOW, mails=True, email="dora@example.org")
    screen = settings(NEW_YORK, state)
    assert said(screen)[-1] == "✉️ E-mail: dora@example.org"
    assert buttons(screen)["✉️ E-mail"] == EmailMenu()
    without = settings(NEW_YORK, SettingsState(reminders=True, now=NOW, mails=True))
    assert said(without)[-1] == "✉️ No e-mail address"


def test_every_language_is_offered_in_its_own_name() -> None:
    assert buttons(languages(NEW_YORK)) == {
        "English": SetLocale("en"),
        "Deutsch": SetLocale("de"),
        "‹ Back": Settings(),
    }
