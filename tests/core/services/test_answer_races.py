"""Two who act in the same moment: one wins, the other is told what is true."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from time import perf_counter

import pytest

from core.db.engine import Database
from core.db.uow import Store
from core.domain.access import Actor
from core.domain.booking import Booking, Status
from core.domain.cancellation import Reason
from core.domain.errors import Conflict
from core.domain.reschedule import Proposal, ProposalStatus
from core.ports.clock import FixedClock
from core.services.subscribers import publish
from core.services.use_cases import UseCases, use_cases
from tests.campaign import report, times
from tests.core.services.small_practice import DAY, HOUR, NOON, SmallPractice

ROUNDS = times(6, soak=1000)
LATER = NOON + 2 * DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring:
    """The two of one round, each with use cases and connections of their own, and what they fight over.

    `later` is a program whose clock has come to the end of the offer already.
    """

    dora: Actor
    ann: Actor
    hers: UseCases
    anns: UseCases
    later: UseCases
    booking: Booking
    offer: Proposal | None

    @property
    def open_offer(self) -> Proposal:
        """The offer of a round that has one."""
        assert self.offer is not None
        return self.offer


Act = Callable[[Ring], Awaitable[object]]


def accept(ring: Ring) -> Awaitable[object]:
    return ring.anns.reschedules.accept(ring.ann, ring.open_offer.id, 1)


def keep(ring: Ring) -> Awaitable[object]:
    return ring.anns.reschedules.keep_time(ring.ann, ring.open_offer.id, 1)


def counter(ring: Ring) -> Awaitable[object]:
    return ring.anns.reschedules.counter(ring.ann, ring.open_offer.id, 1, LATER + HOUR)


def accept_twice(ring: Ring) -> Awaitable[object]:
    return ring.hers.reschedules.accept(ring.ann, ring.open_offer.id, 1)


def withdraw(ring: Ring) -> Awaitable[object]:
    return ring.hers.reschedules.withdraw(ring.dora, ring.open_offer.id, 1)


def cancel(ring: Ring) -> Awaitable[object]:
    booking = ring.booking
    return ring.hers.cancellations.cancel(ring.dora, booking.id, booking.version, Reason.ILL)


def call_off(ring: Ring) -> Awaitable[object]:
    booking = ring.booking
    return ring.anns.cancellations.cancel(ring.ann, booking.id, booking.version, Reason.TIME)


def cancel_instead(ring: Ring) -> Awaitable[object]:
    return ring.hers.cancellations.cancel_instead(ring.dora, ring.open_offer.id, 1)


def take_back(ring: Ring) -> Awaitable[object]:
    return ring.anns.reschedules.withdraw(ring.ann, ring.open_offer.id, 1)


def expire(ring: Ring) -> Awaitable[object]:
    return ring.later.reschedules.expire(ring.open_offer.id)


def decline(ring: Ring) -> Awaitable[object]:
    return ring.hers.bookings.decline(ring.ann, ring.booking.id, ring.booking.version, "time")


def approve(ring: Ring) -> Awaitable[object]:
    return ring.anns.bookings.approve(ring.ann, ring.booking.id, ring.booking.version)


def propose(ring: Ring) -> Awaitable[object]:
    booking = ring.booking
    return ring.hers.reschedules.propose(ring.dora, booking.id, booking.version, LATER)


def suggest(ring: Ring) -> Awaitable[object]:
    booking = ring.booking
    return ring.anns.reschedules.propose(ring.ann, booking.id, booking.version, LATER + HOUR)


OPEN, ENDED = ProposalStatus.OPEN, ProposalStatus
CONFIRMED, PENDING, CANCELLED = Status.CONFIRMED, Status.PENDING, Status.CANCELLED
RACES: dict[str, tuple[str, dict[Act, tuple[Status, ProposalStatus | None]], set[str]]] = {
    "accept, withdraw": (
        "dora",
        {accept: (CONFIRMED, ENDED.ACCEPTED), withdraw: (PENDING, ENDED.WITHDRAWN)},
        {"proposal_closed"},
    ),
    "keep, withdraw": (
        "dora",
        {keep: (PENDING, ENDED.REJECTED), withdraw: (PENDING, ENDED.WITHDRAWN)},
        {"proposal_closed"},
    ),
    "counter, withdraw": (
        "dora",
        {counter: (PENDING, OPEN), withdraw: (PENDING, ENDED.WITHDRAWN)},
        {"not_your_turn", "proposal_closed"},
    ),
    "accept, cancel": (
        "dora",
        {accept: (CONFIRMED, ENDED.ACCEPTED), cancel: (CANCELLED, ENDED.CANCELLED)},
        {"stale", "moved_on"},
    ),
    "accept, counter": (
        "dora",
        {accept: (CONFIRMED, ENDED.ACCEPTED), counter: (PENDING, OPEN)},
        {"not_your_turn", "proposal_closed"},
    ),
    "accept, accept": (
        "dora",
        {accept: (CONFIRMED, ENDED.ACCEPTED), accept_twice: (CONFIRMED, ENDED.ACCEPTED)},
        {"proposal_closed"},
    ),
    "accept, expire": (
        "dora",
        {accept: (CONFIRMED, ENDED.ACCEPTED), expire: (PENDING, ENDED.EXPIRED)},
        {"proposal_closed"},
    ),
    "cancel instead, withdraw": (
        "ann",
        {cancel_instead: (CANCELLED, ENDED.CANCELLED), take_back: (PENDING, ENDED.WITHDRAWN)},
        {"moved_on", "proposal_closed"},
    ),
    "approve, decline": (
        "",
        {approve: (CONFIRMED, None), decline: (Status.DECLINED, None)},
        {"moved_on"},
    ),
    "approve, cancel": (
        "",
        {approve: (CONFIRMED, None), cancel: (CANCELLED, None)},
        {"stale", "moved_on"},
    ),
    "cancel, call off": (
        "",
        {cancel: (CANCELLED, None), call_off: (CANCELLED, None)},
        {"moved_on"},
    ),
    "propose, suggest": (
        "",
        {propose: (PENDING, OPEN), suggest: (PENDING, OPEN)},
        {"proposal_open"},
    ),
    "approve, suggest": (
        "",
        {approve: (CONFIRMED, None), suggest: (PENDING, OPEN)},
        {"stale", "proposal_open"},
    ),
}
"""Who has offered another time before, what each of two wins, and what the other is told."""


@pytest.fixture
async def elsewhere(practice: SmallPractice) -> AsyncIterator[UseCases]:
    """The same practice as another process has it."""
    other = Database(practice.database.url)
    yield use_cases(Store(other, publish), practice.clock)
    await other.close()


@pytest.fixture
def later(practice: SmallPractice) -> UseCases:
    """The same practice where the session's old time has come, and with it the end of an offer."""
    return use_cases(practice.store, FixedClock(NOON))


