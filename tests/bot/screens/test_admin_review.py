"""All reviews, for the admin."""

from bot.callbacks import AskHideReview, Reviews, ShowAnyReview, UnhideReview
from bot.screens.admin_review import ReviewsState, any_review, ask_hide, reviews
from tests.bot.screens.reading import NEW_YORK, buttons, said
from tests.bot.screens.samples.afterwards import HIDDEN, REVIEW, listed


def test_the_list_marks_what_others_do_not_see() -> None:
    state = ReviewsState(entries=(listed(REVIEW), listed(HIDDEN, counts=False)), page=1, total=12)
    screen = reviews(NEW_YORK, state)
    assert said(screen)[1:7] == [
        "11. ★★★★☆ · Ann Example",
        "Dora Client · Tue 3 Nov",
        "Warm and clear. I would come again.",
        "12. ★★★★☆ · Ann Example · 🙈",
        "Dora Client · Tue 3 Nov",
        "Warm and clear. I would come again.",
    ]
    assert buttons(screen)["12"] == ShowAnyReview(42, 1)


def test_a_review_is_hidden_as_it_was_seen() -> None:
    found = buttons(any_review(NEW_YORK, listed(REVIEW), 3))
    assert found == {"🙈 Hide": AskHideReview(42, 1), "‹ Back": Reviews(3)}


def test_a_hidden_one_says_why_and_can_be_shown_again() -> None:
    screen = any_review(NEW_YORK, listed(HIDDEN, counts=False))
    assert said(screen)[-1] == "🙈 Hidden: Names somebody who was not there"
    assert buttons(screen)["👁 Show it again"] == UnhideReview(42, 2)


def test_one_of_a_no_show_says_that_nobody_sees_it() -> None:
    last = said(any_review(NEW_YORK, listed(REVIEW, counts=False)))[-1]
    assert last == "🙈 Not shown: the session turned out to be a no-show."


def test_hiding_asks_for_a_reason_first() -> None:
    screen = ask_hide(NEW_YORK, listed(REVIEW))
    assert said(screen)[-1] == (
        "Please write why, in up to 200 characters. The client reads it; others see nothing."
    )
    assert buttons(screen) == {"‹ Back": ShowAnyReview(42)}
