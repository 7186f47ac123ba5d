"""New times for all whose session falls into days off: the nearest free ones, none twice, once."""

from datetime import date, timedelta

import pytest

from core.domain.availability import OutOfOffice
from core.domain.booking import Booking, Status
from core.domain.errors import Conflict, Forbidden
from core.domain.side import Side
from core.services.new_times import AT_ONCE, NewTime
from tests.core.services.small_practice import DAY, HOUR, MINUTE, NOON, SmallPractice

NEXT = date(2026, 11, 3)
THE_DAY = OutOfOffice(first=NEXT, last=NEXT)


async def away(practice: SmallPractice, days: OutOfOffice = THE_DAY) -> None:
    await practice.core.out_of_office.add(practice.actor("ann"), days)


async def propose(practice: SmallPractice, days: OutOfOffice = THE_DAY, who: str = "ann") -> list[NewTime]:
    done = await practice.core.new_times.propose(practice.actor(who), days)
    assert done.left == 0
    return done.found


async def offers(practice: SmallPractice, *booked: Booking) -> list[object]:
    """The open proposals of bookings: by whom, and for when."""
    async with practice.store.read() as uow:
        found = [await uow.proposals.open_of(each.id) for each in booked]
    return [each and (each.opened_by, each.starts_at) for each in found]


async def test_every_session_is_offered_a_free_time_of_its_own_near_the_old_one(
    practice: SmallPractice,
) -> None:
    noon = await practice.book("dora", NOON)
    later = await practice.book("emil", NOON + 90 * MINUTE)
    await away(practice)
    found = await propose(practice)
    assert [each.session.booking.id for each in found] == [noon.id, later.id]
    starts = [each.start for each in found]
    assert await offers(practice, noon, later) == [(Side.COUNSELOR, start) for start in starts]
    first, second = (start for start in starts if start is not None)
    assert abs(first - second) >= HOUR + 15 * MINUTE
    assert {first.date(), second.date()} <= {NEXT - timedelta(days=1), NEXT + timedelta(days=1)}
    assert [(await practice.booking(each.id)).starts_at for each in (noon, later)] == [
        noon.starts_at,
        later.starts_at,
    ]


async def test_a_second_tap_changes_nothing_and_says_so(practice: SmallPractice) -> None:
    booked = await practice.book("dora", NOON)
    await away(practice)
    [first] = await propose(practice)
    before = await offers(practice, booked)
    [again] = await propose(practice)
    assert (first.refusal, again.start, again.refusal) == (None, None, "proposal_open")
    assert await offers(practice, booked) == before


async def test_with_one_tap_so_many_are_asked_and_the_next_tap_goes_on_after_them(
    practice: SmallPractice,
) -> None:
    week = OutOfOffice(first=NEXT, last=NEXT + timedelta(days=6))
    booked = [
        await practice.book(who, NOON + day * DAY + hour * HOUR, "quick")
        for day in (0, 1, 2)
        for hour, who in ((-4, "dora"), (-2, "emil"), (0, "dora"), (2, "emil"))
    ]
    await away(practice, week)
    new_times, ann = practice.core.new_times, practice.actor("ann")
    first = await new_times.propose(ann, week)
    assert ([each.session.booking.id for each in first.found], first.left) == (
        [each.id for each in booked[:AT_ONCE]],
        len(booked) - AT_ONCE,
    )
    rest = await new_times.propose(ann, week, after=first.found[-1].session.booking.starts_at)
    assert ([each.session.booking.id for each in rest.found], rest.left) == (
        [each.id for each in booked[AT_ONCE:]],
        0,
    )
    starts = [each.start for each in [*first.found, *rest.found]]
    assert await offers(practice, *booked) == [(Side.COUNSELOR, start) for start in starts]
    assert len(set(starts)) == len(booked)


async def test_times_on_offer_elsewhere_are_not_offered_again(practice: SmallPractice) -> None:
    other = await practice.book("emil", NOON + 7 * DAY)
    booked = await practice.book("dora", NOON)
    await away(practice)
    nearest = (await practice.core.move_times.nearest(practice.actor("ann"), booked.id, NOON, 1))[0]
    await practice.core.reschedules.propose(practice.actor("ann"), other.id, other.version, nearest)
    [found] = await propose(practice)
    assert found.start is not None
    assert abs(found.start - nearest) >= HOUR + 15 * MINUTE


async def test_what_may_not_be_moved_is_left_with_its_reason(practice: SmallPractice) -> None:
    soon = await practice.book("dora", NOON, "quick")
    late = await practice.book("emil", NOON + 3 * HOUR, "quick")
    await practice.set_policy(counselor_max_reschedules=0)
    await away(practice)
    assert [(each.start, each.refusal) for each in await propose(practice)] == [(None, "no_moves_left")] * 2
    await practice.set_policy()
    await practice.clock.advance(NOON - HOUR - practice.clock.now())
    refused, done = await propose(practice)
    assert (refused.start, refused.refusal) == (None, "reschedule_cutoff")
    assert (done.session.booking.id, done.refusal) == (late.id, None)
    assert await offers(practice, soon) == [None]


async def test_after_weeks_away_the_first_times_back_are_offered(practice: SmallPractice) -> None:
    ann = (await practice.practice()).counselor(practice.ids["ann"])
    await practice.set_counselor("ann", window_days=60, schedule=ann.schedule)
    booked = await practice.book("dora", NOON + 25 * DAY)
    month = OutOfOffice(first=NEXT - timedelta(days=1), last=NEXT + timedelta(days=47))
    await away(practice, month)
    [found] = await propose(practice, month)
    assert found.start is not None
    assert found.start.date() == month.last + timedelta(days=1)
    assert await offers(practice, booked) == [(Side.COUNSELOR, found.start)]


async def test_where_nothing_is_free_that_is_said(practice: SmallPractice) -> None:
    booked = await practice.book("dora", NOON)
    window = OutOfOffice(first=NEXT - timedelta(days=1), last=NEXT + timedelta(days=60))
    await away(practice, window)
    [found] = await propose(practice, window)
    assert (found.session.booking.id, found.start, found.refusal) == (booked.id, None, None)


async def test_days_off_that_do_not_stand_move_nobody(practice: SmallPractice) -> None:
    booked = await practice.book("dora", NOON)
    with pytest.raises(Conflict, match=r"^absence_gone$"):
        await propose(practice)
    with pytest.raises(Forbidden, match=r"^not_yours$"):
        await propose(practice, THE_DAY, "dora")
    assert await offers(practice, booked) == [None]


async def test_a_client_who_says_yes_is_there_at_the_new_time(practice: SmallPractice) -> None:
    booked = await practice.book("dora", NOON)
    await away(practice)
    [found] = await propose(practice)
    async with practice.store.read() as uow:
        offer = await uow.proposals.open_of(booked.id)
    assert offer is not None
    await practice.core.reschedules.accept(practice.actor("dora"), offer.id, offer.version)
    moved = await practice.booking(booked.id)
    assert (moved.status, moved.starts_at) == (Status.CONFIRMED, found.start)
    assert await propose(practice) == []
    assert moved.uid == booked.uid
