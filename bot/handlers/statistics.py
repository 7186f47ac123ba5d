"""A counselor's numbers."""

from bot.callbacks import ShowStatistics
from bot.screens.statistics import StatisticsState, statistics
from bot.turn import Reply, Turn


async def show_statistics(turn: Turn, _: ShowStatistics) -> Reply:
    """All of them on one screen."""
    found = await turn.core.statistics.of(turn.actor)
    counts = found.counts
    state = StatisticsState(
        clients=counts.clients,
        sessions=counts.sessions,
        upcoming=counts.upcoming,
        completed=counts.completed,
        no_shows=counts.no_shows,
        rating=found.rating,
    )
    return Reply(screen=statistics(turn.texts, state))
