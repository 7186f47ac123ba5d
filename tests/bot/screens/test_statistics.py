"""A counselor's numbers on one screen."""

from bot.screens.statistics import StatisticsState, statistics
from core.domain.review import Rating
from tests.bot.screens.reading import BERLIN, NEW_YORK, said

STATE = StatisticsState(
    clients=12, sessions=48, upcoming=5, completed=40, no_shows=3, rating=Rating(count=17, average=4.7647)
)


def test_every_number_has_its_line() -> None:
    assert said(statistics(NEW_YORK, STATE)) == [
        "Statistics",
        "👥 Clients: 12",
        "🗓 Sessions: 48",
        "⏭ Upcoming: 5",
        "🏁 Completed: 40",
        "🚫 No-shows: 3",
        "⭐ 4.8 (17 reviews)",
    ]
    assert said(statistics(BERLIN, STATE))[-1] == "⭐ 4,8 (17 Bewertungen)"


def test_without_reviews_there_is_no_average() -> None:
    for rating in (None, Rating()):
        state = StatisticsState(clients=0, sessions=0, upcoming=0, completed=0, no_shows=0, rating=rating)
        assert said(statistics(NEW_YORK, state))[-1] == "⭐ No reviews yet"
