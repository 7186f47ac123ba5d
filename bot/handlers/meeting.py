"""Joining a meeting from the chat, where there is no page of our own that could send somebody on."""

from bot.callbacks import Join
from bot.screens.meeting import join_message
from bot.turn import Reply, Turn


async def join(turn: Turn, tap: Join) -> Reply:
    """The provider's own address, made for this person at this moment."""
    address = await turn.core.joining.enter_from_chat(turn.actor, tap.booking_id)
    return Reply(screen=join_message(turn.texts, address), fresh=True)
