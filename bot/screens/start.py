"""The first words: a greeting, and how personal data are used."""

from dataclasses import dataclass

from bot.callbacks import Consent, SetLocale
from bot.screens.screen import Screen, Style, Tap, rows
from bot.screens.wording import paragraphs, shown
from core.kit.i18n import LANGUAGES, Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class WelcomeState:
    """Who is greeted by which practice."""

    practice: str
    name: str


def welcome(t: Texts, state: WelcomeState) -> Screen:
    """The greeting with the privacy text; other languages are one tap away."""
    return Screen(
        text=paragraphs(
            t.html(
                "👋 Hello {name}, welcome to <b>{practice}</b>! Here you book sessions with our counselors.",
                name=shown(state.name),
                practice=shown(state.practice),
            ),
            t.html("<b>Your privacy</b>"),
            t(
                "I keep your name, your Telegram id, your language and time zone, and your bookings with "
                "what you write for them, to arrange your sessions and for nothing else. Only your counselor "
                "reads your topic and note; calendars and e-mails never show them. Sessions are not recorded."
            ),
            t("Is that all right with you?"),
        ),
        rows=rows(
            Tap(t("✅ I agree"), Consent(agree=True), Style.SUCCESS),
            Tap(t("Not now"), Consent(agree=False)),
            _other_languages(t),
        ),
    )


def not_agreed(t: Texts) -> Screen:
    """Without the agreement nothing can be booked; the door stays open."""
    return Screen(
        text=paragraphs(
            t("No problem. Without your agreement I cannot book anything for you."),
            t("Whenever you change your mind, tap below or write /start."),
        ),
        rows=rows(Tap(t("✅ I agree"), Consent(agree=True), Style.SUCCESS)),
    )


def _other_languages(t: Texts) -> tuple[Tap, ...]:
    others = {code: name for code, name in LANGUAGES.items() if code != t.locale}
    return tuple(Tap(f"🗣 {name}", SetLocale(code)) for code, name in others.items())
