"""Steps 6 and 7: the summary, and the booking."""

from bot.callbacks import ConfirmBooking, ShowConfirm
from bot.handlers.book_for import ask_client
from bot.handlers.booking_details import held
from bot.handlers.bookings import card_reply
from bot.handlers.wizard import Run, open_run
from bot.screens.booking_confirm import ConfirmState, confirm
from bot.screens.booking_done import DoneState, done
from bot.screens.cancellation import TermsState
from bot.screens.screen import Screen
from bot.turn import Reply, Turn
from core.domain.analytics import FunnelEvent
from core.domain.booking import Booking, Status
from core.domain.cancellation import terms
from core.domain.errors import Conflict


async def show_confirm(turn: Turn, tap: ShowConfirm) -> Reply:
    """The summary."""
    run = await (await open_run(turn, tap.draft)).keep(asking=None)
    return run.reply(confirm(turn.texts, _state(run)))


async def confirm_booking(turn: Turn, tap: ConfirmBooking) -> Reply:
    """Book what the summary shows; tapping twice books once."""
    run = await open_run(turn, tap.draft)
    if run.draft.client_id is not None:
        return await ask_client(run)
    if run.draft.hold_id is None:
        raise Conflict("hold_expired")
    await count_attempt(run)
    booking = await turn.core.bookings.request(turn.actor, run.draft.hold_id, run.draft.details)
    await run.keep(booked_id=booking.id, asking=None)
    if booking.status not in {Status.PENDING, Status.CONFIRMED}:  # booked before, and settled meanwhile
        return await card_reply(turn, booking.id)
    return run.reply(done_screen(turn, booking))


async def count_attempt(run: Run) -> None:
    """Keep in the funnel that somebody is about to book."""
    draft, kind = run.draft, run.turn.practice.session_type(run.wanted.session_type_id)
    await run.turn.core.drafts.count(
        run.turn.actor,
        FunnelEvent.BOOKING_ATTEMPTED,
        program=kind.program_id,
        counselor=draft.counselor_id,
        time=draft.start and draft.start.isoformat(),
    )


def done_screen(turn: Turn, booking: Booking) -> Screen:
    """What the client sees once it is done."""
    state = DoneState(
        booking=booking,
        counselor=turn.practice.counselor(booking.counselor_id).name,
        session_type=turn.practice.session_type(booking.session_type_id).title,
    )
    return done(turn.texts, state)


def _state(run: Run) -> ConfirmState:
    turn, shown = run.turn, held(run)
    counselor = turn.practice.counselor(run.wanted.counselor_id)
    kind = turn.practice.session_type(run.wanted.session_type_id)
    return ConfirmState(
        held=shown,
        terms=TermsState(terms=terms(shown.starts_at, turn.practice.policy), price=kind.price, now=turn.now),
        confirmation=kind.confirmation_with(counselor),
    )
