"""All reviews: the admin's list, hiding one with a reason, and showing it again."""

from dataclasses import replace

from bot.callbacks import AskHideReview, Reviews, ShowAnyReview, UnhideReview
from bot.drafts import Asking
from bot.handlers.question import ask, asked_about, heard, stop_asking
from bot.handlers.wizard import Run
from bot.screens.admin_review import AnyReview, ReviewsState, any_review, ask_hide, reviews
from bot.screens.refusal import words
from bot.turn import Reply, Turn
from core.domain.access import require
from core.domain.booking import Status
from core.domain.errors import Conflict, NotFound
from core.domain.person import Role


async def show_reviews(turn: Turn, tap: Reviews) -> Reply:
    """A page of all of them."""
    found = await turn.core.reviews.every(turn.actor, tap.page)
    entries = tuple(
        AnyReview(
            review=each.review,
            client=each.client_name,
            counselor=each.counselor_name,
            counts=each.counts,
        )
        for each in found.lines
    )
    state = ReviewsState(entries=entries, page=found.page, total=found.total)
    return Reply(screen=reviews(turn.texts, state))


async def show_any_review(turn: Turn, tap: ShowAnyReview) -> Reply:
    """One of them."""
    await stop_asking(turn)
    return Reply(screen=any_review(turn.texts, await _state(turn, tap.booking_id), tap.page))


async def ask_for_reason(turn: Turn, tap: AskHideReview) -> Reply:
    """Wait for the reason to hide it."""
    state = await _state(turn, tap.booking_id)
    if state.review.version != tap.version or state.review.hidden:
        return await _as_it_is(turn, tap.booking_id, "stale")
    run = await ask(turn, Asking.HIDE_REASON, tap.booking_id, seen=tap.version)
    return run.reply(ask_hide(turn.texts, state))


async def typed_reason(run: Run) -> Reply:
    """Hide it for this reason."""
    turn, booking_id = run.turn, asked_about(run)
    reason = " ".join(turn.text.split())
    try:
        run = await heard(run, turn.core.reviews.hide(turn.actor, booking_id, run.draft.seen, reason))
    except Conflict as refused:
        return await _as_it_is(turn, booking_id, refused.code)
    return run.reply(any_review(turn.texts, await _state(turn, booking_id)))


async def unhide_review(turn: Turn, tap: UnhideReview) -> Reply:
    """Show it again."""
    try:
        await turn.core.reviews.show(turn.actor, tap.booking_id, tap.version)
    except Conflict as refused:
        return await _as_it_is(turn, tap.booking_id, refused.code)
    return await show_any_review(turn, ShowAnyReview(tap.booking_id))


async def _as_it_is(turn: Turn, booking_id: int, code: str) -> Reply:
    reply = await show_any_review(turn, ShowAnyReview(booking_id))
    return replace(reply, toast=words(turn.texts, code), alert=True)


async def _state(turn: Turn, booking_id: int) -> AnyReview:
    require(turn.actor, Role.ADMIN)
    found = await turn.core.reviews.details(turn.actor, booking_id)
    if found.review is None:
        raise NotFound("review_not_found")
    return AnyReview(
        review=found.review,
        client=found.client.name,
        counselor=found.counselor.name,
        counts=found.case.booking.status is Status.COMPLETED and not found.review.hidden,
    )
