"""Asking those who wait: in order, one time to one person, until somebody takes it or nobody is left."""

import asyncio
from dataclasses import replace
from datetime import date, datetime

import pytest

from core.db.tables.bookings import bookings
from core.db.tables.waitlist import waitlist
from core.domain.access import Actor
from core.domain.availability import DateOverride, OutOfOffice, Window
from core.domain.booking import Booking
from core.domain.notification import HoldEnded, Notification, OfferLapsed
from core.domain.waitlist import WaitlistEntry, WaitStatus
from core.ports.trouble import Unavailable
from core.services.booking import Details
from core.services.hold import END_HOLD
from core.services.waitlist_offers import ASK_WAITING, TELL_LAPSED
from tests.conftest import START
from tests.core.services.small_practice import DAY, HOUR, MINUTE, NOON, SmallPractice
from tests.core.services.test_waitlist import SUNDAY, TUESDAY, join

OFFER = 15 * MINUTE


async def open_at(practice: SmallPractice, *hours: int, day: date = TUESDAY) -> None:
    """Leave of a date nothing open with Ann but single hours that begin then in Berlin."""
    windows = tuple(Window(start_minute=each * 60, end_minute=(each + 1) * 60) for each in hours)
    schedule = (await practice.practice()).counselor(practice.ids["ann"]).schedule
    others = tuple(each for each in schedule.overrides if each.date != day)
    override = DateOverride(date=day, windows=windows)
    await practice.set_counselor("ann", schedule=replace(schedule, overrides=(*others, override)))


async def give_up(practice: SmallPractice, booking: Booking) -> None:
    """Its counselor declines a request, and whatever follows at once is carried out."""
    await practice.core.bookings.decline(practice.actor("ann"), booking.id, booking.version, "time")
    await practice.run_due()


async def one_after_the_other(practice: SmallPractice, *names: str) -> list[WaitlistEntry]:
    """Wait for Ann's Tuesday, a minute apart."""
    made = []
    for name in names:
        made.append(await join(practice, name))
        await practice.clock.advance(MINUTE)
        await practice.run_due()
    return made


async def holds(practice: SmallPractice) -> dict[str, datetime]:
    """Who holds a time, and which."""
    names = {person.id: name for name, person in practice.people.items()}
    found = [row for row in await practice.rows(bookings) if row["status"] == "held"]
    return {names[row["client_id"]]: row["starts_at"] for row in found}


async def hold_id(practice: SmallPractice) -> int:
    """The only hold there is."""
    (row,) = [row for row in await practice.rows(bookings) if row["status"] == "held"]
    return int(row["id"])


def told(practice: SmallPractice) -> list[tuple[str, str]]:
    """The offers and their ends that people have heard of."""
    return [
        ("lapsed", each.to.name) if isinstance(each, OfferLapsed) else ("offer", each.to.name)
        for each in practice.messenger.sent
        if isinstance(each, OfferLapsed)
        or (isinstance(each, Notification) and each.kind.value == "waitlist_opening")
    ]


async def test_of_three_one_lets_it_lapse_one_declines_and_the_third_books(practice: SmallPractice) -> None:
    await open_at(practice, 13)
    asked = await practice.book("dora")
    entries = await one_after_the_other(practice, "emil", "ada", "ben")
    await give_up(practice, asked)
    assert await holds(practice) == {"emil": NOON}
    await practice.clock.advance(OFFER)
    await practice.run_due()
    assert await holds(practice) == {"ada": NOON}
    await practice.core.waitlist.refuse(practice.actor("ada"), await hold_id(practice))
    await practice.run_due()
    assert await holds(practice) == {"ben": NOON}
    await practice.core.bookings.request(practice.actor("ben"), await hold_id(practice), Details())
    await practice.clock.advance(HOUR)
    await practice.run_due()
    assert await holds(practice) == {}
    assert told(practice) == [("offer", "Emil"), ("offer", "Ada"), ("lapsed", "Emil"), ("offer", "Ben")]
    async with practice.store.read() as uow:
        statuses = [(await uow.waitlist.get(each.id)).status for each in entries]
    assert statuses == [WaitStatus.WAITING, WaitStatus.WAITING, WaitStatus.DONE]


