"""The colours of the week picture can be told apart and read (WCAG 2.2, 1.4.3 and 1.4.11)."""

import pytest
from PIL import ImageColor

from bot.screens.week_theme import DARK, LIGHT, Palette
from core.db.schedule_view import SHOWN

PALETTES = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((_luminance(each) for each in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(each / 255) for each in ImageColor.getrgb(colour)[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.03928 else float(((part + 0.055) / 1.055) ** 2.4)


@PALETTES
def test_words_can_be_read(palette: Palette) -> None:
    pairs = [
        (palette.ink, palette.page),
        (palette.soft, palette.page),
        (palette.change, palette.page),
        (palette.on_accent, palette.accent),
        *((look.ink, look.fill) for look in palette.looks.values()),
    ]
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []


@PALETTES
def test_sessions_and_the_time_it_is_stand_out_from_the_ground(palette: Palette) -> None:
    for ground in (palette.open, palette.closed):
        assert contrast(palette.now, ground) >= 3
        for look in palette.looks.values():
            assert (
                max(contrast(look.fill, ground), contrast(look.edge, ground), contrast(look.ink, ground)) >= 3
            )


@PALETTES
def test_every_status_on_a_schedule_has_its_own_look(palette: Palette) -> None:
    assert set(palette.looks) == set(SHOWN)
    assert len({look.fill for look in palette.looks.values()}) == len(SHOWN)
