"""Asking which sessions of a series are meant: this one, or this and the following."""

from bot.screens.series_change import ScopeState, scope
from bot.turn import Reply, Turn
from core.domain.actions import Action, require
from core.domain.series import place
from core.services.listing import BookingDetails


async def scope_step(turn: Turn, found: BookingDetails, action: Action) -> Reply | None:
    """Ask it; None where no session follows. Conflict as `actions.require` says where nothing is possible."""
    if found.booking.series_id is None:
        return None
    sessions = await turn.core.series.may(turn.actor, found.booking.id, action)
    if len(sessions) == 1:
        return None
    refused = [(each.starts_at, code) for each, code in sessions if code is not None]
    alone = sessions[0][1]
    if alone is not None:
        require(action, found.case)
    state = ScopeState(
        booking=found.booking,
        place=place(found.series, found.booking),
        session_type=found.session_type.title,
        cancelling=action is Action.CANCEL,
        following=len(sessions) - 1,
        refused=refused[0] if refused else None,
    )
    return Reply(screen=scope(turn.texts, state))
