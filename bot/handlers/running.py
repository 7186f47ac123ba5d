"""Running a session: its start, and what became of it."""

from bot.callbacks import NoShowMenu, SetOutcome, StartSession
from bot.handlers.bookings import card_reply
from bot.screens.running import NoShowState, settled_toast, started_toast, who_was_absent
from bot.turn import Reply, Turn
from core.domain.actions import Action, require
from core.services.running import check_seen


async def start_session(turn: Turn, tap: StartSession) -> Reply:
    """Begin."""
    await turn.core.running.start(turn.actor, tap.booking_id, tap.version)
    return await card_reply(turn, tap.booking_id, toast=started_toast(turn.texts))


async def no_show_menu(turn: Turn, tap: NoShowMenu) -> Reply:
    """Ask who did not come, while that can be said."""
    found = await turn.core.listing.look(turn.actor, tap.booking_id)
    require(Action.NO_SHOW, found.case)
    check_seen(found.booking, tap.version, found.booking.version)
    state = NoShowState(
        booking=found.booking,
        client=found.client.name,
        counselor=found.counselor.name,
        session_type=found.session_type.title,
        party=found.case.party,
    )
    return Reply(screen=who_was_absent(turn.texts, state))


async def set_outcome(turn: Turn, tap: SetOutcome) -> Reply:
    """Keep what became of it."""
    booking = await turn.core.running.settle(turn.actor, tap.booking_id, tap.version, tap.outcome)
    found = await turn.core.listing.look(turn.actor, tap.booking_id)
    toast = settled_toast(turn.texts, booking, found.client.name, found.counselor.name)
    return await card_reply(turn, tap.booking_id, toast=toast)