async def test_when_nobody_is_left_the_time_is_for_everybody(practice: SmallPractice) -> None:
    await open_at(practice, 13)
    asked = await practice.book("dora")
    await one_after_the_other(practice, "emil", "ada")
    await give_up(practice, asked)
    for _ in range(4):
        await practice.clock.advance(OFFER)
        await practice.run_due()
    assert await holds(practice) == {}
    assert [name for what, name in told(practice) if what == "offer"] == ["Emil", "Ada"]
    assert (await practice.book("dora")).starts_at == NOON


async def test_a_time_freed_again_is_offered_again(practice: SmallPractice) -> None:
    await open_at(practice, 13)
    asked = await practice.book("dora")
    await one_after_the_other(practice, "emil")
    await give_up(practice, asked)
    await practice.core.waitlist.refuse(practice.actor("emil"), await hold_id(practice))
    again = await practice.book("dora")
    await give_up(practice, again)
    assert await holds(practice) == {"emil": NOON}


async def test_two_times_go_to_two_people_at_once(practice: SmallPractice) -> None:
    await open_at(practice, 13, 15)
    both = [await practice.book("dora", NOON + 2 * n * HOUR) for n in range(2)]
    await one_after_the_other(practice, "emil", "ada", "ben")
    for each in both:
        await practice.core.bookings.decline(practice.actor("ann"), each.id, each.version, "time")
    await practice.run_due()
    assert await holds(practice) == {"emil": NOON, "ada": NOON + 2 * HOUR}
    await practice.core.waitlist.refuse(practice.actor("emil"), await hold_of(practice, "emil"))
    await practice.run_due()
    assert await holds(practice) == {"ben": NOON, "ada": NOON + 2 * HOUR}
    await practice.core.waitlist.refuse(practice.actor("ben"), await hold_of(practice, "ben"))
    await practice.core.waitlist.refuse(practice.actor("ada"), await hold_of(practice, "ada"))
    await practice.run_due()
    found = await holds(practice)
    assert set(found) <= {"emil", "ada", "ben"}
    assert sorted(found.values()) == sorted(set(found.values()))


async def test_a_long_session_given_up_is_room_for_two_short_ones(practice: SmallPractice) -> None:
    await open_at(practice, 13)
    asked = await practice.book("dora")
    await practice.set_counselor("ann", buffer_minutes=0)
    for who in ("emil", "ada", "ben"):
        await join(practice, who, wanted=practice.wanted("intro", 30))
        await practice.clock.advance(MINUTE)
    await give_up(practice, asked)
    assert await holds(practice) == {"emil": NOON, "ada": NOON + HOUR / 2}


async def test_who_is_in_the_middle_of_another_booking_is_asked_after_that(practice: SmallPractice) -> None:
    await open_at(practice, 13)
    asked = await practice.book("dora")
    await one_after_the_other(practice, "emil")
    busy = await practice.hold("emil", NOON + DAY, counselor="ben")
    await give_up(practice, asked)
    assert await practice.booking(busy.id) == busy
    assert told(practice) == []
    await practice.clock.advance(10 * MINUTE)
    await practice.run_due()
    assert await holds(practice) == {"emil": NOON}
    assert (await practice.rows(bookings))[-1]["expires_at"] == practice.clock.now() + OFFER


async def test_who_is_busy_is_passed_over_for_the_next(practice: SmallPractice) -> None:
    await open_at(practice, 13)
    asked = await practice.book("dora")
    await one_after_the_other(practice, "emil", "ada")
    await practice.hold("emil", NOON + DAY, counselor="ben")
    await give_up(practice, asked)
    assert set(await holds(practice)) == {"emil", "ada"}
    await practice.clock.advance(OFFER)
    await practice.run_due()
    assert await holds(practice) == {"emil": NOON}


