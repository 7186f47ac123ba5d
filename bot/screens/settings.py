"""Settings: language, time zone, reminders, and the way to e-mail and notifications."""

from dataclasses import dataclass
from datetime import datetime

from bot.callback_codec import Callback
from bot.callbacks import (
    EmailMenu,
    LanguageMenu,
    NotificationMenu,
    SetLocale,
    Settings,
    ToggleReminders,
    ZoneMenu,
)
from bot.screens.navigation import back, home
from bot.screens.screen import Screen, Style, Tap, rows
from bot.screens.wording import bold, lines, paragraphs, shown
from core.kit.i18n import LANGUAGES, Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsState:
    """What a person has set; language and zone are those of the texts.

    `mails` says whether e-mails can be sent at all, `email` is the person's address.
    """

    reminders: bool
    now: datetime
    mails: bool = False
    email: str | None = None


def settings(t: Texts, state: SettingsState) -> Screen:
    """What is set, and a button to change each."""
    on = state.reminders
    return Screen(
        text=paragraphs(
            bold(t("Settings")),
            lines(
                t("🗣 Language: {language}", language=LANGUAGES[t.locale]),
                t("🌐 Time zone: {zone}", zone=t.zone_name(t.zone, state.now)),
                t("🔔 Reminders on") if on else t("🔕 Reminders off"),
                _email(t, state),
            ),
        ),
        rows=rows(
            Tap(t("🗣 Language"), LanguageMenu()),
            Tap(t("🌐 Change time zone"), ZoneMenu()),
            Tap(t("🔕 Turn reminders off") if on else t("🔔 Turn reminders on"), ToggleReminders(not on)),
            Tap(t("✉️ E-mail"), EmailMenu()) if state.mails or state.email else None,
            Tap(t("📬 Notifications"), NotificationMenu()),
            home(t),
        ),
    )


def _email(t: Texts, state: SettingsState) -> str | None:
    if state.email is None:
        return t("✉️ No e-mail address") if state.mails else None
    return t("✉️ E-mail: {address}", address=shown(state.email))


def languages(t: Texts) -> Screen:
    """The languages, each in its own name."""
    return Screen(
        text=lines(t("Which language shall I speak?")),
        rows=rows(*language_buttons(t.locale), back(t, _BACK)),
    )


def language_buttons(current: str) -> tuple[Tap, ...]:
    """A button for every language; the current one stands out."""
    return tuple(
        Tap(name, SetLocale(locale), Style.PRIMARY if locale == current else None)
        for locale, name in LANGUAGES.items()
    )


_BACK: Callback = Settings()
