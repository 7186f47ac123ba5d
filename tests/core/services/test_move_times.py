"""Where a booking may move, by the rules of a new one but without its own time."""

from datetime import timedelta

import pytest

from core.domain.access import SYSTEM
from core.domain.booking import Booking
from core.domain.errors import Conflict, NotFound
from tests.conftest import START
from tests.core.services.small_practice import DAY, HOUR, MINUTE, NOON, SmallPractice, on_sqlite


async def free(practice: SmallPractice, booking: Booking, day: int = 0, who: str = "dora") -> list[timedelta]:
    """The free starts of a day, counted from its noon."""
    noon = NOON + day * DAY
    found = await practice.core.move_times.between(
        practice.actor(who), booking.id, noon - 4 * HOUR, noon + 8 * HOUR
    )
    return [each - noon for each in found]


def halves(*hours: float) -> list[timedelta]:
    return [each * HOUR for each in hours]


async def test_the_own_time_is_free_but_no_news(practice: SmallPractice) -> None:
    booking = await practice.book()
    every = halves(-4, -3.5, -3, -2.5, -2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 2.5, 3)
    assert await free(practice, booking, 1) == every
    assert await free(practice, booking) == [each for each in every if each]
    offer = await practice.core.reschedules.propose(
        practice.actor("ann"), booking.id, booking.version, NOON + HOUR
    )
    assert HOUR not in await free(practice, booking)
    await practice.core.reschedules.withdraw(practice.actor("ann"), offer.id, 1)
    assert HOUR in await free(practice, booking)


async def test_others_and_the_client_s_own_sessions_are_in_the_way_for_either_side(
    practice: SmallPractice,
) -> None:
    booking = await practice.book()
    await practice.book("emil", NOON + DAY)
    await practice.book("dora", NOON + DAY + 2 * HOUR, counselor="ben")
    wanted = halves(-4, -3.5, -3, -2.5, -2, -1.5, 3)
    for who in ("dora", "ann", "ada"):
        assert await free(practice, booking, 1, who) == wanted


@on_sqlite
async def test_the_duration_and_the_buffer_of_the_booking_stay(practice: SmallPractice) -> None:
    booking = await practice.book(minutes=30)
    await practice.book("emil", NOON + DAY)
    await practice.set_counselor("ann", buffer_minutes=60)
    assert 2.5 * HOUR in await free(practice, booking)
    assert -1 * HOUR in await free(practice, booking, 1)
    assert -0.5 * HOUR not in await free(practice, booking, 1)


@on_sqlite
async def test_the_earliest_and_the_nearest_are_found(practice: SmallPractice) -> None:
    booking = await practice.book()
    core, dora = practice.core.move_times, practice.actor("dora")
    assert await core.earliest(dora, booking.id, START) == START + 2 * HOUR
    assert await core.earliest(dora, booking.id, NOON + 3 * HOUR) == NOON + 3 * HOUR
    assert await core.earliest(dora, booking.id, NOON + 60 * DAY) is None
    nearest = await core.nearest(dora, booking.id, NOON + 10 * HOUR)
    assert [each - NOON for each in nearest] == halves(2, 2.5, 3)


async def test_only_those_it_concerns_may_ask(practice: SmallPractice) -> None:
    booking, hold = await practice.book(), await practice.hold("emil", NOON + DAY)
    core = practice.core.move_times
    for actor in (practice.actor("emil"), practice.actor("ben"), SYSTEM):
        for question in (
            core.between(actor, booking.id, START, NOON),
            core.earliest(actor, booking.id, START),
            core.nearest(actor, booking.id, START),
            core.check(actor, booking.id, NOON + HOUR),
        ):
            with pytest.raises(NotFound, match=r"^booking_not_found$"):
                await question
    with pytest.raises(NotFound, match=r"^booking_not_found$"):
        await core.between(practice.actor("emil"), hold.id, START, NOON)


@on_sqlite
async def test_a_time_is_checked_before_it_is_offered(practice: SmallPractice) -> None:
    booking = await practice.book()
    await practice.book("emil", NOON + DAY)
    core, dora = practice.core.move_times, practice.actor("dora")
    await core.check(dora, booking.id, NOON + 30 * MINUTE)
    for start, code in ((NOON, "same_time"), (NOON + DAY, "slot_taken"), (NOON + 9 * HOUR, "not_offered")):
        with pytest.raises(Conflict, match=rf"^{code}$"):
            await core.check(dora, booking.id, start)


@on_sqlite
async def test_with_a_counselor_who_has_left_nothing_moves(practice: SmallPractice) -> None:
    booking = await practice.book()
    await practice.set_counselor("ann", active=False)
    with pytest.raises(NotFound, match=r"^counselor_not_found$"):
        await free(practice, booking)
