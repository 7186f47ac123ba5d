"""A session as it takes place, and what became of it."""

from bot.callback_codec import Callback, route
from core.domain.outcome import Outcome


@route("us")
class StartSession(Callback):
    """Begin the session of the booking as it was at this version."""

    booking_id: int
    version: int


@route("uo")
class SetOutcome(Callback):
    """Say what became of the booking as it was at this version."""

    booking_id: int
    version: int
    outcome: Outcome


@route("un")
class NoShowMenu(Callback):
    """Who did not come to the session."""

    booking_id: int
    version: int
