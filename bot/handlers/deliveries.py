"""What became of the messages to a person, for the admin."""

from bot.callbacks import ShowDeliveries
from bot.screens.deliveries import DeliveriesState, deliveries
from bot.turn import Reply, Turn
from core.services.delivery_log import PAGE


async def show_deliveries(turn: Turn, tap: ShowDeliveries) -> Reply:
    """A page of the attempts."""
    found = await turn.core.deliveries.read(turn.actor, tap.person_id, tap.page)
    state = DeliveriesState(
        person=found.person,
        choices=found.choices,
        entries=found.entries,
        page=tap.page,
        pages=max(1, -(-found.total // PAGE)),
    )
    return Reply(screen=deliveries(turn.texts, state))
