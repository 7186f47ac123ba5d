"""Waiting for a text about a booking, and no longer waiting for it."""

from collections.abc import Awaitable, Callable, Mapping

from bot.callbacks import (
    AskComment,
    AskHideReview,
    AskPrivateNote,
    AskReport,
    AskReportAnswer,
    AskReviewAnswer,
    Callback,
)
from bot.drafts import Asking, Draft, load
from bot.handlers.wizard import Run, start_run
from bot.turn import Turn
from core.domain.errors import Conflict
from core.domain.outcome import Outcome


async def ask(
    turn: Turn, asking: Asking, booking_id: int, *, seen: int = 0, outcome: Outcome | None = None
) -> Run:
    """Understand what is typed next as this, about what was `seen` at that version."""
    draft = Draft(wizard=False, asking=asking, about=booking_id, seen=seen, outcome=outcome)
    return await start_run(turn, draft)


async def stop_asking(turn: Turn) -> None:
    """Wait for no such text any more: the person has gone back instead of writing."""
    row = await turn.core.drafts.latest(turn.actor)
    if row is None:
        return
    draft = load(row.payload)
    if draft.asking in ABOUT_BOOKINGS:
        await Run(turn=turn, row=row, draft=draft).keep(asking=None)


async def heard(run: Run, act: Awaitable[object]) -> Run:
    """Carry out what a text asks for and wait for no other; one that will not do may be written anew."""
    try:
        await act
    except Conflict:
        await run.keep(asking=None)
        raise
    return await run.keep(asking=None)


def asked_by(draft: Draft, asking: Asking) -> Callback | None:
    """The button that asked, to ask once more."""
    if draft.about is None:
        return None
    make = _ASKED_BY.get(asking)
    return make(draft.about, draft.seen, draft.outcome or Outcome.TOOK_PLACE) if make else None


_ASKED_BY: Mapping[Asking, Callable[[int, int, Outcome], Callback]] = {
    Asking.REPORT: AskReport,
    Asking.REPORT_ANSWER: AskReportAnswer,
    Asking.COMMENT: lambda booking_id, _seen, _outcome: AskComment(booking_id),
    Asking.REVIEW_ANSWER: lambda booking_id, seen, _outcome: AskReviewAnswer(booking_id, seen),
    Asking.HIDE_REASON: lambda booking_id, seen, _outcome: AskHideReview(booking_id, seen),
    Asking.PRIVATE_NOTE: lambda booking_id, _seen, _outcome: AskPrivateNote(booking_id),
}
ABOUT_BOOKINGS = frozenset(_ASKED_BY)


def asked_about(run: Run) -> int:
    """The booking that the typed text is about."""
    if run.draft.about is None:
        raise ValueError("nothing was asked about a booking")
    return run.draft.about
