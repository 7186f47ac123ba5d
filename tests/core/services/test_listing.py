"""Reading bookings: whose they are, in which order, and who may look."""

from datetime import timedelta

import pytest

from core.db.views import Page
from core.domain.access import SYSTEM
from core.domain.actions import Case, Party
from core.domain.booking import Status
from core.domain.errors import Forbidden, NotFound
from core.domain.side import Side
from core.services.listing import PAGE_SIZE, BookingDetails
from tests.conftest import START
from tests.core.services.small_practice import DAY, HOUR, MINUTE, NOON, SmallPractice, on_sqlite


def starts(page: Page) -> list[timedelta]:
    return [line.booking.starts_at - NOON for line in page.lines]


async def test_what_is_to_come_stands_soonest_first_and_what_is_over_latest_first(
    practice: SmallPractice,
) -> None:
    listing, dora = practice.core.listing, practice.actor("dora")
    declined = await practice.book(start=NOON - 2 * HOUR)
    await practice.core.bookings.decline(practice.actor("ann"), declined.id, declined.version, "time")
    for day in (3, 0, 1):
        await practice.book(start=NOON + day * DAY, counselor="ben")
    await practice.book("emil", NOON + 2 * DAY, counselor="ben")
    await practice.hold(start=NOON + 5 * DAY)
    upcoming, past = await listing.upcoming(dora, 0), await listing.past(dora, 0)
    assert (starts(upcoming), starts(past)) == ([timedelta(), DAY, 3 * DAY], [-2 * HOUR])
    assert [(page.page, page.pages, page.upcoming, page.past) for page in (upcoming, past)] == [
        (0, 1, 3, 1)
    ] * 2
    line = upcoming.lines[0]
    assert (line.counselor_name, line.client_name, line.session_type_title) == (
        "Ben",
        "Dora",
        "Introductory session",
    )


async def test_a_session_is_over_when_it_ends(practice: SmallPractice) -> None:
    listing, dora = practice.core.listing, practice.actor("dora")
    await practice.book(counselor="ben")
    await practice.clock.advance(28 * HOUR - timedelta(microseconds=1))
    assert len((await listing.upcoming(dora, 0)).lines) == 1
    await practice.clock.advance(timedelta(microseconds=1))
    assert [len((await read(dora, 0)).lines) for read in (listing.upcoming, listing.past)] == [0, 1]


async def test_a_list_has_ten_on_a_page_and_no_page_beyond_its_ends(practice: SmallPractice) -> None:
    for number in range(PAGE_SIZE + 2):
        await practice.book(start=NOON + number * DAY, counselor="ben")
    listing, dora = practice.core.listing, practice.actor("dora")
    pages = {asked: await listing.upcoming(dora, asked) for asked in (-3, 0, 1, 2, 10**6)}
    assert {asked: (page.page, len(page.lines)) for asked, page in pages.items()} == {
        -3: (0, 10),
        0: (0, 10),
        1: (1, 2),
        2: (1, 2),
        10**6: (1, 2),
    }
    assert starts(pages[0]) + starts(pages[1]) == [number * DAY for number in range(PAGE_SIZE + 2)]
    assert (await listing.past(dora, 3)).pages == 1


async def test_the_request_that_is_due_first_stands_in_front(practice: SmallPractice) -> None:
    far = await practice.book()
    near = await practice.book("emil", NOON - 22 * HOUR)
    answered = await practice.book("ada", NOON + 2 * HOUR)
    await practice.core.bookings.approve(practice.actor("ann"), answered.id, answered.version)
    await practice.book("ada", NOON, "asked", counselor="ben")
    found = {
        who: [line.booking.id for line in await practice.core.listing.requests(practice.actor(who))]
        for who in ("ann", "ben")
    }
    assert found["ann"] == [near.id, far.id]
    assert len(found["ben"]) == 1
    await practice.set_counselor("ben", person_id=practice.people["ada"].id)
    assert await practice.core.listing.requests(practice.actor("ben")) == []


