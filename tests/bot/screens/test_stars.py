"""Stars, and what a counselor's reviews come to."""

from dataclasses import replace

import pytest

from bot.screens.screen import Style
from bot.screens.stars import latest_words, rating_words, review_line, review_words, stars, stars_row
from core.domain.actions import Case, Party
from core.domain.outcome import Outcome
from core.domain.policy import Policy
from core.domain.review import Rating, Review
from tests.bot.screens.reading import BERLIN, NEW_YORK
from tests.bot.screens.samples.afterwards import ANSWERED, END, HIDDEN, OVER, RATING, REVIEW


@pytest.mark.parametrize(("number", "shown"), [(1, "★☆☆☆☆"), (4, "★★★★☆"), (5, "★★★★★")])
def test_stars_are_five_of_which_some_are_filled(number: int, shown: str) -> None:
    assert stars(number) == shown


def test_the_stars_given_already_stand_out() -> None:
    assert [getattr(each, "style", None) for each in stars_row(42, 4)] == [
        None,
        None,
        None,
        Style.PRIMARY,
        None,
    ]


def test_the_average_has_one_decimal_place_in_the_readers_language() -> None:
    assert rating_words(NEW_YORK, RATING) == "⭐ 4.8 (12 reviews)"
    assert rating_words(BERLIN, Rating(count=1, average=5.0)) == "⭐ 5,0 (1 Bewertung)"


def test_a_counselor_without_reviews_has_no_rating() -> None:
    assert (rating_words(NEW_YORK, None), rating_words(NEW_YORK, Rating())) == (None, None)


def test_the_answer_follows_the_words() -> None:
    assert review_words(NEW_YORK, ANSWERED).splitlines() == [
        "<b>★★★★☆</b>",
        "<blockquote>Warm and clear. I would come again.</blockquote>",
        "Answer of the counselor:",
        "<blockquote>Thank you, Dora. See you soon!</blockquote>",
    ]


def test_comments_are_cut_and_stand_in_one_line_without_a_name() -> None:
    long = replace(REVIEW, comment="A\nlong <b>story</b>. " * 40)
    first, second = latest_words(NEW_YORK, (long,)).splitlines()
    assert first == "★★★★☆ · Tue 3 Nov"
    assert second.startswith("<blockquote>A long &lt;b&gt;story&lt;/b&gt;. A long")
    assert second.endswith("…</blockquote>")


@pytest.mark.parametrize(
    ("party", "review", "line"),
    [
        (Party.CLIENT, None, None),
        (Party.COUNSELOR, REVIEW, "⭐ Review: ★★★★☆"),
        (Party.COUNSELOR, HIDDEN, None),
        (Party.CLIENT, HIDDEN, "⭐ Review: ★★★★☆ 🙈"),
        (Party.ADMIN, HIDDEN, "⭐ Review: ★★★★☆ 🙈"),
    ],
)
def test_a_hidden_review_is_on_the_card_of_those_who_may_know(
    party: Party, review: Review | None, line: str | None
) -> None:
    case = Case(booking=OVER[Outcome.TOOK_PLACE], party=party, now=END, policy=Policy(), review=review)
    assert review_line(NEW_YORK, case) == line
