"""What is offered is what can be had: the list, the nearest, the earliest and the hold agree."""

from datetime import datetime, timedelta
from random import Random

import pytest

from core.domain.access import SYSTEM, Actor
from core.domain.errors import Conflict, NotFound
from core.domain.explain import Reason
from core.services.offers import NEAREST_SEARCH, Wanted, slot_rules
from tests.conftest import START
from tests.core.services.small_practice import DAY, HOUR, MINUTE, NOON, TOMORROW, SmallPractice, on_sqlite

QUARTER = 15 * MINUTE


async def offered(
    practice: SmallPractice, wanted: Wanted, first: datetime, until: datetime, who: str = "dora"
) -> list[datetime]:
    return await practice.core.offers.between(practice.actor(who), wanted, first, until)


async def fill(practice: SmallPractice, chance: Random) -> None:
    """Bookings, requests and a hold of several people over two days, wherever there is room."""
    for _ in range(14):
        who, counselor = chance.choice(["dora", "emil", "ada"]), chance.choice(["ann", "ann", "ben"])
        kind = chance.choice(["intro", "quick"] if counselor == "ann" else ["intro", "asked"])
        wanted = practice.wanted(kind, chance.choice([30, 60]), counselor)
        free = await offered(practice, wanted, START, START + 2 * DAY, who)
        hold = await practice.core.holds.take(practice.actor(who), wanted, chance.choice(free), 1)
        if who != "ada":
            await practice.book(who, hold.starts_at, kind, minutes=wanted.minutes, counselor=counselor)


async def test_a_time_can_be_held_exactly_when_it_is_offered(practice: SmallPractice) -> None:
    chance = Random(1)
    await practice.set_counselor("ann", daily_limit=9)
    await fill(practice, chance)
    wanted = practice.wanted("intro", chance.choice([30, 60]))
    working_hours = [START - 2 * HOUR + at * QUARTER for at in range(4 * 10)]
    quarters = [*working_hours, *(each + DAY for each in working_hours)]
    listed = await offered(practice, wanted, quarters[0], quarters[-1] + QUARTER)
    held = [start for start in quarters if await _can_be_held(practice, wanted, start)]
    why = [await practice.core.offers.why_not(practice.actor("dora"), wanted, start) for start in quarters]
    assert listed == held
    assert [start for start, refusal in zip(quarters, why, strict=True) if refusal is None] == listed
    assert 4 < len(listed) < 40


async def _can_be_held(practice: SmallPractice, wanted: Wanted, start: datetime) -> bool:
    try:
        await practice.core.holds.take(practice.actor("dora"), wanted, start, 1)
    except Conflict:
        return False
    return True


async def test_the_nearest_and_the_earliest_are_those_of_the_list(practice: SmallPractice) -> None:
    chance = Random(3)
    await fill(practice, chance)
    wanted, actor = practice.wanted("intro", chance.choice([30, 60])), practice.actor("dora")
    listed = await offered(practice, wanted, START, START + 40 * DAY)
    for _ in range(8):
        start = START + chance.randrange(0, 30 * 96) * QUARTER
        near = [slot for slot in listed if abs(slot - start) <= NEAREST_SEARCH]
        closest = sorted(sorted(near, key=lambda slot: (abs(slot - start), slot))[:3])
        assert await practice.core.offers.nearest(actor, wanted, start) == closest
        assert await practice.core.offers.earliest(actor, wanted, start) == next(
            (slot for slot in listed if slot >= start), None
        )
    assert await practice.core.offers.earliest(actor, wanted) == listed[0]
    assert await practice.core.offers.earliest(actor, wanted, START - 9 * DAY) == listed[0]


async def test_a_list_is_cut_at_its_ends(practice: SmallPractice) -> None:
    wanted = practice.wanted("intro")
    whole = await offered(practice, wanted, START, START + 3 * DAY)
    for first, until in ((NOON, NOON + HOUR), (NOON, NOON), (NOON + MINUTE, NOON + DAY), (NOON, START)):
        listed = await offered(practice, wanted, first, until)
        assert listed == [slot for slot in whole if first <= slot < until]


