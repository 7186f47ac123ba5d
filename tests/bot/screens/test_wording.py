"""Names and labels cannot break or turn the text around them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from bot.screens.wording import bold, device_time, dotted, fitted, lines, paragraphs, quoted, shown, width
from tests.bot.screens.reading import NEW_YORK


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Ann Example", "Ann Example"),
        ("  Ann \n Example\t", "Ann Example"),
        ("דנה", "\u2068דנה\u2069"),
        ("Mal\u202elory", "Mallory"),
        ("\u2066Ann\u2069", "Ann"),
    ],
)
def test_a_name_stands_in_one_line_and_turns_nothing(name: str, wanted: str) -> None:
    assert shown(name) == wanted


def test_a_name_shown_twice_is_isolated_once() -> None:
    assert shown(shown("דנה")) == shown("דנה")


@pytest.mark.parametrize(
    ("text", "room", "wanted"),
    [
        ("Ann", 3, "Ann"),
        ("Anna", 3, "An…"),
        ("Ann Example", 5, "Ann…"),
        ("日本語", 6, "日本語"),
        ("日本語", 5, "日本…"),
        ("\u2068דנה כהן\u2069", 4, "\u2068דנה…\u2069"),
    ],
)
def test_a_label_is_cut_to_the_room_there_is(text: str, room: int, wanted: str) -> None:
    assert fitted(text, room) == wanted


@given(st.text(max_size=80), st.integers(2, 40))
def test_a_cut_label_always_fits(text: str, room: int) -> None:
    assert width(fitted(text, room)) <= room


def test_joining_escapes_plain_text_and_keeps_markup() -> None:
    assert lines("a < b", None, bold("<b>"), "") == Markup("a &lt; b\n<b>&lt;b&gt;</b>")
    assert paragraphs("a", None, "b") == Markup("a\n\nb")
    assert dotted("a", "", "b & c") == Markup("a · b &amp; c")


def test_nothing_quoted_leaves_nothing() -> None:
    assert quoted("") == ""
    assert quoted("<i>") == Markup("<blockquote>&lt;i&gt;</blockquote>")


def test_the_device_shows_the_instant_itself_with_words_for_old_ones() -> None:
    start = datetime(2026, 11, 3, 15, 0, tzinfo=UTC)
    assert device_time(NEW_YORK, start) == (
        'On your device: <tg-time unix="1793718000" format="wDt">'
        "Tue 3 Nov, 10:00\u202fAM (New York time)</tg-time>"
    ).replace("\u202f", " ")
