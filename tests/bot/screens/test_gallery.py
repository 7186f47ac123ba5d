"""Every screen in every language: fits Telegram and a phone, and every button leads somewhere."""

from pathlib import Path

import pytest

from bot.callback_codec import ROUTES
from bot.screens.screen import Screen, Tap
from core.domain.notification import Kind
from core.domain.refusal import Reason
from tests.bot.screens.gallery import SAMPLES, every_screen
from tests.bot.screens.gallery_page import render_gallery
from tests.bot.screens.telegram_limits import problems

SCREENS = every_screen()
PAGE = Path(__file__).parents[3] / "build" / "gallery.html"
REACHED_BY_LINK = {"BookWith"}


@pytest.mark.parametrize(
    ("screen"),
    [screen for *_, screen in SCREENS],
    ids=[f"{language}-{name}" for language, name, _ in SCREENS],
)
def test_a_screen_fits_telegram_and_a_phone(screen: Screen) -> None:
    assert problems(screen) == []


def test_every_button_there_is_stands_on_some_screen() -> None:
    shown = {
        type(button.callback)
        for *_, screen in SCREENS
        for row in screen.rows
        for button in row
        if isinstance(button, Tap)
    }
    missing = {route.kind for route in ROUTES.values()} - shown
    assert {kind.__name__ for kind in missing} == REACHED_BY_LINK


def test_the_gallery_has_every_kind_of_message_and_every_reason() -> None:
    assert {f"message: {kind}" for kind in Kind} <= set(SAMPLES)
    assert {f"explain: {reason}" for reason in Reason} <= set(SAMPLES)


def test_screens_differ_between_languages() -> None:
    english, german = (
        {name: screen.text for at, name, screen in SCREENS if at == here} for here in ("en", "de")
    )
    assert [name for name in english if english[name] == german[name]] == []


def test_the_gallery_page_is_written() -> None:
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(render_gallery(SCREENS), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8").count('class="phone"') == 2 * len(SAMPLES)
