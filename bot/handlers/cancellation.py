"""Cancelling: the reason, what comes back, and the tap that does it; and taking it back."""

from dataclasses import replace

from bot.callbacks import (
    BookSameTime,
    CancelBooking,
    CancelFollowing,
    CancelInstead,
    CancelMenu,
    CancelReason,
    InsteadMenu,
    PickTime,
)
from bot.drafts import Asking, Draft
from bot.errors import explained
from bot.handlers.booking_time import pick_time
from bot.handlers.bookings import card_reply, wanted_again
from bot.handlers.series_change import ask_again, cancel_several, confirm_series_instead
from bot.handlers.series_scope import scope_step
from bot.handlers.wizard import Run, open_run, start_run
from bot.screens.cancelling import CancelState, cancel_reasons, confirm_cancel, confirm_instead, done
from bot.screens.refusal import too_long, words
from bot.turn import Reply, Turn
from core.domain.actions import Action, actions, require
from core.domain.booking import Refund
from core.domain.cancellation import refund
from core.domain.errors import Conflict, DomainError
from core.domain.side import Side
from core.services.cancellation import DETAILS_LENGTH
from core.services.listing import BookingDetails


async def cancel_menu(turn: Turn, tap: CancelMenu) -> Reply:
    """Ask for the reason, while it may be cancelled at all."""
    found = await turn.core.listing.look(turn.actor, tap.booking_id)
    better = await _instead(turn, found)
    if better is not None:
        return better
    which = await scope_step(turn, found, Action.CANCEL)
    if which is not None:
        return which
    require(Action.CANCEL, found.case)
    return Reply(screen=cancel_reasons(turn.texts, _state(found)))


async def cancel_reason(turn: Turn, tap: CancelReason) -> Reply:
    """Show what is about to be cancelled and what comes back; words to the other side may be typed now."""
    found = await turn.core.listing.look(turn.actor, tap.booking_id)
    require(Action.CANCEL, found.case)
    draft = Draft(
        cancelling=tap.booking_id,
        seen=found.booking.version,
        reason=tap.reason,
        percent=_back(found).percent,
        asking=Asking.CANCEL_WORDS,
        wizard=False,
    )
    return _confirm(await start_run(turn, draft), found)


async def typed_cancel_words(run: Run) -> Reply:
    """Keep the typed words and ask again, with what comes back by now."""
    text, booking_id = run.turn.text.strip(), _cancelling(run)
    if len(text) > DETAILS_LENGTH:
        ask = CancelFollowing if run.draft.following else CancelReason
        again = ask(booking_id, run.draft.reason)
        return run.reply(too_long(run.turn.texts, DETAILS_LENGTH, len(text), again))
    if run.draft.following:
        return await ask_again(run, booking_id, text)
    reply, _ = await _ask_again(run, text)
    return reply


async def cancel_booking(turn: Turn, tap: CancelBooking) -> Reply:
    """Cancel on the terms that were shown; if they are others by now, show those first."""
    run = await open_run(turn, tap.draft)
    draft, booking_id = run.draft, _cancelling(run)
    better = await _instead(turn, await turn.core.listing.look(turn.actor, booking_id))
    if better is not None:
        return better
    if draft.following:
        return await cancel_several(run, booking_id)
    try:
        await turn.core.cancellations.cancel(
            turn.actor, booking_id, draft.seen, draft.reason, draft.note, draft.percent
        )
    except Conflict as conflict:
        if conflict.code != "refund_changed":
            raise
        reply, percent = await _ask_again(run, draft.note)
        t = turn.texts
        return replace(reply, toast=words(t, conflict.code, {"percent": t.percent(percent)}), alert=True)
    await run.keep(booked_id=booking_id, asking=None)
    return await card_reply(turn, booking_id, toast=done(turn.texts))


async def instead_menu(turn: Turn, tap: InsteadMenu) -> Reply:
    """Show what comes back if the client cancels instead of moving."""
    found = await turn.core.listing.offer(turn.actor, tap.proposal_id, tap.version)
    require(Action.CANCEL_INSTEAD, found.case)
    return await _confirm_instead(turn, found, tap.proposal_id, tap.version)


async def cancel_instead(turn: Turn, tap: CancelInstead) -> Reply:
    """Cancel instead of moving."""
    booking = await turn.core.cancellations.cancel_instead(turn.actor, tap.proposal_id, tap.version)
    return await card_reply(turn, booking.id, toast=done(turn.texts))


async def book_same_time(turn: Turn, tap: BookSameTime) -> Reply:
    """Hold the time of a cancelled booking again, with everything that had been filled in."""
    found = await turn.core.listing.look(turn.actor, tap.booking_id)
    require(Action.BOOK_AGAIN, found.case)
    booking, wanted = found.booking, wanted_again(found)
    draft = Draft(
        counselor_id=wanted.counselor_id,
        session_type_id=wanted.session_type_id,
        program_id=found.session_type.program_id,
        minutes=wanted.minutes,
        topic=booking.topic,
        note=booking.note,
        location=booking.location if booking.location in found.session_type.locations else None,
        reminders=booking.reminders,
    )
    run = await start_run(turn, draft)
    again = PickTime(run.id, booking.starts_at)
    try:
        return await pick_time(turn, again)
    except DomainError as error:
        return await explained(turn, error, again)


async def _instead(turn: Turn, found: BookingDetails) -> Reply | None:
    """The better way out for a client whom the counselor asks for another time: everything comes back."""
    proposal = found.case.proposal
    if proposal is None or Action.CANCEL_INSTEAD not in actions(found.case):
        return None
    return await _confirm_instead(turn, found, proposal.id, proposal.version)


async def _confirm_instead(turn: Turn, found: BookingDetails, proposal_id: int, version: int) -> Reply:
    case = found.case
    if case.proposal is not None and case.proposal.together is not None:
        return await confirm_series_instead(turn, found, proposal_id, version)
    everything = refund(case.booking, Side.COUNSELOR, case.now, case.policy)
    state = replace(_state(found), back=everything)
    return Reply(screen=confirm_instead(turn.texts, state, proposal_id, version))


async def _ask_again(run: Run, note: str) -> tuple[Reply, int]:
    """The last question once more, and how many percent come back by now."""
    found = await run.turn.core.listing.look(run.turn.actor, _cancelling(run))
    require(Action.CANCEL, found.case)
    percent = _back(found).percent
    return _confirm(await run.keep(note=note, percent=percent), found), percent


def _confirm(run: Run, found: BookingDetails) -> Reply:
    state = replace(_state(found), draft=run.id, reason=run.draft.reason, details=run.draft.note)
    return run.reply(confirm_cancel(run.turn.texts, state))


def _cancelling(run: Run) -> int:
    if run.draft.cancelling is None:
        raise Conflict("draft_incomplete")
    return run.draft.cancelling


def _state(found: BookingDetails) -> CancelState:
    return CancelState(
        case=found.case,
        session_type=found.session_type.title,
        counselor=found.counselor.name,
        client=found.client.name,
        back=_back(found),
    )


def _back(found: BookingDetails) -> Refund:
    case = found.case
    return refund(case.booking, case.side, case.now, case.policy)
