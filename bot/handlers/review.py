"""Reviews: stars by one tap, words by writing, and the counselor's answer."""

from bot.callbacks import AskComment, AskReviewAnswer, ClearComment, Rate, ShowReview
from bot.drafts import Asking
from bot.handlers.question import ask, asked_about, heard, stop_asking
from bot.handlers.wizard import Run
from bot.screens.review import ReviewState, ask_answer, ask_comment, review_card
from bot.turn import Reply, Turn
from core.domain.actions import Action, actions, require
from core.domain.errors import NotFound
from core.services.running import check_seen


async def show_review(turn: Turn, tap: ShowReview) -> Reply:
    """The review as it stands."""
    await stop_asking(turn)
    return await review_reply(turn, tap.booking_id)


async def rate(turn: Turn, tap: Rate) -> Reply:
    """So many stars."""
    await turn.core.reviews.rate(turn.actor, tap.booking_id, tap.stars)
    return await review_reply(turn, tap.booking_id)


async def ask_for_comment(turn: Turn, tap: AskComment) -> Reply:
    """Wait for the client's words."""
    found = await turn.core.listing.look(turn.actor, tap.booking_id)
    require(Action.REVIEW, found.case)
    run = await ask(turn, Asking.COMMENT, tap.booking_id)
    return run.reply(ask_comment(turn.texts, await _state(turn, tap.booking_id)))


async def clear_comment(turn: Turn, tap: ClearComment) -> Reply:
    """No words."""
    await turn.core.reviews.comment(turn.actor, tap.booking_id, "")
    await stop_asking(turn)
    return await review_reply(turn, tap.booking_id)


async def typed_comment(run: Run) -> Reply:
    """The client's words."""
    booking_id, turn = asked_about(run), run.turn
    run = await heard(run, turn.core.reviews.comment(turn.actor, booking_id, turn.text.strip()))
    return run.reply(review_card(turn.texts, await _state(turn, booking_id)))


async def ask_for_answer(turn: Turn, tap: AskReviewAnswer) -> Reply:
    """Wait for the counselor's answer to what stands there now."""
    found = await turn.core.listing.look(turn.actor, tap.booking_id)
    require(Action.ANSWER_REVIEW, found.case)
    if found.case.review is None:
        raise NotFound("review_not_found")
    check_seen(found.booking, tap.version, found.case.review.version)
    run = await ask(turn, Asking.REVIEW_ANSWER, tap.booking_id, seen=tap.version)
    return run.reply(ask_answer(turn.texts, await _state(turn, tap.booking_id)))


async def typed_answer(run: Run) -> Reply:
    """The counselor's answer."""
    booking_id, turn = asked_about(run), run.turn
    text = turn.text.strip()
    run = await heard(run, turn.core.reviews.answer(turn.actor, booking_id, run.draft.seen, text))
    return run.reply(review_card(turn.texts, await _state(turn, booking_id)))


async def review_reply(turn: Turn, booking_id: int) -> Reply:
    """The review as the viewer's side sees it."""
    return Reply(screen=review_card(turn.texts, await _state(turn, booking_id)))


async def _state(turn: Turn, booking_id: int) -> ReviewState:
    found = await turn.core.reviews.details(turn.actor, booking_id)
    mine = found.client.id == turn.person.id
    return ReviewState(
        booking=found.case.booking,
        session_type=found.session_type.title,
        other=found.counselor.name if mine else found.client.name,
        review=found.review,
        mine=mine,
        may=not actions(found.case).isdisjoint({Action.REVIEW, Action.ANSWER_REVIEW}),
    )
