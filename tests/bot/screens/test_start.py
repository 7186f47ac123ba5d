"""The first words."""

from bot.callbacks import (
    Consent,
    SetLocale,
)
from bot.screens.start import WelcomeState, not_agreed, welcome
from tests.bot.screens.reading import NEW_YORK, buttons, said


def test_the_greeting_tells_what_is_kept_and_asks() -> None:
    screen = welcome(NEW_YORK, WelcomeState(practice="Riverside", name="<b>Eve"))
    assert said(screen)[0] == (
        "👋 Hello <b>Eve, welcome to Riverside! Here you book sessions with our counselors."
    )
    assert "calendars and e-mails never show them" in said(screen)[2]
    assert list(buttons(screen).values()) == [Consent(agree=True), Consent(agree=False), SetLocale("de")]


def test_whoever_does_not_agree_may_change_their_mind() -> None:
    assert list(buttons(not_agreed(NEW_YORK)).values()) == [Consent(agree=True)]