async def test_one_s_own_session_at_that_time_is_in_the_way(practice: SmallPractice) -> None:
    await open_at(practice, 13)
    asked = await practice.book("dora")
    await one_after_the_other(practice, "emil", "ada")
    await practice.book("emil", NOON, counselor="ben")
    await give_up(practice, asked)
    assert await holds(practice) == {"ada": NOON}


async def test_only_those_are_asked_who_wait_for_such_a_time(practice: SmallPractice) -> None:
    await open_at(practice, 13)
    asked = await practice.book("dora")
    await join(practice, "emil", first=SUNDAY)
    await join(practice, "ada", wanted=practice.wanted("intro", 60, "ben"))
    await practice.core.people.blocked(practice.people["ben"].id)
    await join(practice, "ben")
    await practice.run_due()
    practice.messenger.sent.clear()
    for hold in list(await holds(practice)):
        await practice.core.waitlist.refuse(practice.actor(hold), await hold_of(practice, hold))
    await give_up(practice, asked)
    assert told(practice) == []


async def test_nobody_is_asked_who_may_not_book(practice: SmallPractice) -> None:
    await open_at(practice, 13)
    await practice.enroll("dora")
    await practice.enroll("emil")
    asked = await practice.book("dora", kind="lesson")
    await join(practice, wanted=practice.wanted("lesson"))
    for day in (1, 2):
        await practice.book("emil", NOON + day * DAY, "lesson", counselor="ben")
    await give_up(practice, asked)
    assert await holds(practice) == {}


async def test_a_daily_limit_frees_the_whole_date(practice: SmallPractice) -> None:
    await practice.set_counselor("ann", daily_limit=1)
    asked = await practice.book("dora")
    await join(practice, wanted=practice.wanted("intro", 30))
    await practice.run_due()
    busy = await practice.book("emil", NOON - HOUR / 2, counselor="ben")
    await give_up(practice, asked)
    (start,) = (await holds(practice)).values()
    assert start == busy.ends_at


async def test_moving_on_to_another_time_passes_the_offer_on(practice: SmallPractice) -> None:
    await open_at(practice, 13)
    asked = await practice.book("dora")
    await one_after_the_other(practice, "emil", "ada")
    await give_up(practice, asked)
    await practice.hold("emil", NOON + DAY, counselor="ben")
    await practice.run_due()
    assert await holds(practice) == {"ada": NOON, "emil": NOON + DAY}


async def test_an_offer_whose_hold_was_swept_away_is_over_when_its_client_takes_another_time(
    practice: SmallPractice,
) -> None:
    await open_at(practice, 13)
    asked = await practice.book("dora")
    (entry,) = await one_after_the_other(practice, "emil")
    await give_up(practice, asked)
    await practice.clock.advance(OFFER)
    booked = await practice.book("ada")  # in the place of the hold that has run out, before its job has run
    await practice.hold("emil", NOON + 2 * HOUR, counselor="ben")
    await practice.run_due()
    async with practice.store.read() as uow:
        assert (await uow.waitlist.get(entry.id)).status is WaitStatus.WAITING
    await practice.core.holds.release(practice.actor("emil"), await hold_id(practice))
    await give_up(practice, booked)
    assert await holds(practice) == {"emil": NOON}


async def test_letting_go_of_an_offer_in_the_wizard_passes_it_on(practice: SmallPractice) -> None:
    await open_at(practice, 13)
    asked = await practice.book("dora")
    await one_after_the_other(practice, "emil", "ada")
    await give_up(practice, asked)
    kept = await practice.hold("emil")
    await practice.core.holds.release(practice.actor("emil"), kept.id)
    await practice.run_due()
    assert await holds(practice) == {"ada": NOON}


async def test_the_wizard_that_shows_an_offer_is_told_of_its_end(practice: SmallPractice) -> None:
    await open_at(practice, 13)
    asked = await practice.book("dora")
    await one_after_the_other(practice, "emil")
    await give_up(practice, asked)
    kept = await practice.hold("emil", draft=5)
    assert kept.expires_at == practice.clock.now() + OFFER
    await practice.clock.advance(OFFER)
    await practice.run_due()
    assert practice.messenger.sent[-1] == HoldEnded(to=practice.people["emil"], hold_id=kept.id, draft_id=5)


