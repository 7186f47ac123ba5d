"""Two who say in the same moment what became of a session: one is heard, the other told what is true."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from time import perf_counter

import pytest

from core.db.engine import Database
from core.db.uow import Store
from core.domain.booking import Booking, Status
from core.domain.errors import Conflict
from core.domain.outcome import Outcome
from core.services.subscribers import publish
from core.services.use_cases import UseCases, use_cases
from tests.campaign import report, times
from tests.core.services.small_practice import DAY, HOUR, NOON, SmallPractice

ROUNDS = times(6, soak=1000)


@pytest.fixture
async def elsewhere(practice: SmallPractice) -> AsyncIterator[UseCases]:
    """The same practice as another process has it."""
    other = Database(practice.database.url)
    yield use_cases(Store(other, publish), practice.clock)
    await other.close()


@pytest.mark.campaign
async def test_of_completed_and_no_show_in_the_same_moment_one_stands(
    practice: SmallPractice, elsewhere: UseCases
) -> None:
    begin, stands = perf_counter(), Counter[Status]()
    ben, outcomes = practice.actor("ben"), [Outcome.TOOK_PLACE, Outcome.CLIENT_ABSENT]
    for number in range(ROUNDS):
        booked = await session_over(practice, number)
        uses = [practice.core.running, elsewhere.running][:: 1 if number % 2 else -1]
        ends = await asyncio.gather(
            *(
                use.settle(ben, booked.id, booked.version, said)
                for use, said in zip(uses, outcomes, strict=True)
            ),
            return_exceptions=True,
        )
        standing = await practice.booking(booked.id)
        won = [end for end in ends if isinstance(end, Booking)]
        refusals = [end for end in ends if isinstance(end, Conflict)]
        assert won == [standing]
        assert [(each.code, each.details["status"]) for each in refusals] == [("stale", standing.status)]
        stands[standing.status] += 1
    figures = ", ".join(f"{status} {count}" for status, count in sorted(stands.items()))
    seconds = perf_counter() - begin
    report(
        f"races complete, no-show on {practice.database.dialect}: {ROUNDS} rounds, {figures}, {seconds:.1f} s"
    )


@pytest.mark.campaign
async def test_of_two_reviews_in_the_same_moment_the_later_one_changes_the_other(
    practice: SmallPractice, elsewhere: UseCases
) -> None:
    begin, stars = perf_counter(), Counter[int]()
    dora, ben = practice.actor("dora"), practice.actor("ben")
    for number in range(ROUNDS):
        booked = await session_over(practice, number)
        await practice.core.running.settle(ben, booked.id, booked.version, Outcome.TOOK_PLACE)
        await asyncio.gather(
            practice.core.reviews.rate(dora, booked.id, 5), elsewhere.reviews.rate(dora, booked.id, 2)
        )
        async with practice.store.read() as uow:
            review, trail = await uow.reviews.get(booked.id), await uow.audit.of(booked.id)
        assert review is not None
        assert review.version == 2
        said = [(each.action, each.details["stars"]) for each in trail if each.action.startswith("review")]
        assert said == [("review.written", {2: 5, 5: 2}[review.stars]), ("review.changed", review.stars)]
        stars[review.stars] += 1
    ratings = await practice.core.reviews.ratings([practice.ids["ben"]])
    assert ratings[practice.ids["ben"]].count == ROUNDS
    seconds = perf_counter() - begin
    report(f"races two reviews on {practice.database.dialect}: {ROUNDS} rounds, {stars}, {seconds:.1f} s")


async def session_over(practice: SmallPractice, number: int) -> Booking:
    """A session of dora's with ben, on a day of its own, that has just ended."""
    start = NOON + number * DAY
    booked = await practice.book(start=start, counselor="ben")
    await practice.clock.advance(start + HOUR - practice.clock.now())
    return booked
