"""The review of a session: stars, the words to them, and the counselor's answer."""

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from bot.callbacks import (
    AskComment,
    AskReviewAnswer,
    ClearComment,
    ShowBooking,
    ShowReview,
)
from bot.screens.navigation import back
from bot.screens.screen import Row, Screen, Style, Tap, rows
from bot.screens.session import what, when
from bot.screens.stars import review_words, stars_row
from bot.screens.wording import bold, lines, paragraphs, quoted, shown
from core.domain.booking import Booking
from core.domain.notification import Notification
from core.domain.review import COMMENT_LENGTH, EDITABLE, Review
from core.kit.i18n import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewState:
    """A session with its review, if there is one, as one side sees it; `may` says that it can be changed.

    For the client that means the stars and the words, for the counselor the answer.
    """

    booking: Booking
    session_type: str
    other: str
    review: Review | None
    mine: bool
    may: bool


def review_card(t: Texts, state: ReviewState) -> Screen:
    """The review as it stands, and what may be done about it."""
    review = state.review
    if review is None:
        return _asked(t, state)
    title = t("⭐ Your review") if state.mine else t("⭐ Review of your session")
    return Screen(
        text=paragraphs(bold(title), _facts(t, state), review_words(t, review), _hint(t, state, review)),
        rows=rows(*_changes(t, state, review), back(t, ShowBooking(state.booking.id))),
    )


def ask_comment(t: Texts, state: ReviewState) -> Screen:
    """Wait for the client's words."""
    current = state.review.comment if state.review else ""
    return Screen(
        text=paragraphs(
            bold(t("💬 Your words to the stars")),
            t(
                "Please write how it was, in up to {most} characters. "
                "{name} sees it with your name, everybody else without it.",
                most=COMMENT_LENGTH,
                name=shown(state.other),
            ),
            lines(t("So far:"), quoted(current)) if current else None,
        ),
        rows=rows(
            Tap(t("🗑 Remove the words"), ClearComment(state.booking.id)) if current else None,
            back(t, ShowReview(state.booking.id)),
        ),
    )


def ask_answer(t: Texts, state: ReviewState) -> Screen:
    """Wait for the counselor's answer, of which there is one."""
    return Screen(
        text=paragraphs(
            bold(t("💬 Your answer")),
            review_words(t, state.review) if state.review else None,
            t(
                "Please write your answer, in up to {most} characters. Everybody sees it; there is only one.",
                most=COMMENT_LENGTH,
            ),
        ),
        rows=rows(back(t, ShowReview(state.booking.id))),
    )


def review_written(t: Texts, n: Notification, _: datetime) -> Screen:
    """A client has reviewed a session, told to its counselor."""
    review = n.review
    answer = (
        Tap(t("💬 Answer"), AskReviewAnswer(n.booking.id, review.version))
        if review and not review.answer
        else None
    )
    return Screen(
        text=paragraphs(
            bold(t("⭐ {name} has reviewed your session", name=shown(n.client.name))),
            _session(t, n.booking, n.session_type.title),
            review_words(t, review) if review else None,
        ),
        rows=rows(answer, Tap(t("📄 Details"), ShowBooking(n.booking.id))),
    )


def review_answered(t: Texts, n: Notification, _: datetime) -> Screen:
    """The counselor has answered, told to the client."""
    return Screen(
        text=paragraphs(
            bold(t("💬 {name} has answered your review", name=shown(n.counselor.name))),
            _session(t, n.booking, n.session_type.title),
            review_words(t, n.review) if n.review else None,
        ),
        rows=rows(Tap(t("📄 Details"), ShowBooking(n.booking.id))),
    )


def _asked(t: Texts, state: ReviewState) -> Screen:
    if not state.mine:
        words = t("There is no review of this session.")
        return Screen(text=paragraphs(words, _facts(t, state)), rows=rows(back(t, _card(state))))
    title = t("How was your session with {name}?", name=shown(state.other))
    asked = t(
        "Tap your stars. {name} sees them with your name, everybody else without it.", name=shown(state.other)
    )
    return Screen(
        text=paragraphs(bold(title), _facts(t, state), asked if state.may else None),
        rows=rows(stars_row(state.booking.id) if state.may else None, back(t, _card(state))),
    )


def _hint(t: Texts, state: ReviewState, review: Review) -> str | None:
    if review.hidden:
        return t("🙈 The admin has hidden this review: {reason}", reason=review.hidden_reason)
    if state.mine and state.may:
        return t("You can change it until {time}.", time=t.moment(review.created_at + EDITABLE))
    return None


def _changes(t: Texts, state: ReviewState, review: Review) -> tuple[Row | Tap, ...]:
    if not state.may:
        return ()
    booking_id = state.booking.id
    if not state.mine:
        return (Tap(t("💬 Answer"), AskReviewAnswer(booking_id, review.version), Style.PRIMARY),)
    words = t("💬 Change the words") if review.comment else t("💬 Add a few words")
    return (stars_row(booking_id, review.stars), Tap(words, AskComment(booking_id)))


def _facts(t: Texts, state: ReviewState) -> Markup:
    return _session(t, state.booking, state.session_type, shown(state.other))


def _session(t: Texts, booking: Booking, session_type: str, name: str = "") -> Markup:
    return lines(when(t, booking.starts_at, booking.ends_at), what(t, session_type, booking.minutes, name))


def _card(state: ReviewState) -> ShowBooking:
    return ShowBooking(state.booking.id)
