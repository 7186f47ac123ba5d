"""The admin's lists."""

from bot.callbacks import AdminMenu
from bot.screens.admin_menu import AdminState, admin_menu
from bot.turn import Reply, Turn


async def show_admin_menu(turn: Turn, _: AdminMenu) -> Reply:
    """What the admin looks after."""
    disputes = await turn.core.no_shows.disputes(turn.actor, 0)
    reviews = await turn.core.reviews.every(turn.actor, 0)
    state = AdminState(practice=turn.practice.name, disputes=disputes.total, reviews=reviews.total)
    return Reply(screen=admin_menu(turn.texts, state))
