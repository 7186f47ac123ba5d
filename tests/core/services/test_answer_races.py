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
from core.services.subscribers import publish
from core.services.use_cases import UseCases, use_cases
from tests.campaign import report, times
from tests.core.services.small_practice import DAY, HOUR, NOON, SmallPractice

ROUNDS = times(6, soak=1000)
LATER = NOON + 2 * DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring:
    """The two of one round, each with use cases and connections of their own, and what they fight over."""

    dora: Actor
    ann: Actor
    hers: UseCases
    anns: UseCases
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


def withdraw(ring: Ring) -> Awaitable[object]:
    return ring.hers.reschedules.withdraw(ring.dora, ring.open_offer.id, 1)


def cancel(ring: Ring) -> Awaitable[object]:
    booking = ring.booking
    return ring.hers.cancellations.cancel(ring.dora, booking.id, booking.version, Reason.ILL)


def call_off(ring: Ring) -> Awaitable[object]:
    booking = ring.booking
    return ring.anns.cancellations.cancel(ring.ann, booking.id, booking.version, Reason.TIME)


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
RACES: dict[str, tuple[bool, dict[Act, tuple[Status, ProposalStatus | None]], set[str]]] = {
    "accept, withdraw": (
        True,
        {accept: (CONFIRMED, ENDED.ACCEPTED), withdraw: (PENDING, ENDED.WITHDRAWN)},
        {"proposal_closed"},
    ),
    "keep, withdraw": (
        True,
        {keep: (PENDING, ENDED.REJECTED), withdraw: (PENDING, ENDED.WITHDRAWN)},
        {"proposal_closed"},
    ),
    "counter, withdraw": (
        True,
        {counter: (PENDING, OPEN), withdraw: (PENDING, ENDED.WITHDRAWN)},
        {"not_your_turn", "proposal_closed"},
    ),
    "accept, cancel": (
        True,
        {accept: (CONFIRMED, ENDED.ACCEPTED), cancel: (CANCELLED, ENDED.CANCELLED)},
        {"stale", "moved_on"},
    ),
    "accept, counter": (
        True,
        {accept: (CONFIRMED, ENDED.ACCEPTED), counter: (PENDING, OPEN)},
        {"not_your_turn", "proposal_closed"},
    ),
    "approve, cancel": (
        False,
        {approve: (CONFIRMED, None), cancel: (CANCELLED, None)},
        {"stale", "moved_on"},
    ),
    "cancel, call off": (
        False,
        {cancel: (CANCELLED, None), call_off: (CANCELLED, None)},
        {"moved_on"},
    ),
    "propose, suggest": (
        False,
        {propose: (PENDING, OPEN), suggest: (PENDING, OPEN)},
        {"proposal_open"},
    ),
    "approve, suggest": (
        False,
        {approve: (CONFIRMED, None), suggest: (PENDING, OPEN)},
        {"stale", "proposal_open"},
    ),
}
"""Whether dora has offered another time before, what each of two wins, and what the other is told."""


@pytest.fixture
async def elsewhere(practice: SmallPractice) -> AsyncIterator[UseCases]:
    """The same practice as another process has it."""
    other = Database(practice.database.url)
    yield use_cases(Store(other, publish), practice.clock)
    await other.close()


@pytest.mark.campaign
@pytest.mark.parametrize("race", RACES)
async def test_of_two_in_the_same_moment_one_wins(
    practice: SmallPractice, elsewhere: UseCases, race: str
) -> None:
    offered, acts, told = RACES[race]
    begin, winners = perf_counter(), Counter[str]()
    for number in range(ROUNDS):
        ring = await enter(practice, elsewhere, offered=offered)
        order = list(acts) if number % 2 else list(reversed(acts))
        ends = await asyncio.gather(*(act(ring) for act in order), return_exceptions=True)
        won = [act for act, end in zip(order, ends, strict=True) if not isinstance(end, BaseException)]
        lost = [end for end in ends if isinstance(end, BaseException)]
        assert len(won) == 1, ends
        assert isinstance(lost[0], Conflict), lost
        assert lost[0].code in told
        standing = await practice.booking(ring.booking.id)
        assert (standing.status, await newest_offer(practice, ring)) == acts[won[0]]
        assert lost[0].details["booking_id"] == standing.id
        assert lost[0].details.get("status", standing.status) == standing.status
        winners[won[0].__name__] += 1
        await leave(practice, standing)
    figures = ", ".join(f"{name} {count}" for name, count in sorted(winners.items()))
    seconds = perf_counter() - begin
    report(f"races {race} on {practice.database.dialect}: {ROUNDS} rounds, {figures}, {seconds:.1f} s")


async def enter(practice: SmallPractice, elsewhere: UseCases, *, offered: bool) -> Ring:
    """A new request of dora's for tomorrow noon, perhaps with another time on offer."""
    booking = await practice.book()
    dora, offer = practice.actor("dora"), None
    if offered:
        propose = practice.core.reschedules.propose
        offer = await propose(dora, booking.id, booking.version, LATER)
    return Ring(
        dora=dora, ann=practice.actor("ann"), hers=practice.core, anns=elsewhere, booking=booking, offer=offer
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
