"""Of a client the picture has the initials, in whichever script the typeface knows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.screens.week_font import font, initials
from tests.bot.screens.samples.people import EMOJI_NAME, LONG_NAME, MARKUP_NAME


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Maya Okafor", "MO"),
        ("maya", "M"),
        ("Anna Maria von Trapp", "AT"),
        ("  Zoë   Ünal ", "ZÜ"),
        ("O\u0308ykü", "Ö"),
        ("Иван Петров", "ИП"),
        ("Κώστας Αλεξίου", "ΚΑ"),
        ("עמית כהן", "ע"),
        ("محمد علي", "م"),
        ("田中 太郎", ""),
        ("123 !!!", ""),
        ("", ""),
        (LONG_NAME, "WM"),
        (MARKUP_NAME, "BI"),
        (EMOJI_NAME, "Z"),
    ],
)
def test_initials_of(name: str, wanted: str) -> None:
    assert initials(name) == wanted


@given(st.text(max_size=40))
def test_whatever_the_name_what_is_left_of_it_can_be_drawn(name: str) -> None:
    found = initials(name)
    assert len(found) <= 6
    assert found == "" or font(24, bold=True).getlength(found) > 0


def test_the_typeface_knows_what_is_written_in_every_language() -> None:
    missing = font(24).getmask("\U0010ffff")
    for letter in "äöüÄÖÜß–·…0123456789":
        assert bytes(font(24).getmask(letter)) != bytes(missing), letter
