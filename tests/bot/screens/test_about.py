"""What the bot says of itself fits, whatever the practice is called."""

import pytest

from bot.screens.about import LONGEST, LONGEST_SHORT, description, short_description
from core.domain.zones import zone
from core.kit.i18n import LANGUAGES, texts


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_fits_the_profile_of_the_practice_with_the_longest_name(language: str) -> None:
    t = texts(language, zone("UTC"))
    assert description(t, "x" * 100).startswith("x" * 100)
    assert len(description(t, "x" * 100)) <= LONGEST
    assert len(short_description(t)) <= LONGEST_SHORT
