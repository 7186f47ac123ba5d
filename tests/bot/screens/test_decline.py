"""The reasons to decline."""

from bot.callbacks import (
    DeclineReason,
)
from bot.screens.decline import CHOICES, TOLD, decline_words
from tests.bot.screens.reading import NEW_YORK


def test_every_reason_but_other_is_told_to_the_client() -> None:
    assert set(CHOICES) == set(DeclineReason)
    assert set(TOLD) == set(DeclineReason) - {DeclineReason.OTHER}
    assert decline_words(NEW_YORK, "time") == "This time does not suit the counselor."
    assert decline_words(NEW_YORK, "other") is None
    assert decline_words(NEW_YORK, "<unknown>") is None
