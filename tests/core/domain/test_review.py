"""Reviews: their bounds, and how long they can be changed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.errors import Invalid
from core.domain.review import COMMENT_LENGTH, EDITABLE, REASON_LENGTH, Review
from tests.core.domain.booking_examples import START

REVIEW = Review(booking_id=1, counselor_id=2, client_id=3, stars=4, comment="Good.", created_at=START)


@pytest.mark.parametrize("stars", [-1, 0, 6])
def test_there_are_one_to_five_stars(stars: int) -> None:
    with pytest.raises(Invalid, match=r"^bad_stars$"):
        replace(REVIEW, stars=stars)


@pytest.mark.parametrize(
    ("field", "most"),
    [("comment", COMMENT_LENGTH), ("answer", COMMENT_LENGTH), ("hidden_reason", REASON_LENGTH)],
)
def test_words_have_their_limits(field: str, most: int) -> None:
    assert REVIEW.with_(**{field: "x" * most}).version == 2
    with pytest.raises(Invalid, match=r"^too_long$") as refused:
        REVIEW.with_(**{field: "x" * (most + 1)})
    assert refused.value.details == {"most": most, "got": most + 1}


def test_a_review_can_be_changed_for_a_day_unless_it_was_answered() -> None:
    assert REVIEW.editable(START + EDITABLE - timedelta(seconds=1))
    assert not REVIEW.editable(START + EDITABLE)
    assert not REVIEW.with_(answer="Thank you.").editable(START)


def test_a_change_that_changes_nothing_is_no_new_version() -> None:
    assert REVIEW.with_(stars=4) is REVIEW
    assert REVIEW.with_(stars=5) == replace(REVIEW, stars=5, version=2)


def test_a_reason_hides() -> None:
    assert not REVIEW.hidden
    assert REVIEW.with_(hidden_reason="Names somebody.").hidden
