"""A new booking gets a reference of its own, whatever it came with."""

from dataclasses import replace

import pytest

from core.domain.errors import Conflict
from core.services.hold import new_hold
from core.services.new_booking import add_new
from tests.core.services.small_practice import DRAFT, HOUR, MINUTE, NOON, SmallPractice


@pytest.mark.parametrize("beside_hold", [False, True])
async def test_a_reference_that_is_taken_is_drawn_anew(practice: SmallPractice, beside_hold: bool) -> None:
    wanted = practice.wanted("intro")
    first = await practice.core.holds.take(practice.actor("dora"), wanted, NOON, DRAFT)
    emil, now = practice.people["emil"], practice.clock.now()
    new = new_hold(await practice.practice(), wanted, NOON + 2 * HOUR, emil.id, now, 10 * MINUTE)
    async with practice.store.write() as uow:
        added = await add_new(uow, replace(new, reference=first.reference), beside_hold=beside_hold)
    assert added == replace(new, id=added.id, reference=added.reference)
    assert added.reference != first.reference
    async with practice.store.read() as uow:
        assert await uow.bookings.by_reference(added.reference) == added


async def test_a_time_that_is_taken_stays_a_conflict(practice: SmallPractice) -> None:
    wanted = practice.wanted("intro")
    first = await practice.core.holds.take(practice.actor("dora"), wanted, NOON, DRAFT)
    new = new_hold(
        await practice.practice(), wanted, NOON, practice.people["emil"].id, practice.clock.now(), 10 * MINUTE
    )
    with pytest.raises(Conflict, match=r"^slot_taken$"):
        async with practice.store.write() as uow:
            await add_new(uow, replace(new, reference=first.reference))