async def test_a_far_away_wish_is_met_with_the_last_free_times(practice: SmallPractice) -> None:
    wanted, actor = practice.wanted("intro"), practice.actor("dora")
    listed = await offered(practice, wanted, START, START + 40 * DAY)
    far, past = START.replace(year=9999), START.replace(year=1)
    assert await practice.core.offers.nearest(actor, wanted, far) == listed[-3:]
    assert await practice.core.offers.nearest(actor, wanted, past) == listed[:3]
    assert await practice.core.offers.nearest(actor, wanted, NOON, count=1) == [NOON]


async def test_nothing_is_nearest_or_earliest_where_nothing_is_free(practice: SmallPractice) -> None:
    await practice.set_counselor("ann", window_days=0)
    wanted, actor = practice.wanted("intro"), practice.actor("dora")
    await practice.clock.advance(9 * HOUR)
    assert await practice.core.offers.earliest(actor, wanted) is None
    assert await practice.core.offers.nearest(actor, wanted, NOON) == []


async def test_one_s_own_hold_is_free_to_oneself_and_taken_to_others(practice: SmallPractice) -> None:
    await practice.hold()
    wanted = practice.wanted("intro")
    for who, free in (("dora", True), ("emil", False)):
        listed = await offered(practice, wanted, NOON, NOON + HOUR, who)
        first = await practice.core.offers.earliest(practice.actor(who), wanted, NOON)
        assert (NOON in listed, first == NOON) == (free, free)
    assert NOON not in await practice.core.offers.between(SYSTEM, wanted, NOON, NOON + HOUR)


async def test_one_s_own_sessions_with_others_are_in_one_s_own_way_alone(practice: SmallPractice) -> None:
    await practice.book(counselor="ben")
    wanted = practice.wanted("intro")
    for actor, free in ((practice.actor("dora"), False), (practice.actor("emil"), True), (SYSTEM, True)):
        listed = await practice.core.offers.between(actor, wanted, NOON, NOON + HOUR)
        assert (NOON in listed) is free
    refusal = await practice.core.offers.why_not(practice.actor("dora"), wanted, NOON)
    assert refusal is not None
    assert refusal.reason is Reason.CLIENT_BUSY


async def test_a_booking_is_not_in_the_way_of_its_own_move(practice: SmallPractice) -> None:
    booked = await practice.book()
    wanted, actor = practice.wanted("intro"), practice.actor("dora")
    without = await practice.core.offers.between(actor, wanted, TOMORROW, TOMORROW + DAY, except_id=booked.id)
    empty = await offered(practice, wanted, TOMORROW + DAY, TOMORROW + 2 * DAY)
    assert without == [slot - DAY for slot in empty]
    assert NOON not in await offered(practice, wanted, TOMORROW, TOMORROW + DAY)


@on_sqlite
async def test_the_session_type_s_own_rules_come_before_the_counselor_s(practice: SmallPractice) -> None:
    set_up = await practice.practice()
    ann = set_up.counselor(practice.ids["ann"])
    found = {
        slug: slot_rules(ann, set_up.session_type(practice.ids[slug]), 30) for slug in ("intro", "quick")
    }
    assert {
        slug: (rules.interval, rules.buffer, rules.notice, rules.window_days, rules.duration)
        for slug, rules in found.items()
    } == {
        "intro": (30 * MINUTE, 15 * MINUTE, 2 * HOUR, 30, 30 * MINUTE),
        "quick": (15 * MINUTE, timedelta(), timedelta(), 30, 30 * MINUTE),
    }


@pytest.mark.parametrize("ask", ["between", "earliest", "nearest", "why_not"])
@on_sqlite
async def test_what_is_not_on_offer_has_no_free_times(practice: SmallPractice, ask: str) -> None:
    async def asked(actor: Actor, wanted: Wanted) -> object:
        match ask:
            case "between":
                return await practice.core.offers.between(actor, wanted, NOON, NOON + HOUR)
            case "earliest":
                return await practice.core.offers.earliest(actor, wanted)
        return await getattr(practice.core.offers, ask)(actor, wanted, NOON)

    actor, wanted = practice.actor("dora"), practice.wanted("intro")
    with pytest.raises(NotFound, match=r"^session_type_not_found$"):
        await asked(actor, practice.wanted("intro", 45))
    with pytest.raises(NotFound, match=r"^session_type_not_found$"):
        await asked(actor, practice.wanted("quick", counselor="ben"))
    await practice.set_counselor("ann", active=False)
    with pytest.raises(NotFound, match=r"^counselor_not_found$"):
        await asked(actor, wanted)
