"""The negotiation about another time, through the real store."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from core.db.tables.proposals import proposals
from core.domain.access import SYSTEM
from core.domain.booking import Booking, Status
from core.domain.errors import Conflict, DomainError, NotFound
from core.domain.reschedule import Proposal, ProposalStatus
from core.domain.side import Side
from core.services.hold import END_HOLD
from core.services.subscribers import EXPIRE_PROPOSAL, EXPIRE_REQUEST, NOTIFY
from tests.conftest import START
from tests.core.services.small_practice import DAY, HOUR, MINUTE, NOON, SmallPractice

LATER = NOON + 2 * DAY
"""Noon in three days."""
LATER_STILL = LATER + HOUR


async def propose(practice: SmallPractice, who: str, booking: Booking, start: datetime = LATER) -> Proposal:
    return await practice.core.reschedules.propose(practice.actor(who), booking.id, booking.version, start)


async def counter(practice: SmallPractice, who: str, offer: Proposal, start: datetime) -> Proposal:
    return await practice.core.reschedules.counter(practice.actor(who), offer.id, offer.version, start)


async def accept(practice: SmallPractice, who: str, offer: Proposal) -> Booking:
    return await practice.core.reschedules.accept(practice.actor(who), offer.id, offer.version)


async def approved(practice: SmallPractice, start: datetime = NOON + DAY) -> Booking:
    """A session of dora's with ann that stands."""
    asked = await practice.book(start=start)
    return await practice.core.bookings.approve(practice.actor("ann"), asked.id, asked.version)


async def refused(practice: SmallPractice, who: str, act: str, offer: Proposal, *start: datetime) -> str:
    """The code with which an answer is refused."""
    answer = getattr(practice.core.reschedules, act)
    with pytest.raises(DomainError) as refusal:
        await answer(practice.actor(who), offer.id, offer.version, *start)
    return refusal.value.code


async def stored(practice: SmallPractice, offer: Proposal) -> Proposal:
    async with practice.store.read() as uow:
        return await uow.proposals.get(offer.id)


async def test_an_offer_leaves_the_session_where_it_is_until_it_is_accepted(practice: SmallPractice) -> None:
    booking = await approved(practice)
    offer = await propose(practice, "dora", booking)
    assert offer == Proposal(
        id=offer.id,
        booking_id=booking.id,
        opened_by=Side.CLIENT,
        asked_by=Side.CLIENT,
        starts_at=LATER,
        ends_at=LATER + HOUR,
        original_starts_at=NOON + DAY,
        created_at=START,
        asked_at=START,
        expires_at=START + 2 * DAY,
    )
    assert (await practice.booking(booking.id), await stored(practice, offer)) == (booking, offer)
    moved = await accept(practice, "ann", offer)
    assert moved == replace(
        booking,
        starts_at=LATER,
        ends_at=LATER + HOUR,
        busy_until=LATER + HOUR + 15 * MINUTE,
        wall_start="2026-11-05T13:00",
        sequence=booking.sequence + 1,
        version=booking.version + 1,
        client_reschedules=1,
    )
    assert await practice.booking(booking.id) == moved
    assert await stored(practice, offer) == replace(offer, status=ProposalStatus.ACCEPTED, version=2)
    assert (await practice.book("emil", NOON + DAY)).starts_at == NOON + DAY


async def test_turns_alternate_and_the_count_rises_for_whoever_began(practice: SmallPractice) -> None:
    booking = await approved(practice)
    offer = await propose(practice, "ann", booking)
    assert await refused(practice, "ann", "counter", offer, LATER_STILL) == "not_your_turn"
    offer = await counter(practice, "dora", offer, LATER_STILL)
    assert (offer.asked_by, offer.counters, offer.version) == (Side.CLIENT, 1, 2)
    assert await refused(practice, "dora", "accept", offer) == "not_your_turn"
    offer = await counter(practice, "ann", offer, LATER)
    offer = await counter(practice, "dora", offer, LATER_STILL)
    assert await refused(practice, "ann", "counter", offer, LATER) == "too_many_rounds"
    moved = await accept(practice, "ann", offer)
    assert (moved.starts_at, moved.client_reschedules, moved.counselor_reschedules) == (LATER_STILL, 0, 1)
    assert (moved.uid, moved.sequence) == (booking.uid, booking.sequence + 1)


