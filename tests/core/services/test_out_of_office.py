"""Days off: a counselor's own, with the sessions they clash with; nothing moves by itself."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.domain.availability import OutOfOffice
from core.domain.errors import Conflict, Forbidden, Invalid
from core.services.out_of_office import Absence
from tests.core.services.small_practice import DAY, HOUR, NOON, SmallPractice

TODAY = date(2026, 11, 2)
NEXT = TODAY + timedelta(days=1)
WEEK_OFF = OutOfOffice(first=NEXT, last=NEXT + timedelta(days=6))


async def standing(practice: SmallPractice, who: str = "ann") -> tuple[OutOfOffice, ...]:
    return (await practice.practice()).counselor(practice.ids[who]).schedule.out_of_office


async def look(practice: SmallPractice, days: OutOfOffice = WEEK_OFF, who: str = "ann") -> Absence:
    return await practice.core.out_of_office.look(practice.actor(who), days)


async def add(practice: SmallPractice, days: OutOfOffice = WEEK_OFF, who: str = "ann") -> Absence:
    return await practice.core.out_of_office.add(practice.actor(who), days)


def clashes(found: Absence) -> list[int]:
    return [each.booking.id for each in found.clashes]


@pytest.mark.parametrize("who", ["dora", "ada"])
async def test_only_counselors_have_days_off(practice: SmallPractice, who: str) -> None:
    actor, days_off = practice.actor(who), practice.core.out_of_office
    for asked in (days_off.look, days_off.add, days_off.remove):
        with pytest.raises(Forbidden, match=r"^not_yours$"):
            await asked(actor, WEEK_OFF)
    assert await practice.audit() == []


async def test_looking_changes_nothing(practice: SmallPractice) -> None:
    before = await practice.practice()
    assert await look(practice) == Absence(days=WEEK_OFF, clashes=(), saved=False)
    assert await practice.practice() == before


async def test_days_off_stand_once_and_are_in_the_trail(practice: SmallPractice) -> None:
    for _ in range(2):
        assert await add(practice) == Absence(days=WEEK_OFF, clashes=(), saved=True)
    assert await standing(practice) == (WEEK_OFF,)
    assert await standing(practice, "ben") == ()
    assert (await look(practice)).saved
    [entry] = await practice.audit()
    assert (entry["action"], entry["actor_id"], entry["at"], entry["details"]) == (
        "counselor.out_of_office",
        practice.people["ann"].id,
        practice.clock.now(),
        {"first": "2026-11-03", "last": "2026-11-09"},
    )


async def test_nothing_can_be_booked_on_days_off_until_they_are_taken_back(practice: SmallPractice) -> None:
    await add(practice)
    with pytest.raises(Conflict, match=r"^not_offered$"):
        await practice.book("dora", NOON)
    assert await practice.core.out_of_office.remove(practice.actor("ann"), WEEK_OFF) == ()
    await practice.book("dora", NOON)
    assert [each["action"] for each in await practice.audit()] == [
        "counselor.out_of_office",
        "counselor.back_in_office",
        "booking.requested",
    ]


async def test_only_exactly_these_days_are_taken_back(practice: SmallPractice) -> None:
    await add(practice)
    other = OutOfOffice(first=NEXT, last=NEXT)
    assert await practice.core.out_of_office.remove(practice.actor("ann"), other) == (WEEK_OFF,)
    assert await standing(practice) == (WEEK_OFF,)
    assert len(await practice.audit()) == 1


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [(-2, -1, "absence_over"), (0, 366, "absence_too_long"), (3650, 3661, "absence_too_far")],
)
async def test_what_cannot_be_meant_is_refused(
    practice: SmallPractice, first: int, last: int, code: str
) -> None:
    days = OutOfOffice(first=TODAY + timedelta(days=first), last=TODAY + timedelta(days=last))
    for asked in (look, add):
        with pytest.raises(Invalid, match=f"^{code}$"):
            await asked(practice, days)
    assert await standing(practice) == ()


async def test_what_falls_into_them_is_told_and_stays_as_it_is(practice: SmallPractice) -> None:
    asked = await practice.book("dora", NOON)
    agreed = await practice.book("emil", NOON + DAY)
    agreed = await practice.core.bookings.approve(practice.actor("ann"), agreed.id, agreed.version)
    declined = await practice.book("emil", NOON + 2 * DAY)
    await practice.core.bookings.decline(practice.actor("ann"), declined.id, declined.version, "time")
    await practice.book("dora", NOON + 9 * DAY)
    await practice.book("dora", NOON + 3 * DAY, counselor="ben")
    assert clashes(await look(practice)) == [asked.id, agreed.id]
    assert clashes(await add(practice)) == [asked.id, agreed.id]
    assert [await practice.booking(each.id) for each in (asked, agreed)] == [asked, agreed]


async def test_a_day_off_is_a_date_on_the_counselor_s_wall(practice: SmallPractice) -> None:
    hours = (NOON - 4 * HOUR, NOON + 3 * HOUR)  # the first and the last on that date in Berlin
    booked = [await practice.book("dora", start) for start in hours]
    assert clashes(await look(practice, OutOfOffice(first=NEXT, last=NEXT))) == [each.id for each in booked]
    for day in (TODAY, NEXT + timedelta(days=1)):
        assert clashes(await look(practice, OutOfOffice(first=day, last=day))) == []


async def test_what_has_begun_does_not_clash(practice: SmallPractice) -> None:
    booked = await practice.book("dora", NOON, counselor="ben")
    days = OutOfOffice(first=NEXT, last=NEXT)
    await practice.clock.advance(NOON - practice.clock.now() - HOUR)
    assert clashes(await look(practice, days, "ben")) == [booked.id]
    await practice.clock.advance(HOUR)
    assert clashes(await look(practice, days, "ben")) == []


async def test_two_who_add_at_the_same_moment_both_stand(practice: SmallPractice) -> None:
    later = OutOfOffice(first=NEXT + timedelta(days=20), last=NEXT + timedelta(days=21))
    await asyncio.gather(add(practice), add(practice, later), add(practice, WEEK_OFF, "ben"))
    assert await standing(practice) == (WEEK_OFF, later)
    assert await standing(practice, "ben") == (WEEK_OFF,)


async def test_long_days_off_that_stand_already_can_be_looked_at(practice: SmallPractice) -> None:
    year = OutOfOffice(first=TODAY - timedelta(days=200), last=TODAY + timedelta(days=400))
    ann = (await practice.practice()).counselor(practice.ids["ann"])
    await practice.set_counselor("ann", schedule=replace(ann.schedule, out_of_office=(year,)))
    assert await look(practice, year) == Absence(days=year, clashes=(), saved=True)
    assert (await look(practice, WEEK_OFF)).saved
