"""A counselor's schedule: their own days, what is left of them, at the same cost however full they are."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from core.domain.access import SYSTEM
from core.domain.availability import DateOverride, OutOfOffice, parse_window
from core.domain.booking import Status
from core.domain.errors import Forbidden
from core.services.schedule import DaySchedule, Week
from tests.core.db.many_bookings import add_all, one_after_the_other
from tests.core.db.queries import counted
from tests.core.services.small_practice import DAY, HOUR, MINUTE, NOON, TOMORROW, SmallPractice

TODAY = date(2026, 11, 2)
NEXT = date(2026, 11, 3)


async def week(practice: SmallPractice, first: date = TODAY, who: str = "ann") -> Week:
    return await practice.core.schedule.week(practice.actor(who), first)


async def day(practice: SmallPractice, which: date, who: str = "ann") -> DaySchedule:
    return (await practice.core.schedule.day(practice.actor(who), which)).day


@pytest.mark.parametrize("who", ["dora", "ada"])
async def test_only_counselors_have_a_schedule(practice: SmallPractice, who: str) -> None:
    for asked in (practice.core.schedule.week, practice.core.schedule.day):
        with pytest.raises(Forbidden, match=r"^not_yours$"):
            await asked(practice.actor(who), TODAY)
        with pytest.raises(Forbidden, match=r"^not_yours$"):
            await asked(SYSTEM, TODAY)


async def test_a_week_has_the_sessions_of_each_day_and_no_one_else_s(practice: SmallPractice) -> None:
    later = await practice.book("dora", NOON + DAY + HOUR)
    sooner = await practice.book("emil", NOON)
    await practice.book("emil", NOON + 2 * DAY, counselor="ben")
    await practice.hold("emil", NOON + 3 * HOUR)
    found = await week(practice)
    assert [each.date for each in found.days] == [TODAY + timedelta(days=n) for n in range(7)]
    planned = {each.date: [line.booking.id for line in each.sessions] for each in found.days if each.sessions}
    assert planned == {NEXT: [sooner.id], NEXT + timedelta(days=1): [later.id]}
    assert [line.client_name for line in found.days[1].sessions] == ["Emil"]


async def test_a_day_begins_at_midnight_on_the_counselor_s_wall(practice: SmallPractice) -> None:
    late = DateOverride(date=TODAY, windows=(parse_window("22:00-02:00"),))
    ann = (await practice.practice()).counselor(practice.ids["ann"])
    await practice.set_counselor("ann", schedule=replace(ann.schedule, overrides=(late,)))
    midnight = datetime(2026, 11, 2, 23, tzinfo=UTC)  # in Berlin
    before = await practice.book("dora", midnight - HOUR, minutes=30)
    over = await practice.book("emil", midnight - 30 * MINUTE + 15 * MINUTE, "quick", minutes=30)
    found = (await week(practice)).days
    assert [[line.booking.id for line in each.sessions] for each in found[:2]] == [[before.id, over.id], []]
    assert [line.booking.id for line in (await day(practice, NEXT)).sessions] == [over.id]


async def test_what_is_left_counts_from_now_without_sessions_buffers_and_holds(
    practice: SmallPractice,
) -> None:
    eight_hours = 8 * 3600
    empty = await day(practice, NEXT)
    assert (empty.open_seconds, empty.free_seconds) == (eight_hours, eight_hours)
    await practice.book("dora", NOON)
    await practice.hold("emil", NOON + 2 * HOUR)
    taken = 2 * (60 + 15) * 60
    assert (await day(practice, NEXT)).free_seconds == eight_hours - taken
    today = await day(practice, TODAY)  # it is ten in Berlin: an hour of today is over
    assert (today.open_seconds, today.free_seconds) == (eight_hours, eight_hours - 3600)
    yesterday = await day(practice, TODAY - timedelta(days=1))
    assert (yesterday.open_seconds, yesterday.free_seconds) == (eight_hours, 0)


async def test_a_day_off_is_closed_and_says_so(practice: SmallPractice) -> None:
    ann = (await practice.practice()).counselor(practice.ids["ann"])
    away = (OutOfOffice(first=NEXT, last=NEXT),)
    await practice.set_counselor("ann", schedule=replace(ann.schedule, out_of_office=away))
    found = await week(practice)
    assert [each.away for each in found.days] == [False, True, False, False, False, False, False]
    assert (found.days[1].open_seconds, found.days[1].free_seconds) == (0, 0)
    assert sum(end - start for start, end in found.open) == 6 * 8 * 3600


@pytest.mark.parametrize(("first", "night"), [(date(2026, 10, 19), 4 * 3600), (date(2027, 3, 22), 2 * 3600)])
async def test_days_of_23_and_25_hours_are_as_long_as_they_are(
    practice: SmallPractice, first: date, night: int
) -> None:
    ann = (await practice.practice()).counselor(practice.ids["ann"])
    sunday = first + timedelta(days=6)
    awake = DateOverride(date=sunday, windows=(parse_window("00:00-03:00"),))
    await practice.set_counselor("ann", schedule=replace(ann.schedule, overrides=(awake,)))
    assert (await week(practice, first)).days[-1].open_seconds == night


async def test_today_has_everything_that_is_asked_and_the_next_agreed_session(
    practice: SmallPractice,
) -> None:
    later = await practice.book("dora", NOON + 5 * DAY)
    sooner = await practice.book("emil", NOON)
    found = await practice.core.schedule.day(practice.actor("ann"), TODAY)
    assert {each.booking.id for each in found.requests} == {later.id, sooner.id}
    assert (found.day.sessions, found.next) == ((), None)
    await practice.core.bookings.approve(practice.actor("ann"), later.id, later.version)
    found = await practice.core.schedule.day(practice.actor("ann"), TODAY)
    assert [each.booking.id for each in found.requests] == [sooner.id]
    assert found.next is not None
    assert found.next.booking.id == later.id


async def test_three_thousand_bookings_cost_as_many_queries_as_three(practice: SmallPractice) -> None:
    few = [await practice.book("dora", NOON + n * DAY, counselor="ben") for n in range(3)]
    first = replace(few[0], counselor_id=practice.ids["ann"], client_id=practice.people["emil"].id)
    first = replace(first, starts_at=TOMORROW - 30 * DAY, ends_at=TOMORROW - 30 * DAY + 20 * MINUTE)
    first = replace(first, busy_until=first.ends_at, status=Status.CONFIRMED)
    await add_all(practice.store, one_after_the_other(first, 3000, 20 * MINUTE))
    costs = {}
    for who in ("ben", "ann"):
        await week(practice, TODAY, who)
        for name in ("week", "day"):
            with counted(practice.database) as sent:
                await getattr(practice.core.schedule, name)(practice.actor(who), TODAY)
            costs[who, name] = len(sent)
    assert costs == {("ben", "week"): 3, ("ann", "week"): 3, ("ben", "day"): 5, ("ann", "day"): 5}
    assert sum(len(each.sessions) for each in (await week(practice)).days) == 7 * 72
