"""The card of a review, from each side."""

from bot.callbacks import AskComment, AskReviewAnswer, ClearComment, Rate, ShowBooking, ShowReview
from bot.screens.review import ask_answer, ask_comment, review_answered, review_card, review_written
from core.domain.notification import Kind
from core.domain.outcome import Outcome
from core.domain.side import Side
from tests.bot.screens.reading import NEW_YORK, buttons, labels, said
from tests.bot.screens.samples.afterwards import ANSWERED, END, HIDDEN, REVIEW, notification, reviewed

STARS = ["1 ⭐", "2 ⭐", "3 ⭐", "4 ⭐", "5 ⭐"]


def test_stars_come_first() -> None:
    screen = review_card(NEW_YORK, reviewed(None))
    assert said(screen)[0] == "How was your session with Ann Example?"
    assert labels(screen) == [STARS, ["‹ Back"]]
    assert buttons(screen)["3 ⭐"] == Rate(42, 3)


def test_what_was_given_can_be_changed_for_a_day() -> None:
    screen = review_card(NEW_YORK, reviewed(REVIEW))
    assert said(screen)[-1] == "You can change it until Wed 4 Nov, 11:00 AM (New York time)."
    assert labels(screen) == [STARS, ["💬 Change the words"], ["‹ Back"]]
    assert buttons(screen)["💬 Change the words"] == AskComment(42)


def test_after_that_it_is_only_shown() -> None:
    screen = review_card(NEW_YORK, reviewed(ANSWERED, may=False))
    assert labels(screen) == [["‹ Back"]]
    assert said(screen)[-2:] == ["Answer of the counselor:", "Thank you, Dora. See you soon!"]


def test_a_client_whose_review_is_hidden_reads_why() -> None:
    last = said(review_card(NEW_YORK, reviewed(HIDDEN)))[-1]
    assert last == "🙈 The admin has hidden this review: Names somebody who was not there"


def test_the_counselor_answers_what_they_saw() -> None:
    screen = review_card(NEW_YORK, reviewed(REVIEW, mine=False))
    assert buttons(screen) == {"💬 Answer": AskReviewAnswer(42, 1), "‹ Back": ShowBooking(42)}
    answered = review_card(NEW_YORK, reviewed(ANSWERED, mine=False, may=False))
    assert buttons(answered) == {"‹ Back": ShowBooking(42)}


def test_the_words_can_be_removed_where_there_are_any() -> None:
    assert buttons(ask_comment(NEW_YORK, reviewed(REVIEW))) == {
        "🗑 Remove the words": ClearComment(42),
        "‹ Back": ShowReview(42),
    }
    without = ask_comment(NEW_YORK, reviewed(REVIEW.with_(comment="")))
    assert buttons(without) == {"‹ Back": ShowReview(42)}


def test_who_answers_sees_what_they_answer() -> None:
    assert "Warm and clear. I would come again." in said(ask_answer(NEW_YORK, reviewed(REVIEW, mine=False)))


def test_a_new_review_can_be_answered_from_its_message() -> None:
    told = notification(Kind.REVIEW_WRITTEN, Outcome.TOOK_PLACE, Side.COUNSELOR, review=REVIEW)
    screen = review_written(NEW_YORK, told, END)
    assert said(screen)[0] == "⭐ Dora Client has reviewed your session"
    assert buttons(screen)["💬 Answer"] == AskReviewAnswer(42, 1)


def test_the_answer_reaches_the_client_with_the_review() -> None:
    told = notification(Kind.REVIEW_ANSWERED, Outcome.TOOK_PLACE, Side.CLIENT, review=ANSWERED)
    assert said(review_answered(NEW_YORK, told, END))[-3:] == [
        "Warm and clear. I would come again.",
        "Answer of the counselor:",
        "Thank you, Dora. See you soon!",
    ]