@pytest.mark.campaign
@pytest.mark.parametrize("race", RACES)
async def test_of_two_in_the_same_moment_one_wins(
    practice: SmallPractice, elsewhere: UseCases, later: UseCases, race: str
) -> None:
    offered, acts, told = RACES[race]
    begin, winners = perf_counter(), Counter[str]()
    for number in range(ROUNDS):
        ring = await enter(practice, elsewhere, later, offered)
        order = list(acts) if number % 2 else list(reversed(acts))
        ends = await asyncio.gather(*(act(ring) for act in order), return_exceptions=True)
        won = [act for act, end in zip(order, ends, strict=True) if has_won(end)]
        assert len(won) == 1, ends
        standing = await practice.booking(ring.booking.id)
        assert (standing.status, await newest_offer(practice, ring)) == acts[won[0]]
        for end in ends:
            if isinstance(end, BaseException):
                assert_told(end, told, standing)
        winners[won[0].__name__] += 1
        await leave(practice, standing)
    figures = ", ".join(f"{name} {count}" for name, count in sorted(winners.items()))
    seconds = perf_counter() - begin
    report(f"races {race} on {practice.database.dialect}: {ROUNDS} rounds, {figures}, {seconds:.1f} s")


def has_won(end: object) -> bool:
    """Neither refused nor, where nobody is there to be told, left with nothing to do."""
    return end is not None and not isinstance(end, BaseException)


def assert_told(refusal: BaseException, codes: set[str], standing: Booking) -> None:
    """Who lost is told why, and how the booking stands now."""
    assert isinstance(refusal, Conflict), refusal
    assert refusal.code in codes
    assert refusal.details["booking_id"] == standing.id
    assert refusal.details.get("status", standing.status) == standing.status


async def enter(practice: SmallPractice, elsewhere: UseCases, later: UseCases, offered: str) -> Ring:
    """A new request of dora's for tomorrow noon, perhaps with another time on offer."""
    booking = await practice.book()
    dora, offer = practice.actor("dora"), None
    if offered:
        propose = practice.core.reschedules.propose
        offer = await propose(practice.actor(offered), booking.id, booking.version, LATER)
    return Ring(
        dora=dora,
        ann=practice.actor("ann"),
        hers=practice.core,
        anns=elsewhere,
        later=later,
        booking=booking,
        offer=offer,
    )


async def newest_offer(practice: SmallPractice, ring: Ring) -> ProposalStatus | None:
    """How the negotiation about a booking stands, if there is one."""
    async with practice.store.read() as uow:
        if ring.offer is not None:
            return (await uow.proposals.get(ring.offer.id)).status
        standing = await uow.proposals.open_of(ring.booking.id)
    return standing.status if standing else None


async def leave(practice: SmallPractice, standing: Booking) -> None:
    """Make room for the next round."""
    if standing.active:
        ann = practice.actor("ann")
        await practice.core.cancellations.cancel(ann, standing.id, standing.version, Reason.OTHER)
