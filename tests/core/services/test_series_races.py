"""Whole series against each other and against single taps in the same moment: all of one, or none of it."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from time import perf_counter

import pytest

from core.db.engine import Database
from core.db.uow import Store
from core.domain.booking import Booking, Status
from core.domain.cancellation import Reason
from core.domain.errors import Conflict
from core.domain.series import Plan, edition
from core.services.booking import Details
from core.services.subscribers import publish
from core.services.use_cases import UseCases, use_cases
from tests.campaign import report, times
from tests.core.services.repeated import WEEK, far_ahead, repeated, series_of, standing, weekly
from tests.core.services.small_practice import DAY, HOUR, MINUTE, NOON, SmallPractice

ROUNDS = times(6, soak=500)
WANTED_BY_BOTH = NOON + WEEK + 2 * DAY


@pytest.fixture
async def elsewhere(practice: SmallPractice) -> AsyncIterator[UseCases]:
    """The same practice as another process has it."""
    other = Database(practice.database.url)
    yield use_cases(Store(other, publish), practice.clock)
    await other.close()


@pytest.mark.campaign
async def test_of_two_series_that_meet_one_is_booked_whole(
    practice: SmallPractice, elsewhere: UseCases
) -> None:
    await far_ahead(practice)
    plan = Plan(repeat=weekly(4).repeat, other={1: WANTED_BY_BOTH})
    begin, winners = perf_counter(), Counter[str]()
    for number in range(ROUNDS):
        holds = {"dora": await practice.hold("dora"), "emil": await practice.hold("emil", NOON + DAY)}
        cores = dict(zip(holds, (practice.core, elsewhere), strict=True))
        order = list(holds) if number % 2 else list(reversed(holds))
        ends = await asyncio.gather(
            *(cores[who].series.book(practice.actor(who), holds[who].id, plan, Details()) for who in order),
            return_exceptions=True,
        )
        won = [each for each in ends if isinstance(each, list)]
        lost = [each for each in ends if isinstance(each, BaseException)]
        assert len(won) == 1, ends
        assert isinstance(lost[0], Conflict), lost
        assert lost[0].code == "series_clash"
        winner = order[ends.index(won[0])]
        loser = next(who for who in order if who != winner)
        assert await standing(practice, won[0]) == won[0]
        assert len(won[0]) == 4
        async with practice.store.read() as uow:
            assert await uow.bookings.hold_of(practice.people[loser].id) == holds[loser]
        winners[winner] += 1
        await practice.core.holds.release(practice.actor(loser), holds[loser].id)
        await _call_off(practice, won[0])
    figures = ", ".join(f"{name} {count}" for name, count in sorted(winners.items()))
    seconds = perf_counter() - begin
    report(f"two series on {practice.database.dialect}: {ROUNDS} rounds, {figures}, {seconds:.1f} s")


@pytest.mark.campaign
async def test_a_series_and_a_single_tap_never_share_a_time(
    practice: SmallPractice, elsewhere: UseCases
) -> None:
    emil, dora = practice.actor("emil"), practice.actor("dora")
    for _ in range(ROUNDS):
        held = await practice.hold("dora")
        series, single = await asyncio.gather(
            practice.core.series.book(dora, held.id, weekly(4), Details()),
            elsewhere.holds.take(emil, practice.wanted("intro"), NOON + 3 * WEEK, 1),
            return_exceptions=True,
        )
        if isinstance(series, list):
            assert isinstance(single, Conflict)
            await _call_off(practice, series)
        else:
            assert isinstance(series, Conflict)
            assert isinstance(single, Booking)
            await practice.core.holds.release(emil, single.id)
            await practice.core.holds.release(dora, held.id)


@pytest.mark.campaign
async def test_approving_all_while_some_are_called_off_is_one_or_the_other(
    practice: SmallPractice, elsewhere: UseCases
) -> None:
    ann, dora = practice.actor("ann"), practice.actor("dora")
    for number in range(ROUNDS):
        made = await repeated(practice, weekly(3))
        was = edition(made)
        acts = [
            elsewhere.series.approve(ann, series_of(made), was),
            practice.core.series.cancel(dora, made[1].id, was, Reason.TIME),
        ]
        ends = await asyncio.gather(*(acts if number % 2 else acts[::-1]), return_exceptions=True)
        lost = [each for each in ends if isinstance(each, BaseException)]
        assert [type(each) for each in lost] == [Conflict], ends
        found = [each.status for each in await standing(practice, made)]
        assert found in (
            [Status.CONFIRMED] * 3,
            [Status.PENDING, Status.CANCELLED, Status.CANCELLED],
        )
        await _call_off(practice, [each for each in await standing(practice, made) if each.active])


@pytest.mark.campaign
async def test_two_who_move_their_series_into_the_same_times_do_not_both(
    practice: SmallPractice, elsewhere: UseCases
) -> None:
    await practice.set_policy(max_reschedules=20)
    ann = practice.actor("ann")
    for _ in range(ROUNDS):
        hers = await repeated(practice, weekly(3), "dora", NOON)
        his = await repeated(practice, weekly(3), "emil", NOON + 3 * HOUR)
        offers = [
            await practice.core.reschedules.propose(
                practice.actor(who), made[0].id, edition(made), NOON + 90 * MINUTE, following=True
            )
            for who, made in (("dora", hers), ("emil", his))
        ]
        ends = await asyncio.gather(
            practice.core.reschedules.accept(ann, offers[0].id, 1),
            elsewhere.reschedules.accept(ann, offers[1].id, 1),
            return_exceptions=True,
        )
        lost = [each for each in ends if isinstance(each, BaseException)]
        assert [getattr(each, "code", each) for each in lost] == ["slot_taken"]
        stays = his if ends[1] is lost[0] else hers
        assert await standing(practice, stays) == stays
        for made in (hers, his):
            await _call_off(practice, await standing(practice, made))


async def _call_off(practice: SmallPractice, bookings: list[Booking]) -> None:
    """Make room for the next round."""
    async with practice.store.read() as uow:
        was = edition(await uow.series.bookings(series_of(bookings)))
    await practice.core.series.cancel(practice.actor("ann"), bookings[0].id, was, Reason.OTHER)