async def test_the_end_of_an_offer_is_told_even_after_an_outage(practice: SmallPractice) -> None:
    await open_at(practice, 13)
    asked = await practice.book("dora")
    (entry,) = await one_after_the_other(practice, "emil")
    await give_up(practice, asked)
    await practice.clock.advance(OFFER)
    practice.messenger.troubles.append(Unavailable("no answer"))
    await practice.run_due()
    assert told(practice) == [("offer", "Emil")]
    await practice.clock.advance(HOUR)
    await practice.run_due()
    set_up = await practice.practice()
    lapsed = practice.messenger.sent[-1]
    assert isinstance(lapsed, OfferLapsed)
    assert lapsed == OfferLapsed(
        to=practice.people["emil"],
        entry=lapsed.entry,
        start=NOON,
        counselor=set_up.counselor(practice.ids["ann"]),
        session_type=set_up.session_type(practice.ids["intro"]),
    )
    assert (lapsed.entry.id, lapsed.entry.status) == (entry.id, WaitStatus.WAITING)


async def test_who_has_left_hears_nothing_of_a_lapsed_offer(practice: SmallPractice) -> None:
    await open_at(practice, 13)
    asked = await practice.book("dora")
    (entry,) = await one_after_the_other(practice, "emil")
    await give_up(practice, asked)
    await practice.clock.advance(OFFER)
    practice.messenger.troubles.append(Unavailable("no answer"))
    await practice.run_due()
    await practice.core.waitlist.leave(practice.actor("emil"), entry.id)
    await practice.clock.advance(HOUR)
    await practice.run_due()
    assert (told(practice), await practice.jobs(TELL_LAPSED)) == ([("offer", "Emil")], [])


async def test_an_offer_that_could_not_be_told_in_time_is_not_told(practice: SmallPractice) -> None:
    await open_at(practice, 13)
    asked = await practice.book("dora")
    await one_after_the_other(practice, "emil")
    practice.messenger.troubles.extend([Unavailable("no answer")] * 2)
    await give_up(practice, asked)
    await practice.clock.advance(OFFER)
    await practice.run_due()
    assert told(practice) == [("lapsed", "Emil")]


async def test_other_hours_are_offered_to_those_who_wait(practice: SmallPractice) -> None:
    days = OutOfOffice(first=TUESDAY, last=TUESDAY)
    await practice.core.out_of_office.add(practice.actor("ann"), days)
    await one_after_the_other(practice, "emil")
    await practice.core.out_of_office.remove(practice.actor("ann"), days)
    await practice.run_due()
    (first,) = (await holds(practice)).values()
    await practice.core.waitlist.refuse(practice.actor("emil"), await hold_id(practice))
    await practice.run_due()
    await practice.core.waitlist_rounds.look()
    await practice.run_due()
    assert await holds(practice) == {}
    await practice.set_counselor("ann", bio="Another word")
    await practice.core.waitlist_rounds.look()
    await practice.run_due()
    ((who, second),) = (await holds(practice)).items()
    assert (who, abs(second - first) >= HOUR) == ("emil", True)


async def test_what_became_free_just_before_somebody_joined_is_offered_to_them(
    practice: SmallPractice,
) -> None:
    await open_at(practice, 13)
    asked = await practice.book("dora")
    await give_up(practice, asked)
    await join(practice)
    await practice.run_due()
    assert await holds(practice) == {"emil": NOON}


async def test_an_agreed_move_frees_the_old_time(practice: SmallPractice) -> None:
    await open_at(practice, 13)
    asked = await practice.book("dora")
    await one_after_the_other(practice, "emil")
    proposal = await practice.core.reschedules.propose(
        practice.actor("ann"), asked.id, asked.version, NOON + DAY
    )
    await practice.core.reschedules.accept(practice.actor("dora"), proposal.id, proposal.version)
    await practice.run_due()
    assert await holds(practice) == {"emil": NOON}