@pytest.mark.parametrize(("opener", "answerer"), [("dora", "ann"), ("ann", "dora")])
async def test_an_agreement_about_a_request_confirms_it(
    practice: SmallPractice, opener: str, answerer: str
) -> None:
    asked = await practice.book()
    moved = await accept(practice, answerer, await propose(practice, opener, asked))
    assert (moved.status, moved.expires_at, moved.sequence) == (Status.CONFIRMED, None, 1)
    assert await practice.jobs(EXPIRE_REQUEST) == []


async def test_while_an_offer_is_open_nothing_else_is_decided(practice: SmallPractice) -> None:
    asked = await practice.book()
    await propose(practice, "dora", asked)
    bookings, ann = practice.core.bookings, practice.actor("ann")
    for answer in (bookings.approve(ann, asked.id, 2), bookings.decline(ann, asked.id, 2, "time")):
        with pytest.raises(Conflict, match=r"^proposal_open$"):
            await answer
    for who in ("dora", "ann"):
        with pytest.raises(Conflict, match=r"^proposal_open$"):
            await propose(practice, who, asked, LATER_STILL)
    assert await practice.booking(asked.id) == asked


async def test_the_deadline_of_a_request_pauses_while_another_time_is_on_offer(
    practice: SmallPractice,
) -> None:
    asked = await practice.book(start=NOON + 2 * DAY)
    await practice.clock.advance(20 * HOUR)
    offer = await propose(practice, "ann", asked, NOON + 3 * DAY)
    assert await practice.jobs(EXPIRE_REQUEST) == []
    await practice.clock.advance(10 * HOUR)
    assert await practice.core.bookings.expire(asked.id) is None
    kept = await practice.core.reschedules.keep_time(practice.actor("dora"), offer.id, offer.version)
    assert kept == replace(asked, expires_at=START + 34 * HOUR, version=3)
    (job,) = await practice.jobs(EXPIRE_REQUEST)
    assert job["due"] == START + 34 * HOUR
    await practice.clock.advance(4 * HOUR)
    await practice.run_due()
    assert (await practice.booking(asked.id)).status is Status.EXPIRED


async def test_a_paused_deadline_never_runs_beyond_the_start(practice: SmallPractice) -> None:
    asked = await practice.book(start=NOON)
    await practice.clock.advance(20 * HOUR)
    offer = await propose(practice, "dora", asked)
    assert offer.expires_at == NOON
    await practice.clock.advance(7 * HOUR)
    await practice.run_due()
    assert (await stored(practice, offer)).status is ProposalStatus.EXPIRED
    assert (await practice.booking(asked.id)).status is Status.EXPIRED


@pytest.mark.parametrize(("act", "who", "status"), [
    ("keep_time", "ann", ProposalStatus.REJECTED),
    ("withdraw", "dora", ProposalStatus.WITHDRAWN),
])  # fmt: skip
async def test_what_is_refused_or_taken_back_changes_nothing(
    practice: SmallPractice, act: str, who: str, status: ProposalStatus
) -> None:
    booking = await approved(practice)
    offer = await propose(practice, "dora", booking)
    other = "ann" if who == "dora" else "dora"
    assert await refused(practice, other, act, offer) == "not_your_turn"
    close = getattr(practice.core.reschedules, act)
    assert await close(practice.actor(who), offer.id, offer.version) == booking
    assert (await stored(practice, offer)).status is status
    assert await practice.jobs(EXPIRE_PROPOSAL) == []
    assert await refused(practice, who, act, offer) == "proposal_closed"
    assert (await propose(practice, "ann", booking)).opened_by is Side.COUNSELOR


async def test_only_so_many_moves_and_each_side_has_its_own(practice: SmallPractice) -> None:
    booking = await approved(practice)
    for day in (2, 3):
        booking = await accept(practice, "ann", await propose(practice, "dora", booking, NOON + day * DAY))
    with pytest.raises(Conflict, match=r"^no_moves_left$"):
        await propose(practice, "dora", booking, NOON + 4 * DAY)
    booking = await accept(practice, "dora", await propose(practice, "ann", booking, NOON + 4 * DAY))
    assert (booking.client_reschedules, booking.counselor_reschedules) == (2, 1)


