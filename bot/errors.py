"""A refusal of the core in this chat: what is true now, and what can be done instead."""

from datetime import datetime

from bot.callbacks import (
    Approve,
    ApproveSeries,
    AskComment,
    AskEmail,
    AskHideReview,
    AskNote,
    AskPrivateNote,
    AskReport,
    AskReportAnswer,
    AskReviewAnswer,
    AskTopic,
    Bookings,
    BookSeries,
    Callback,
    ConfirmBooking,
    Decline,
    DeclineMenu,
    DeclineSeries,
    DeclineSeriesMenu,
    Enroll,
    PickTime,
    SendOffer,
    SetLocation,
    ShowRequest,
)
from bot.handlers.bookings import card_reply
from bot.handlers.request import request_reply
from bot.handlers.wizard import Run, open_run
from bot.screens.booking_conflict import ConflictState, booking_failed, conflict, hold_expired
from bot.screens.bookings import not_loaded
from bot.screens.programs import ProgramState, not_enrolled
from bot.screens.refusal import failed, refused, words
from bot.turn import Reply, Turn
from core.domain.analytics import FunnelEvent
from core.domain.errors import Conflict, DomainError

TIME_GONE = frozenset(
    {"slot_taken", "client_busy", "client_engaged", "not_offered", "same_time", "series_clash"}
)
ATTEMPTS = (PickTime, ConfirmBooking, BookSeries)
QUESTIONS = (
    AskEmail,
    AskTopic,
    AskNote,
    Enroll,
    AskReport,
    AskReportAnswer,
    AskComment,
    AskReviewAnswer,
    AskHideReview,
    AskPrivateNote,
)
"""What waits for a text, and may be asked again when the text will not do."""
REQUESTS = (ShowRequest, Approve, DeclineMenu, Decline, ApproveSeries, DeclineSeriesMenu, DeclineSeries)
RETRIES = {"/bookings": Bookings()}
"""Commands that may be carried out again by a tap."""


async def explained(turn: Turn, error: DomainError, callback: Callback | None) -> Reply:
    """The refusal in the person's words, with the nearest way on."""
    if error.code == "already_booked":
        return await card_reply(turn, _number(error, "booking_id"))
    if isinstance(error, Conflict) and "booking_id" in error.details:
        return await _standing(turn, error, callback)
    draft_id = getattr(callback, "draft", None)
    if draft_id is not None:
        return await _in_wizard(turn, error, callback, draft_id)
    again = callback if isinstance(callback, QUESTIONS) else None
    return Reply(screen=refused(turn.texts, error.code, error.details, again))


async def _standing(turn: Turn, error: Conflict, callback: Callback | None) -> Reply:
    """A button came too late: why, and the booking as it is now."""
    booking_id = _number(error, "booking_id")
    show = request_reply if isinstance(callback, REQUESTS) else card_reply
    reply = await show(turn, booking_id)
    return Reply(screen=reply.screen, toast=words(turn.texts, error.code, error.details), alert=True)


async def _in_wizard(turn: Turn, error: DomainError, callback: Callback | None, draft_id: int) -> Reply:
    try:
        run = await open_run(turn, draft_id)
    except DomainError as unopened:
        return Reply(toast=words(turn.texts, unopened.code), alert=True)
    if isinstance(callback, ATTEMPTS):
        await _count(run, error)
    if error.code == "not_enrolled":
        program_id = _number(error, "program_id")
        program = ProgramState(program_id=program_id, title=str(error.details["program"]), draft=run.id)
        return run.reply(not_enrolled(turn.texts, program))
    chosen = callback.start if isinstance(callback, PickTime) else run.draft.start
    asks = isinstance(callback, PickTime | SendOffer) or run.draft.client_id is not None
    if asks and error.code in TIME_GONE and chosen:
        return await _time_gone(run, error.code, chosen)
    if error.code == "hold_expired" and run.draft.start is not None:
        start = run.draft.start
        state = ConflictState(draft=run.id, chosen=run.chosen(), code=error.code, start=start)
        return run.reply(hold_expired(turn.texts, state))
    if isinstance(callback, SetLocation):
        return Reply(toast=words(turn.texts, error.code), alert=True)
    again = callback if isinstance(callback, QUESTIONS) else None
    return run.reply(refused(turn.texts, error.code, error.details, again))


async def _time_gone(run: Run, code: str, start: datetime) -> Reply:
    state = ConflictState(
        draft=run.id,
        chosen=run.chosen(),
        code="client_engaged" if code == "client_busy" and run.draft.for_client else code,
        start=start,
        nearest=tuple(await run.nearest(start)),
    )
    return run.reply(conflict(run.turn.texts, state))


async def _count(run: Run, error: DomainError) -> None:
    """Keep in the funnel that a booking did not come about, and why."""
    if run.draft.moving is not None or run.draft.client_id is not None:
        return
    await run.turn.core.drafts.count(run.turn.actor, FunnelEvent.BOOKING_FAILED, error_type=error.code)


def unexpected(turn: Turn, callback: Callback | None) -> Reply:
    """Something broke on our side; nothing has changed."""
    if isinstance(callback, ConfirmBooking):
        return Reply(screen=booking_failed(turn.texts, callback.draft))
    again = callback or RETRIES.get(turn.text.strip())
    if isinstance(again, Bookings):
        return Reply(screen=not_loaded(turn.texts, again))
    return Reply(screen=failed(turn.texts, again))


def _number(error: DomainError, name: str) -> int:
    value = error.details[name]
    if not isinstance(value, int):
        raise TypeError(f"{error.code} carries no {name}")
    return value
