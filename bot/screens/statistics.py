"""A counselor's work in numbers, on one screen."""

from dataclasses import dataclass

from bot.callbacks import ShowClients, ShowWeek
from bot.screens.navigation import home
from bot.screens.screen import Screen, Tap, rows
from bot.screens.stars import rating_words
from bot.screens.wording import bold, lines, paragraphs
from core.domain.review import Rating
from core.kit.i18n import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticsState:
    """Clients and sessions ever agreed, those to come, what became of the others, and the reviews."""

    clients: int
    sessions: int
    upcoming: int
    completed: int
    no_shows: int
    rating: Rating | None = None


def statistics(t: Texts, state: StatisticsState) -> Screen:
    """Everything at a glance."""
    return Screen(
        text=paragraphs(
            bold(t("Statistics")),
            lines(
                t("👥 Clients: {n}", n=state.clients),
                t("🗓 Sessions: {n}", n=state.sessions),
                t("⏭ Upcoming: {n}", n=state.upcoming),
                t("🏁 Completed: {n}", n=state.completed),
                t("🚫 No-shows: {n}", n=state.no_shows),
                rating_words(t, state.rating) or t("⭐ No reviews yet"),
            ),
        ),
        rows=rows((Tap(t("👥 Clients"), ShowClients()), Tap(t("📋 Week"), ShowWeek())), home(t)),
    )
