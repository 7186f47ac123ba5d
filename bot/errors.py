"""A refusal of the core in this chat: what is true now, and what can be done instead."""

from bot.callbacks import AskNote, AskTopic, Callback, ConfirmBooking, Enroll, PickTime, SetLocation
from bot.handlers.bookings import card_reply
from bot.handlers.request import request_reply
from bot.handlers.wizard import Run, open_run
from bot.screens.booking_conflict import ConflictState, booking_failed, conflict, hold_expired
from bot.screens.programs import ProgramState, not_enrolled
from bot.screens.refusal import failed, refused, words
from bot.turn import Reply, Turn
from core.domain.analytics import FunnelEvent
from core.domain.errors import DomainError

TIME_GONE = frozenset({"slot_taken", "client_busy", "not_offered"})
ATTEMPTS = (PickTime, ConfirmBooking)
QUESTIONS = (AskTopic, AskNote, Enroll)
"""What waits for a text, and may be asked again when the text will not do."""
ANSWERED = frozenset({"stale", "moved_on", "request_expired"})


async def explained(turn: Turn, error: DomainError, callback: Callback | None) -> Reply:
    """The refusal in the person's words, with the nearest way on."""
    if error.code == "already_booked":
        return await card_reply(turn, _number(error, "booking_id"))
    if error.code in ANSWERED:
        reply = await request_reply(turn, _number(error, "booking_id"))
        return Reply(screen=reply.screen, toast=words(turn.texts, error.code), alert=True)
    draft_id = getattr(callback, "draft", None)
    if draft_id is not None:
        return await _in_wizard(turn, error, callback, draft_id)
    again = callback if isinstance(callback, QUESTIONS) else None
    return Reply(screen=refused(turn.texts, error.code, error.details, again))


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
    if isinstance(callback, PickTime) and error.code in TIME_GONE:
        return await _time_gone(run, error.code, callback)
    if error.code == "hold_expired" and run.draft.start is not None:
        start = run.draft.start
        state = ConflictState(draft=run.id, chosen=run.chosen(), code=error.code, start=start)
        return run.reply(hold_expired(turn.texts, state))
    if isinstance(callback, SetLocation):
        return Reply(toast=words(turn.texts, error.code), alert=True)
    again = callback if isinstance(callback, QUESTIONS) else None
    return run.reply(refused(turn.texts, error.code, error.details, again))


async def _time_gone(run: Run, code: str, tap: PickTime) -> Reply:
    nearest = await run.turn.core.offers.nearest(run.turn.actor, run.wanted, tap.start)
    state = ConflictState(
        draft=run.id, chosen=run.chosen(), code=code, start=tap.start, nearest=tuple(nearest)
    )
    return run.reply(conflict(run.turn.texts, state))


async def _count(run: Run, error: DomainError) -> None:
    """Keep in the funnel that a booking did not come about, and why."""
    await run.turn.core.drafts.count(run.turn.actor, FunnelEvent.BOOKING_FAILED, error_type=error.code)


def unexpected(turn: Turn, callback: Callback | None) -> Reply:
    """Something broke on our side; nothing has changed."""
    if isinstance(callback, ConfirmBooking):
        return Reply(screen=booking_failed(turn.texts, callback.draft))
    return Reply(screen=failed(turn.texts, callback))


def _number(error: DomainError, name: str) -> int:
    value = error.details[name]
    if not isinstance(value, int):
        raise TypeError(f"{error.code} carries no {name}")
    return value
