"""Cancelling or moving this session of a series, or this and the following."""

from dataclasses import replace

from bot.callbacks import CancelFollowing, CancelScope, MoveScope
from bot.drafts import Asking, Draft
from bot.handlers.reschedule import look_for
from bot.handlers.series_card import series_reply
from bot.handlers.wizard import Run, start_run
from bot.screens.cancelling import CancelState, cancel_reasons
from bot.screens.refusal import words
from bot.screens.series_change import (
    CancelSeriesState,
    cancel_series_reasons,
    cancelled_toast,
    confirm_cancel_series,
    series_instead,
)
from bot.turn import Reply, Turn
from core.domain.actions import Action, require
from core.domain.cancellation import refund
from core.domain.errors import Conflict
from core.domain.money import Money
from core.domain.series import edition
from core.domain.side import Side
from core.services.listing import BookingDetails
from core.services.series_quote import Quote


async def cancel_scope(turn: Turn, tap: CancelScope) -> Reply:
    """The reasons, for one session or for several."""
    found = await turn.core.listing.look(turn.actor, tap.booking_id)
    require(Action.CANCEL, found.case)
    if tap.following:
        quote = await turn.core.series.quote(turn.actor, tap.booking_id)
        return Reply(screen=cancel_series_reasons(turn.texts, _state(found, quote)))
    case = found.case
    state = CancelState(
        case=case,
        session_type=found.session_type.title,
        counselor=found.counselor.name,
        client=found.client.name,
        back=refund(case.booking, case.side, case.now, case.policy),
    )
    return Reply(screen=cancel_reasons(turn.texts, state))


async def cancel_following(turn: Turn, tap: CancelFollowing) -> Reply:
    """Show what is about to be cancelled and what comes back; words to the other side may be typed now."""
    found = await turn.core.listing.look(turn.actor, tap.booking_id)
    require(Action.CANCEL, found.case)
    quote = await turn.core.series.quote(turn.actor, tap.booking_id)
    draft = Draft(
        cancelling=tap.booking_id,
        following=True,
        seen=quote.edition,
        quoted=quote.back.minor,
        reason=tap.reason,
        asking=Asking.CANCEL_WORDS,
        wizard=False,
    )
    return _confirm(await start_run(turn, draft), found, quote)


async def ask_again(run: Run, booking_id: int, note: str) -> Reply:
    """The last question once more, with what comes back by now."""
    turn = run.turn
    found = await turn.core.listing.look(turn.actor, booking_id)
    require(Action.CANCEL, found.case)
    quote = await turn.core.series.quote(turn.actor, booking_id)
    return _confirm(await run.keep(note=note, quoted=quote.back.minor), found, quote)


async def cancel_several(run: Run, booking_id: int) -> Reply:
    """Cancel on the terms that were shown; if they are others by now, show those first."""
    turn, draft = run.turn, run.draft
    try:
        ended = await turn.core.series.cancel(
            turn.actor, booking_id, draft.seen, draft.reason, draft.note, draft.quoted
        )
    except Conflict as conflict:
        if conflict.code != "quote_changed":
            raise
        reply = await ask_again(run, booking_id, draft.note)
        return replace(reply, toast=words(turn.texts, conflict.code), alert=True)
    await run.keep(booked_id=booking_id, asking=None)
    return await series_reply(turn, ended[0].series_id or 0, cancelled_toast(turn.texts, len(ended)))


async def move_scope(turn: Turn, tap: MoveScope) -> Reply:
    """Look for another time for the one, or for it and the following."""
    found = await turn.core.listing.look(turn.actor, tap.booking_id)
    require(Action.RESCHEDULE, found.case)
    if not tap.following:
        return await look_for(turn, found, seen=found.booking.version)
    return await look_for(turn, found, seen=edition(found.series), following=True)


async def confirm_series_instead(turn: Turn, found: BookingDetails, proposal_id: int, version: int) -> Reply:
    """What comes back if the client cancels several sessions instead of moving them: everything."""
    case = found.case
    bookings = await turn.core.move_times.together(turn.actor, found.booking.id)
    backs = [refund(each, Side.COUNSELOR, case.now, case.policy) for each in bookings]
    total = sum(each.amount.minor for each in backs)
    state = CancelSeriesState(
        case=case,
        session_type=found.session_type.title,
        counselor=found.counselor.name,
        client=found.client.name,
        sessions=tuple(zip(bookings, backs, strict=True)),
        back=Money(minor=total, currency=case.booking.price.currency),
    )
    return Reply(screen=series_instead(turn.texts, state, proposal_id, version))


def _confirm(run: Run, found: BookingDetails, quote: Quote) -> Reply:
    state = replace(_state(found, quote), draft=run.id, reason=run.draft.reason, details=run.draft.note)
    return run.reply(confirm_cancel_series(run.turn.texts, state))


def _state(found: BookingDetails, quote: Quote) -> CancelSeriesState:
    return CancelSeriesState(
        case=found.case,
        session_type=found.session_type.title,
        counselor=found.counselor.name,
        client=found.client.name,
        sessions=tuple((each.booking, each.back) for each in quote.sessions),
        back=quote.back,
    )