async def test_each_side_has_its_own_cutoff(practice: SmallPractice) -> None:
    booking = await approved(practice, NOON)
    await practice.clock.advance(23 * HOUR)
    with pytest.raises(Conflict, match=r"^reschedule_cutoff$"):
        await propose(practice, "dora", booking)
    await practice.clock.advance(2 * HOUR - timedelta(microseconds=1))
    offer = await propose(practice, "ann", booking)
    assert (await stored(practice, offer)).expires_at == NOON
    await practice.core.reschedules.withdraw(practice.actor("ann"), offer.id, offer.version)
    await practice.clock.advance(timedelta(microseconds=1))
    with pytest.raises(Conflict, match=r"^reschedule_cutoff$"):
        await propose(practice, "ann", booking)


async def test_nobody_moves_a_session_to_where_it_is(practice: SmallPractice) -> None:
    booking = await approved(practice)
    with pytest.raises(Conflict, match=r"^same_time$"):
        await propose(practice, "dora", booking, booking.starts_at)
    offer = await propose(practice, "dora", booking)
    for start in (booking.starts_at, LATER):
        assert await refused(practice, "ann", "counter", offer, start) == "same_time"


async def test_only_free_times_are_taken(practice: SmallPractice) -> None:
    booking = await approved(practice)
    await practice.book("emil", LATER)
    await practice.book("dora", LATER_STILL + HOUR, counselor="ben")
    cases = {
        LATER: "slot_taken",
        LATER_STILL + HOUR: "client_busy",
        LATER + 10 * HOUR: "not_offered",
        START - DAY: "not_offered",
        START + 9999 * DAY: "not_offered",
    }
    for start, code in cases.items():
        for who in ("dora", "ann"):
            with pytest.raises(Conflict, match=rf"^{code}$"):
                await propose(practice, who, booking, start)
    assert await practice.rows(proposals) == []


async def test_the_booking_s_own_time_and_buffer_are_free_for_its_move(practice: SmallPractice) -> None:
    booking = await approved(practice)
    half_an_hour_on = booking.starts_at + 30 * MINUTE
    find = practice.core.move_times.between
    for who in ("dora", "ann"):
        free = await find(practice.actor(who), booking.id, booking.starts_at, booking.starts_at + 2 * HOUR)
        assert free[:2] == [half_an_hour_on, booking.starts_at + HOUR]
    moved = await accept(practice, "ann", await propose(practice, "dora", booking, half_an_hour_on))
    assert moved.starts_at == half_an_hour_on
    with pytest.raises(NotFound, match=r"^booking_not_found$"):
        await find(practice.actor("emil"), booking.id, START, LATER)


async def test_what_is_shown_as_free_is_what_may_be_offered(practice: SmallPractice) -> None:
    booking = await approved(practice)
    await practice.book("emil", LATER)
    await practice.book("dora", LATER + 3 * HOUR, counselor="ben")
    day = datetime.combine(LATER.date(), datetime.min.time(), LATER.tzinfo)
    steps = [day + number * 30 * MINUTE for number in range(48)]
    shown = await practice.core.move_times.between(practice.actor("ann"), booking.id, day, day + DAY)
    taken = []
    for start in steps:
        try:
            offer = await propose(practice, "ann", booking, start)
        except Conflict:
            continue
        await practice.core.reschedules.withdraw(practice.actor("ann"), offer.id, offer.version)
        taken.append(start)
    assert taken == shown


async def test_a_time_that_is_taken_meanwhile_is_refused_and_the_offer_stays_open(
    practice: SmallPractice,
) -> None:
    booking = await approved(practice)
    offer = await propose(practice, "dora", booking)
    other = await practice.book("emil", LATER)
    with pytest.raises(Conflict, match=r"^slot_taken$") as refusal:
        await accept(practice, "ann", offer)
    assert refusal.value.details == {"booking_id": booking.id}
    assert (await practice.booking(booking.id), await stored(practice, offer)) == (booking, offer)
    await practice.core.bookings.decline(practice.actor("ann"), other.id, other.version, "time")
    assert (await accept(practice, "ann", offer)).starts_at == LATER


