"""Booking for a client: who, which time, and how the client answers."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from core.db.tables.bookings import bookings
from core.domain.access import SYSTEM
from core.domain.booking import Booking, Source, Status
from core.domain.errors import Conflict, DomainError, Forbidden, Invalid, NotFound
from core.domain.money import Money
from core.domain.session_type import Location
from core.domain.side import Side
from core.services.book_for import ForClient
from core.services.booking import TOPIC_LENGTH, Details
from core.services.subscribers import EXPIRE_REQUEST
from tests.conftest import START
from tests.core.services.small_practice import DAY, HOUR, MINUTE, NOON, SmallPractice


async def meet(practice: SmallPractice, *names: str) -> None:
    """People start the bot and agree to how their data are used."""
    for name in names:
        await practice.core.people.consent(practice.actor(name))
        practice.people[name] = await practice.person(name)


def choice(
    practice: SmallPractice,
    who: str = "dora",
    start: datetime = NOON,
    kind: str = "intro",
    counselor: str = "ann",
) -> ForClient:
    """An hour for somebody."""
    return ForClient(
        client_id=practice.people[who].id, wanted=practice.wanted(kind, counselor=counselor), start=start
    )


async def book_for(
    practice: SmallPractice, who: str = "dora", start: datetime = NOON, counselor: str = "ann"
) -> Booking:
    """A counselor books an hour for somebody who has agreed."""
    await meet(practice, who)
    chosen = choice(practice, who, start, counselor=counselor)
    return await practice.core.book_for.book(practice.actor(counselor), chosen)


@pytest.mark.parametrize("counselor", ["ann", "ben"], ids=["asking counselor", "instant counselor"])
async def test_what_is_booked_for_a_client_waits_for_their_answer(
    practice: SmallPractice, counselor: str
) -> None:
    booking = await book_for(practice, counselor=counselor)
    buffer = timedelta(minutes=15 if counselor == "ann" else 0)
    assert booking == Booking(
        id=booking.id,
        reference=booking.reference,
        uid=booking.uid,
        status=Status.PENDING,
        awaits=Side.CLIENT,
        counselor_id=practice.ids[counselor],
        client_id=practice.people["dora"].id,
        session_type_id=practice.ids["intro"],
        starts_at=NOON,
        ends_at=NOON + HOUR,
        busy_until=NOON + HOUR + buffer,
        zone="Europe/Berlin" if counselor == "ann" else "UTC",
        wall_start="2026-11-03T13:00" if counselor == "ann" else "2026-11-03T12:00",
        location=Location.VIDEO,
        price=Money(minor=6000, currency="EUR"),
        created_at=START,
        expires_at=START + DAY,
        source=Source.CHAT,
    )
    assert await practice.booking(booking.id) == booking
    with pytest.raises(Conflict, match=r"^slot_taken$"):
        await practice.hold("emil", counselor=counselor)


async def test_the_trail_says_who_booked_for_whom(practice: SmallPractice) -> None:
    booking = await book_for(practice)
    (row,) = await practice.audit()
    assert (row["action"], row["actor_id"], row["booking_id"]) == (
        "booking.requested",
        practice.people["ann"].id,
        booking.id,
    )
    told = {name: row["details"][name] for name in ("party", "for_client", "status")}
    assert told == {"party": "counselor", "for_client": practice.people["dora"].id, "status": "pending"}
    assert await practice.funnel() == []


async def test_place_and_topic_are_the_counselor_s_choice(practice: SmallPractice) -> None:
    await meet(practice, "dora")
    chosen = replace(choice(practice), topic="Follow-up", location=Location.IN_PERSON)
    booking = await practice.core.book_for.book(practice.actor("ann"), chosen)
    found = (booking.topic, booking.location, booking.address)
    assert found == ("Follow-up", Location.IN_PERSON, "12 Example Street")
    for bad, code in (
        ({"topic": "x" * (TOPIC_LENGTH + 1)}, "too_long"),
        ({"location": Location.CHAT}, "unknown_location"),
    ):
        with pytest.raises(Invalid, match=rf"^{code}$"):
            await practice.core.book_for.book(
                practice.actor("ann"), replace(choice(practice, start=NOON + 2 * HOUR), **bad)
            )


async def test_doing_it_twice_asks_once(practice: SmallPractice) -> None:
    first = await book_for(practice)
    assert await book_for(practice) == first
    await practice.run_due()
    assert practice.messenger.messages() == [("booked_for", "Dora")]


async def test_a_client_accepts_and_the_counselor_hears_of_it(practice: SmallPractice) -> None:
    asked = await book_for(practice)
    await practice.run_due()
    await practice.clock.advance(HOUR)
    accepted = await practice.core.bookings.approve(practice.actor("dora"), asked.id, asked.version)
    assert accepted == replace(
        asked, status=Status.CONFIRMED, version=asked.version + 1, sequence=1, expires_at=None
    )
    await practice.run_due()
    assert practice.messenger.messages() == [("booked_for", "Dora"), ("new_booking", "Ann")]
    assert await practice.jobs(EXPIRE_REQUEST) == []
    row = (await practice.audit())[-1]
    assert (row["action"], row["actor_id"]) == ("booking.confirmed", practice.people["dora"].id)


async def test_a_client_declines_and_the_time_is_free_again(practice: SmallPractice) -> None:
    asked = await book_for(practice)
    declined = await practice.core.bookings.decline(practice.actor("dora"), asked.id, asked.version, "other")
    assert declined.status is Status.DECLINED
    await practice.run_due()
    assert practice.messenger.messages() == [("turned_down", "Ann")]
    assert (await practice.hold("emil")).starts_at == NOON


async def test_only_the_client_answers(practice: SmallPractice) -> None:
    asked = await book_for(practice)
    answers = practice.core.bookings
    for who in ("ann", "ben", "emil", "ada"):
        with pytest.raises(NotFound, match=r"^booking_not_found$"):
            await answers.approve(practice.actor(who), asked.id, asked.version)
        with pytest.raises(NotFound, match=r"^booking_not_found$"):
            await answers.decline(practice.actor(who), asked.id, asked.version, "time")
    assert await practice.booking(asked.id) == asked


async def test_a_client_who_does_not_answer_is_nudged_and_then_it_lapses(practice: SmallPractice) -> None:
    asked = await book_for(practice, start=NOON + 2 * HOUR)
    await practice.clock.advance(16 * HOUR)
    await practice.run_due()
    await practice.clock.advance(8 * HOUR - MINUTE)
    await practice.run_due()
    assert (await practice.booking(asked.id)).status is Status.PENDING
    await practice.clock.advance(MINUTE)
    await practice.run_due()
    assert (await practice.booking(asked.id)).status is Status.EXPIRED
    assert practice.messenger.messages() == [
        ("booked_for", "Dora"),
        ("booked_for_nudge", "Dora"),
        ("expired", "Dora"),
        ("expired_unanswered", "Ann"),
    ]


async def test_the_deadline_follows_the_policy_and_the_start(practice: SmallPractice) -> None:
    near = await book_for(practice, start=START + 3 * HOUR)
    nearest = await book_for(practice, "emil", START + 20 * MINUTE + 10 * MINUTE, counselor="ben")
    assert [(each.expires_at or START) - START for each in (near, nearest)] == [HOUR, 30 * MINUTE]


async def test_it_is_no_request_that_waits_for_the_counselor(practice: SmallPractice) -> None:
    await book_for(practice)
    own = await practice.book("emil", NOON + 2 * HOUR)
    found = await practice.core.listing.requests(practice.actor("ann"))
    assert [each.booking.id for each in found] == [own.id]


async def test_another_time_may_be_proposed_instead_of_an_answer(practice: SmallPractice) -> None:
    asked = await book_for(practice)
    core, dora = practice.core, practice.actor("dora")
    proposal = await core.reschedules.propose(dora, asked.id, asked.version, NOON + DAY)
    with pytest.raises(Conflict, match=r"^proposal_open$"):
        await core.bookings.approve(dora, asked.id, asked.version)
    moved = await core.reschedules.accept(practice.actor("ann"), proposal.id, proposal.version)
    assert (moved.status, moved.starts_at) == (Status.CONFIRMED, NOON + DAY)


async def test_counselors_book_their_own_time_alone(practice: SmallPractice) -> None:
    await meet(practice, "dora")
    with pytest.raises(Forbidden, match=r"^not_yours$"):
        await practice.core.book_for.book(practice.actor("ben"), choice(practice))
    for actor in (practice.actor("dora"), practice.actor("ada"), SYSTEM):
        with pytest.raises(Forbidden, match=r"^not_yours$"):
            await practice.core.book_for.book(actor, choice(practice))
    assert await practice.rows(bookings) == []


async def test_only_those_are_booked_for_who_have_agreed_or_booked_before(practice: SmallPractice) -> None:
    ann = practice.actor("ann")
    for who in ("emil", "ann"):
        with pytest.raises(NotFound, match=r"^person_not_found$"):
            await practice.core.book_for.book(ann, choice(practice, who))
    await practice.book("emil", NOON + DAY)
    assert (await practice.core.book_for.book(ann, choice(practice, "emil"))).status is Status.PENDING
    with pytest.raises(NotFound, match=r"^person_not_found$"):
        await practice.core.book_for.client(ann, 10**9)


async def test_who_cannot_be_asked_is_not_booked_for(practice: SmallPractice) -> None:
    await meet(practice, "dora")
    await practice.core.people.blocked(practice.people["dora"].id)
    with pytest.raises(Conflict, match=r"^client_unreachable$") as refused:
        await practice.core.book_for.book(practice.actor("ann"), choice(practice))
    assert refused.value.details == {"name": "Dora"}


async def test_what_is_in_the_way_is_told_of_the_client(practice: SmallPractice) -> None:
    await meet(practice, "dora", "emil")
    ann = practice.actor("ann")
    await practice.book("dora", NOON, counselor="ben")
    await practice.book("emil", NOON + 3 * HOUR)
    await practice.enroll("emil")
    refused = {
        "client_engaged": choice(practice),
        "slot_taken": choice(practice, start=NOON + 3 * HOUR),
        "not_offered": choice(practice, start=NOON + 10 * MINUTE),
        "client_not_enrolled": choice(practice, start=NOON - 2 * HOUR, kind="lesson"),
    }
    for code, chosen in refused.items():
        with pytest.raises(Conflict, match=rf"^{code}$"):
            await practice.core.book_for.book(ann, chosen)
    for day in (1, 2):
        await practice.book("emil", NOON + day * DAY, "lesson", counselor="ben")
    with pytest.raises(Conflict, match=r"^client_used_up$") as told:
        await practice.core.book_for.book(ann, choice(practice, "emil", NOON - 2 * HOUR, "lesson"))
    assert told.value.details == {"name": "Emil"}


async def test_what_a_client_is_filling_in_is_left_alone(practice: SmallPractice) -> None:
    await meet(practice, "dora")
    hold = await practice.hold("dora")
    with pytest.raises(Conflict, match=r"^client_engaged$"):
        await practice.core.book_for.book(practice.actor("ann"), choice(practice))
    assert (await practice.core.book_for.book(practice.actor("ann"), choice(practice, start=NOON + DAY))).id
    assert await practice.booking(hold.id) == hold
    booked = await practice.core.bookings.request(practice.actor("dora"), hold.id, Details())
    assert booked.status is Status.PENDING


async def test_the_times_shown_leave_out_the_client_s_own_sessions(practice: SmallPractice) -> None:
    await practice.book("dora", NOON, counselor="ben")
    offers, wanted, ann = practice.core.offers, practice.wanted("intro"), practice.actor("ann")
    dora = practice.people["dora"].id
    own = await offers.between(ann, wanted, NOON, NOON + 2 * HOUR)
    theirs = await offers.between(ann, wanted, NOON, NOON + 2 * HOUR, for_id=dora)
    assert (own[0], theirs[0]) == (NOON, NOON + HOUR)
    assert await offers.earliest(ann, wanted, NOON, for_id=dora) == NOON + HOUR
    assert await offers.nearest(ann, wanted, NOON, 1, for_id=dora) == [NOON - HOUR]
    for who in ("dora", "ben", "ada"):
        with pytest.raises(Forbidden, match=r"^not_yours$"):
            await offers.between(practice.actor(who), wanted, NOON, NOON + HOUR, for_id=dora)


async def test_clients_are_found_by_a_piece_of_their_name(practice: SmallPractice) -> None:
    ann = practice.actor("ann")
    find = practice.core.book_for.find
    assert await find(ann, "d") == []
    await meet(practice, "dora", "ada")
    assert [each.name for each in await find(ann, "d")] == ["Ada", "Dora"]
    await practice.book("emil")
    assert [(each.name, each.known) for each in await find(ann, "")] == [
        ("Emil", True),
        ("Ada", False),
        ("Dora", False),
    ]
    assert [each.name for each in await find(practice.actor("ben"), "")] == ["Ada", "Dora"]
    for typed in ("DOR", "ora", " dora "):
        assert [each.name for each in await find(ann, typed)] == ["Dora"]
    for typed in ("%", "_", "\\", "Zoe", "x\0y"):
        assert await find(ann, typed) == []


async def test_names_with_other_letters_are_found_as_well(practice: SmallPractice) -> None:
    async with practice.store.write() as uow:
        await uow.people.save(replace(practice.people["dora"], name="Özlem Çelik", consented_at=START))
    for typed in ("Özlem", "özlem", "ÖZLEM", "çelik"):
        found = await practice.core.book_for.find(practice.actor("ann"), typed)
        assert [each.name for each in found] == ["Özlem Çelik"], typed


async def test_a_client_is_found_by_the_reference_of_a_booking_with_the_counselor(
    practice: SmallPractice,
) -> None:
    booking = await practice.book("emil")
    found = await practice.core.book_for.find(practice.actor("ann"), booking.reference.lower())
    assert [each.person_id for each in found] == [booking.client_id]
    assert await practice.core.book_for.find(practice.actor("ben"), booking.reference) == []


async def test_finding_is_for_counselors(practice: SmallPractice) -> None:
    for actor in (practice.actor("dora"), practice.actor("ada"), SYSTEM):
        with pytest.raises(Forbidden, match=r"^not_yours$"):
            await practice.core.book_for.find(actor, "")


async def test_of_two_counselors_who_book_a_client_at_once_one_gets_them(practice: SmallPractice) -> None:
    await meet(practice, "dora")
    asks = [
        practice.core.book_for.book(practice.actor(who), choice(practice, counselor=who))
        for who in ("ann", "ben")
    ]
    results = await asyncio.gather(*asks, return_exceptions=True)
    won = [each for each in results if isinstance(each, Booking)]
    lost = [each.code for each in results if isinstance(each, DomainError)]
    assert (len(won), lost) == (1, ["client_engaged"])
    assert [row["id"] for row in await practice.rows(bookings)] == [won[0].id]
