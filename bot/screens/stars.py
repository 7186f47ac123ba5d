"""Stars: given by a tap, shown with their words, and summed up on a counselor's card."""

from markupsafe import Markup

from bot.callbacks import Rate
from bot.screens.screen import Row, Style, Tap
from bot.screens.wording import bold, dotted, fitted, lines, quoted
from core.domain.actions import Case, Party
from core.domain.review import Rating, Review
from core.kit.i18n import Texts

EXCERPT = 200


def stars(number: int) -> str:
    """`★★★★☆` for 4."""
    return "★" * number + "☆" * (5 - number)


def stars_row(booking_id: int, given: int = 0) -> Row:
    """One button for each number of stars; those given already stand out."""
    return tuple(
        Tap(f"{number} ⭐", Rate(booking_id, number), Style.PRIMARY if number == given else None)
        for number in range(1, 6)
    )


def review_words(t: Texts, review: Review) -> Markup:
    """The stars, the client's words and the counselor's answer."""
    return lines(
        bold(stars(review.stars)),
        quoted(review.comment),
        t("Answer of the counselor:") if review.answer else None,
        quoted(review.answer),
    )


def review_line(t: Texts, case: Case) -> str | None:
    """On the booking's card: the stars, also that they are hidden for those who may know."""
    review = case.review
    if review is None or (review.hidden and case.party is Party.COUNSELOR):
        return None
    words = t("⭐ Review: {stars}", stars=stars(review.stars))
    return f"{words} 🙈" if review.hidden else words


def rating_words(t: Texts, rating: Rating | None) -> str | None:
    """The average and the number of a counselor's reviews; nothing where there are none."""
    if rating is None or rating.count == 0:
        return None
    average = t.decimal(rating.average)
    return t.n("⭐ {stars} ({n} review)", "⭐ {stars} ({n} reviews)", rating.count, stars=average)


def latest_words(t: Texts, latest: tuple[Review, ...]) -> Markup:
    """The newest comments on a counselor's card, without the names of those who wrote them."""
    return lines(
        *(lines(dotted(stars(each.stars), t.day(each.created_at)), quoted(_excerpt(each))) for each in latest)
    )


def _excerpt(review: Review) -> str:
    return fitted(" ".join(review.comment.split()), EXCERPT)