async def test_a_client_who_is_busy_by_now_cannot_accept(practice: SmallPractice) -> None:
    booking = await approved(practice)
    offer = await propose(practice, "ann", booking)
    await practice.book("dora", LATER, counselor="ben")
    assert await refused(practice, "dora", "accept", offer) == "client_busy"
    assert await stored(practice, offer) == offer


async def test_holds_do_not_stand_in_the_way_of_what_is_agreed(practice: SmallPractice) -> None:
    booking = await approved(practice)
    offer = await propose(practice, "ann", booking)
    await practice.hold("emil", LATER)
    assert await refused(practice, "dora", "accept", offer) == "slot_taken"
    await practice.clock.advance(10 * MINUTE)
    await practice.hold("dora", LATER + 30 * MINUTE, counselor="ben")
    assert (await accept(practice, "dora", offer)).starts_at == LATER
    waiting = [job["payload"]["client"] for job in await practice.jobs(END_HOLD)]
    assert waiting == [practice.people["emil"].id]


async def test_a_hold_elsewhere_stays(practice: SmallPractice) -> None:
    booking = await approved(practice)
    offer = await propose(practice, "ann", booking)
    hold = await practice.hold("dora", LATER + 3 * HOUR, counselor="ben")
    await accept(practice, "dora", offer)
    assert await practice.booking(hold.id) == hold


async def test_an_offer_lapses_at_its_time_and_not_before(practice: SmallPractice) -> None:
    booking = await approved(practice, NOON + 4 * DAY)
    offer = await propose(practice, "dora", booking, NOON + 5 * DAY)
    await practice.clock.advance(2 * DAY - timedelta(microseconds=1))
    assert await practice.core.reschedules.expire(offer.id) is None
    await practice.clock.advance(timedelta(microseconds=1))
    assert await refused(practice, "ann", "accept", offer) == "proposal_expired"
    assert await practice.core.reschedules.expire(offer.id) == replace(
        offer, status=ProposalStatus.EXPIRED, version=2
    )
    assert await practice.core.reschedules.expire(offer.id) is None
    assert await practice.core.reschedules.expire(10**9) is None
    assert await practice.booking(booking.id) == booking


async def test_a_counter_begins_the_wait_anew(practice: SmallPractice) -> None:
    booking = await approved(practice, NOON + 6 * DAY)
    offer = await propose(practice, "dora", booking, NOON + 7 * DAY)
    await practice.clock.advance(DAY)
    offer = await counter(practice, "ann", offer, NOON + 8 * DAY)
    (job,) = await practice.jobs(EXPIRE_PROPOSAL)
    assert (job["due"], offer.expires_at) == (START + 3 * DAY, START + 3 * DAY)
    await practice.clock.advance(DAY)
    assert await practice.core.reschedules.expire(offer.id) is None


async def test_an_offer_is_answered_by_those_it_concerns_as_they_saw_it(practice: SmallPractice) -> None:
    booking = await approved(practice)
    offer = await propose(practice, "dora", booking)
    for who in ("emil", "ben"):
        assert await refused(practice, who, "accept", offer) == "booking_not_found"
    assert await refused(practice, "ada", "accept", offer) == "moved_on"
    with pytest.raises(NotFound, match=r"^booking_not_found$"):
        await practice.core.reschedules.accept(SYSTEM, offer.id, offer.version)
    assert await refused(practice, "ann", "accept", replace(offer, id=10**9)) == "proposal_not_found"
    countered = await counter(practice, "ann", offer, LATER_STILL)
    countered = await counter(practice, "dora", countered, LATER + 2 * HOUR)
    assert await refused(practice, "ann", "accept", offer) == "stale"
    await practice.core.reschedules.withdraw(practice.actor("dora"), countered.id, countered.version)
    newer = await propose(practice, "dora", booking, LATER_STILL)
    assert await refused(practice, "ann", "accept", countered) == "stale"
    assert (await accept(practice, "ann", newer)).starts_at == LATER_STILL


async def test_a_card_of_before_begins_no_negotiation(practice: SmallPractice) -> None:
    asked = await practice.book()
    await practice.core.bookings.approve(practice.actor("ann"), asked.id, asked.version)
    with pytest.raises(Conflict, match=r"^stale$"):
        await propose(practice, "dora", asked)