async def test_a_booking_is_shown_whole_to_those_it_concerns(practice: SmallPractice) -> None:
    asked = await practice.book()
    offer = await practice.core.reschedules.propose(
        practice.actor("dora"), asked.id, asked.version, NOON + DAY
    )
    set_up = await practice.practice()
    links = {
        party: practice.place.links.address(asked.id, side, None)
        for party, side in ((Party.CLIENT, Side.CLIENT), (Party.COUNSELOR, Side.COUNSELOR))
    }
    for who, party in (("dora", Party.CLIENT), ("ann", Party.COUNSELOR), ("ada", Party.ADMIN)):
        found = await practice.core.listing.look(practice.actor(who), asked.id)
        assert found.booking == asked
        assert found == BookingDetails(
            case=Case(booking=asked, party=party, now=START, policy=set_up.policy, proposal=offer),
            counselor=set_up.counselor(practice.ids["ann"]),
            client=practice.people["dora"],
            session_type=set_up.session_type(practice.ids["intro"]),
            join=links.get(party),
        )
    for actor in (practice.actor("emil"), practice.actor("ben"), SYSTEM):
        with pytest.raises(NotFound, match=r"^booking_not_found$"):
            await practice.core.listing.look(actor, asked.id)


async def test_a_card_tells_of_a_counselor_who_has_left(practice: SmallPractice) -> None:
    asked = await practice.book()
    await practice.set_counselor("ann", active=False)
    found = await practice.core.listing.look(practice.actor("dora"), asked.id)
    assert not found.case.counselor_active


async def test_each_side_has_its_own_lists(practice: SmallPractice) -> None:
    listing, ann = practice.core.listing, practice.actor("ann")
    coming = await practice.book()
    gone = await practice.book("emil", NOON + DAY)
    await practice.core.bookings.decline(ann, gone.id, gone.version, "time")
    own = await practice.book("ann", counselor="ben")
    found = {
        (side, read.__name__): [line.booking.id for line in (await read(ann, 0, side)).lines]
        for side in Side
        for read in (listing.upcoming, listing.past)
    }
    assert found == {
        (Side.CLIENT, "upcoming"): [own.id],
        (Side.CLIENT, "past"): [],
        (Side.COUNSELOR, "upcoming"): [coming.id],
        (Side.COUNSELOR, "past"): [gone.id],
    }
    with pytest.raises(Forbidden, match=r"^not_yours$"):
        await listing.upcoming(practice.actor("dora"), 0, Side.COUNSELOR)


async def test_a_line_tells_of_another_time_while_it_is_on_offer(practice: SmallPractice) -> None:
    asked = await practice.book()
    await practice.book(start=NOON + 3 * DAY)
    dora, core = practice.actor("dora"), practice.core
    offer = await core.reschedules.propose(dora, asked.id, asked.version, NOON + DAY)
    assert [each.proposed_at for each in (await core.listing.upcoming(dora, 0)).lines] == [NOON + DAY, None]
    assert [each.proposed_at for each in await core.listing.requests(practice.actor("ann"))] == [
        NOON + DAY,
        None,
    ]
    await core.reschedules.withdraw(dora, offer.id, offer.version)
    assert [each.proposed_at for each in (await core.listing.upcoming(dora, 0)).lines] == [None, None]


async def test_a_hold_is_no_booking_yet(practice: SmallPractice) -> None:
    hold = await practice.hold()
    for who in ("dora", "ann"):
        with pytest.raises(NotFound, match=r"^booking_not_found$"):
            await practice.core.listing.look(practice.actor(who), hold.id)
        with pytest.raises(NotFound, match=r"^booking_not_found$"):
            await practice.core.listing.find(practice.actor(who), hold.reference)


async def test_a_reference_is_read_as_people_say_it(practice: SmallPractice) -> None:
    asked = await practice.book()
    spoken = f" {asked.reference[:3].lower()}-{asked.reference[3:].lower()} "
    assert await practice.core.listing.find(practice.actor("dora"), spoken) == asked.id
    for who, reference in (
        ("emil", asked.reference),
        ("dora", "0000000"),
        ("dora", ""),
        ("dora", "x" * 5000),
    ):
        with pytest.raises(NotFound, match=r"^booking_not_found$"):
            await practice.core.listing.find(practice.actor(who), reference)


@on_sqlite
async def test_the_system_has_no_lists(practice: SmallPractice) -> None:
    listing = practice.core.listing
    for act in (listing.upcoming(SYSTEM, 0), listing.past(SYSTEM, 0), listing.requests(SYSTEM)):
        with pytest.raises(Forbidden, match=r"^not_yours$"):
            await act
    with pytest.raises(Forbidden, match=r"^not_yours$"):
        await listing.requests(practice.actor("dora"))


async def test_an_expired_request_is_on_the_list_of_the_past(practice: SmallPractice) -> None:
    asked = await practice.book(start=NOON - 24 * HOUR + 30 * MINUTE)
    await practice.clock.advance(2 * HOUR)
    await practice.run_due()
    page = await practice.core.listing.past(practice.actor("dora"), 0)
    assert [(line.booking.id, line.booking.status) for line in page.lines] == [(asked.id, Status.EXPIRED)]