async def test_a_request_that_lapses_frees_its_time(practice: SmallPractice) -> None:
    await open_at(practice, 13, day=TUESDAY + DAY)
    asked = await practice.book("dora", NOON + DAY)
    await join(practice, first=TUESDAY + DAY)
    assert asked.expires_at is not None
    await practice.clock.advance(asked.expires_at - START)
    await practice.run_due()
    assert await holds(practice) == {"emil": NOON + DAY}


async def test_a_hold_that_ends_is_no_news(practice: SmallPractice) -> None:
    await open_at(practice, 13)
    await practice.hold("dora")
    await one_after_the_other(practice, "emil")
    await practice.clock.advance(9 * MINUTE)
    await practice.run_due()
    assert (await holds(practice), told(practice)) == ({}, [])


async def test_two_looks_at_once_offer_a_time_to_one_person(practice: SmallPractice) -> None:
    await open_at(practice, 13)
    asked = await practice.book("dora")
    crowd = await a_crowd(practice, 8)
    for each in crowd:
        await practice.core.waitlist.join(each, practice.wanted("intro"), TUESDAY, TUESDAY)
    await practice.run_due()
    await practice.core.bookings.decline(practice.actor("ann"), asked.id, asked.version, "time")
    job = await practice.claimed(ASK_WAITING)
    looks = [practice.core.waitlist_rounds.ask(job) for _ in range(6)]
    results = await asyncio.gather(*looks, return_exceptions=True)
    assert [each for each in results if isinstance(each, Exception)] == []
    (held,) = [row for row in await practice.rows(bookings) if row["status"] == "held"]
    assert held["client_id"] == crowd[0].person_id


@pytest.mark.parametrize("first", ["refuse", "lapse"])
async def test_a_refusal_and_the_end_of_an_offer_at_once_ask_the_next_once(
    practice: SmallPractice, first: str
) -> None:
    await open_at(practice, 13)
    asked = await practice.book("dora")
    await one_after_the_other(practice, "emil", "ada")
    await give_up(practice, asked)
    hold, job = await hold_id(practice), await practice.claimed(END_HOLD)
    await practice.clock.advance(OFFER - MINUTE)
    both = [
        practice.core.waitlist.refuse(practice.actor("emil"), hold),
        practice.core.holds.end(job),
    ]
    results = await asyncio.gather(*(both if first == "refuse" else reversed(both)), return_exceptions=True)
    failed = [each for each in results if isinstance(each, Exception)]
    assert {str(each) for each in failed} <= {"offer_ended", "wait_changed"}
    await practice.run_due()
    assert await holds(practice) == {"ada": NOON}


async def test_booking_and_the_end_of_an_offer_at_once_leave_one_of_them(practice: SmallPractice) -> None:
    await open_at(practice, 13)
    asked = await practice.book("dora")
    await one_after_the_other(practice, "emil", "ada")
    await give_up(practice, asked)
    hold, job = await hold_id(practice), await practice.claimed(END_HOLD)
    await asyncio.gather(
        practice.core.bookings.request(practice.actor("emil"), hold, Details()),
        practice.core.holds.end(job),
        return_exceptions=True,
    )
    await practice.run_due()
    active = [row for row in await practice.rows(bookings) if row["status"] in {"held", "pending"}]
    assert len(active) == 1
    (entry,) = [row for row in await practice.rows(waitlist) if row["client_id"] == asked_id(practice)]
    booked = active[0]["client_id"] == asked_id(practice)
    assert entry["status"] == ("done" if booked else "waiting")


def asked_id(practice: SmallPractice) -> int:
    """Whoever was asked first."""
    return practice.people["emil"].id


async def hold_of(practice: SmallPractice, who: str) -> int:
    """The hold that somebody has."""
    client = practice.people[who].id
    (row,) = [
        row for row in await practice.rows(bookings) if row["status"] == "held" and row["client_id"] == client
    ]
    return int(row["id"])


async def a_crowd(practice: SmallPractice, size: int) -> list[Actor]:
    """Clients beside those of the practice."""
    async with practice.store.write() as uow:
        return [
            Actor(person=await uow.people.add(name=f"Client {n}", telegram_id=5000 + n)) for n in range(size)
        ]
