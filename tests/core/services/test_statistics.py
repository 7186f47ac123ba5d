"""A counselor's numbers: their own, with the reviews that count, by a fixed number of queries."""

from dataclasses import replace

import pytest

from core.domain.errors import Forbidden
from core.domain.review import Rating
from core.services.statistics import Counts, Figures
from tests.core.db.many_bookings import add_all, one_after_the_other
from tests.core.db.queries import counted
from tests.core.services.sessions import over
from tests.core.services.small_practice import DAY, HOUR, MINUTE, NOON, SmallPractice


async def figures(practice: SmallPractice, who: str = "ben") -> Figures:
    return await practice.core.statistics.of(practice.actor(who))


@pytest.mark.parametrize("who", ["dora", "ada"])
async def test_only_counselors_have_numbers(practice: SmallPractice, who: str) -> None:
    with pytest.raises(Forbidden, match=r"^not_yours$"):
        await figures(practice, who)


async def test_each_counselor_sees_what_is_theirs(practice: SmallPractice) -> None:
    done = await over(practice)
    await practice.book("emil", NOON + 2 * DAY, counselor="ben")
    await practice.book("emil", NOON + 3 * DAY)
    assert await figures(practice) == Figures(
        counts=Counts(clients=2, sessions=2, upcoming=1, completed=1, no_shows=0), rating=None
    )
    await practice.core.reviews.rate(practice.actor("dora"), done.id, 4)
    assert (await figures(practice)).rating == Rating(count=1, average=4.0)
    nothing = Counts(clients=0, sessions=0, upcoming=0, completed=0, no_shows=0)
    assert await figures(practice, "ann") == Figures(counts=nothing, rating=None)


async def test_a_hidden_review_does_not_count(practice: SmallPractice) -> None:
    done = await over(practice)
    review = await practice.core.reviews.rate(practice.actor("dora"), done.id, 1)
    await practice.core.reviews.hide(practice.actor("ada"), done.id, review.version, "Insults")
    assert (await figures(practice)).rating is None


async def test_three_thousand_sessions_cost_as_many_queries_as_one(practice: SmallPractice) -> None:
    first = await practice.book("dora", NOON, counselor="ben")
    costs = []
    for number in (0, 2999):
        start = first.starts_at - 100 * DAY
        made = replace(first, starts_at=start, ends_at=start + 20 * MINUTE, busy_until=start + 20 * MINUTE)
        if number:
            await add_all(practice.store, one_after_the_other(made, number, HOUR / 2))
        with counted(practice.database) as sent:
            found = await figures(practice)
        costs.append((found.counts.sessions, len(sent)))
    assert costs == [(1, 3), (3000, 3)]
