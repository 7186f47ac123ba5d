"""All reviews, as the admin looks through them, hides them and shows them again."""

from dataclasses import dataclass

from markupsafe import Markup

from bot.callbacks import AdminMenu, AskHideReview, Reviews, ShowAnyReview, UnhideReview
from bot.screens.navigation import back, home, pager
from bot.screens.screen import Screen, Style, Tap, in_columns, rows
from bot.screens.stars import review_words, stars
from bot.screens.wording import bold, dotted, fitted, lines, paragraphs, shown
from core.domain.review import REASON_LENGTH, Review
from core.kit.i18n import Texts

PAGE_SIZE = 10
EXCERPT = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyReview:
    """A review with its names; `counts` says whether others see it."""

    review: Review
    client: str
    counselor: str
    counts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewsState:
    """A page of all reviews, counted from 0, and how many there are."""

    entries: tuple[AnyReview, ...]
    page: int
    total: int


def reviews(t: Texts, state: ReviewsState) -> Screen:
    """The list: every number is a button."""
    numbered = list(enumerate(state.entries, start=state.page * PAGE_SIZE + 1))
    buttons = (Tap(str(n), ShowAnyReview(each.review.booking_id, state.page)) for n, each in numbered)
    pages = max(1, -(-state.total // PAGE_SIZE))
    return Screen(
        text=paragraphs(
            bold(t("⭐ All reviews")),
            None if numbered else t("There are no reviews yet."),
            *(_entry(t, n, each) for n, each in numbered),
            t("Tap a number for details.") if numbered else None,
        ),
        rows=rows(
            *in_columns(buttons, 5), pager(t, state.page, pages, Reviews), (back(t, AdminMenu()), home(t))
        ),
    )


def any_review(t: Texts, state: AnyReview, page: int = 0) -> Screen:
    """One review, and the way to hide it or to show it again."""
    review = state.review
    return Screen(
        text=paragraphs(bold(t("⭐ Review")), _names(t, state), review_words(t, review), _why_not(t, state)),
        rows=rows(_change(t, review), back(t, Reviews(page))),
    )


def ask_hide(t: Texts, state: AnyReview) -> Screen:
    """Wait for the reason."""
    return Screen(
        text=paragraphs(
            bold(t("🙈 Hide this review?")),
            review_words(t, state.review),
            t(
                "Please write why, in up to {most} characters. The client reads it; others see nothing.",
                most=REASON_LENGTH,
            ),
        ),
        rows=rows(back(t, ShowAnyReview(state.review.booking_id))),
    )


def _entry(t: Texts, n: int, each: AnyReview) -> Markup:
    hidden = "" if each.counts else "🙈"
    comment = fitted(" ".join(each.review.comment.split()), EXCERPT)
    return lines(
        Markup("{}. ").format(n) + dotted(bold(stars(each.review.stars)), shown(each.counselor), hidden),
        dotted(shown(each.client), t.day(each.review.created_at)),
        comment,
    )


def _names(t: Texts, state: AnyReview) -> Markup:
    return lines(
        t.html("👤 Counselor: <b>{name}</b>", name=shown(state.counselor)),
        t.html("👤 Client: <b>{name}</b>", name=shown(state.client)),
        t("Written on {time}", time=t.moment(state.review.created_at)),
    )


def _why_not(t: Texts, state: AnyReview) -> str | None:
    if state.review.hidden:
        return t("🙈 Hidden: {reason}", reason=state.review.hidden_reason)
    return None if state.counts else t("🙈 Not shown: the session turned out to be a no-show.")


def _change(t: Texts, review: Review) -> Tap:
    if review.hidden:
        return Tap(t("👁 Show it again"), UnhideReview(review.booking_id, review.version), Style.PRIMARY)
    return Tap(t("🙈 Hide"), AskHideReview(review.booking_id, review.version), Style.DANGER)