async def test_a_counselor_who_has_left_is_asked_for_no_other_time(practice: SmallPractice) -> None:
    booking = await approved(practice)
    await practice.set_counselor("ann", active=False)
    with pytest.raises(Conflict, match=r"^counselor_not_found$"):
        await propose(practice, "dora", booking)


async def test_reminders_follow_the_session(practice: SmallPractice) -> None:
    booking = await approved(practice)
    moved = await accept(practice, "ann", await propose(practice, "dora", booking))
    due = {(job["payload"]["hours"], job["due"]) for job in await reminders(practice)}
    assert due == {(24, LATER - DAY), (1, LATER - HOUR)}
    assert {job["payload"]["starts_at"] for job in await reminders(practice)} == {moved.starts_at.isoformat()}


async def reminders(practice: SmallPractice) -> list[dict[str, Any]]:
    return [job for job in await practice.jobs(NOTIFY) if job["payload"]["kind"] == "reminder"]


async def test_each_step_is_told_to_the_other_side(practice: SmallPractice) -> None:
    booking = await approved(practice, NOON + 6 * DAY)
    await practice.run_due()
    practice.messenger.sent.clear()
    offer = await propose(practice, "dora", booking)
    await practice.run_due()
    offer = await counter(practice, "ann", offer, LATER_STILL)
    await practice.run_due()
    await practice.core.reschedules.keep_time(practice.actor("dora"), offer.id, offer.version)
    await practice.run_due()
    offer = await propose(practice, "ann", booking)
    await practice.run_due()
    await practice.core.reschedules.withdraw(practice.actor("ann"), offer.id, offer.version)
    await practice.run_due()
    await propose(practice, "dora", booking)
    await practice.clock.advance(2 * DAY)
    await practice.run_due()
    await accept(practice, "ann", await propose(practice, "dora", booking, NOON + 5 * DAY))
    await practice.run_due()
    assert practice.messenger.messages() == [
        ("reschedule_requested", "Ann"),
        ("reschedule_countered", "Dora"),
        ("reschedule_rejected", "Ann"),
        ("reschedule_requested", "Dora"),
        ("reschedule_withdrawn", "Dora"),
        ("reschedule_requested", "Ann"),
        ("reschedule_expired", "Dora"),
        ("reschedule_expired", "Ann"),
        ("reschedule_accepted", "Dora"),
    ]


async def test_an_offer_that_has_been_answered_is_not_told_any_more(practice: SmallPractice) -> None:
    booking = await approved(practice)
    await practice.run_due()
    practice.messenger.sent.clear()
    offer = await propose(practice, "dora", booking)
    await counter(practice, "ann", offer, LATER_STILL)
    await practice.run_due()
    assert practice.messenger.messages() == [("reschedule_countered", "Dora")]


async def test_every_step_is_in_the_audit_trail_with_the_policies_in_force(practice: SmallPractice) -> None:
    booking = await approved(practice)
    await practice.set_policy(max_reschedules=5)
    offer = await counter(practice, "ann", await propose(practice, "dora", booking), LATER_STILL)
    await accept(practice, "dora", offer)
    ann, dora = practice.people["ann"].id, practice.people["dora"].id
    trail = (await practice.audit())[2:]
    assert [(each["actor_id"], each["action"]) for each in trail] == [
        (dora, "reschedule.requested"),
        (ann, "reschedule.countered"),
        (dora, "reschedule.accepted"),
    ]
    assert {each["booking_id"] for each in trail} == {booking.id}
    policy = trail[-1]["details"].pop("policy")
    assert policy["max_reschedules"] == 5
    assert len(policy) == len((await practice.practice()).policy.snapshot())
    assert trail[-1]["details"] == {
        "status": "confirmed",
        "version": booking.version + 1,
        "starts_at": LATER_STILL.isoformat(),
        "party": "client",
        "proposal": offer.id,
        "round": 1,
        "opened_by": "client",
        "asked_by": "counselor",
        "from": booking.starts_at.isoformat(),
        "to": LATER_STILL.isoformat(),
    }
