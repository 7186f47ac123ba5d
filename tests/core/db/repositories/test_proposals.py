"""Proposals as rows: kept whole, one open for each booking, never overwritten unseen."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from core.db.engine import Database
from core.db.uow import Store, UnitOfWork
from core.domain.booking import Booking
from core.domain.errors import Conflict, NotFound
from core.domain.policy import Policy
from core.domain.reschedule import Proposal, ProposalStatus, opened
from core.domain.side import Side
from tests.core.db.samples import HOUR, MADE, NOON, a_booking, fill, store_on

LATER = NOON + 30 * HOUR


@pytest.fixture
def store(database: Database) -> Store:
    return store_on(database)


@pytest.fixture
async def booking(store: Store) -> Booking:
    """A session that stands."""
    sample = await fill(store)
    async with store.write() as uow:
        return await uow.bookings.add(a_booking(sample))


@pytest.fixture
async def uow(store: Store, booking: Booking) -> AsyncIterator[UnitOfWork]:
    assert booking.id
    async with store.write() as uow:
        yield uow


def an_offer(booking: Booking, side: Side = Side.CLIENT) -> Proposal:
    return opened(booking, side, LATER, MADE, Policy())


async def test_what_is_kept_comes_back_whole(uow: UnitOfWork, booking: Booking) -> None:
    offer = await uow.proposals.add(an_offer(booking))
    assert offer == replace(an_offer(booking), id=offer.id)
    assert await uow.proposals.get(offer.id) == await uow.proposals.open_of(booking.id) == offer
    countered = offer.counter(Side.COUNSELOR, LATER + HOUR, MADE + timedelta(microseconds=1), Policy())
    assert await uow.proposals.save(countered) == countered
    assert await uow.proposals.get(offer.id) == countered


async def test_a_booking_has_one_open_at_most(uow: UnitOfWork, booking: Booking) -> None:
    assert await uow.proposals.open_of(booking.id) is None
    first = await uow.proposals.add(an_offer(booking))
    with pytest.raises(IntegrityError):
        async with uow.conn.begin_nested():
            await uow.proposals.add(an_offer(booking, Side.COUNSELOR))
    await uow.proposals.save(first.close(ProposalStatus.REJECTED))
    assert await uow.proposals.open_of(booking.id) is None
    second = await uow.proposals.add(an_offer(booking, Side.COUNSELOR))
    assert await uow.proposals.open_of(booking.id) == second
    assert second.id > first.id


async def test_a_change_of_what_has_changed_meanwhile_is_refused(uow: UnitOfWork, booking: Booking) -> None:
    offer = await uow.proposals.add(an_offer(booking))
    withdrawn = offer.close(ProposalStatus.WITHDRAWN)
    await uow.proposals.save(withdrawn)
    with pytest.raises(Conflict, match=r"^stale$") as refused:
        await uow.proposals.save(offer.close(ProposalStatus.ACCEPTED))
    assert refused.value.details == {"booking_id": booking.id}
    assert await uow.proposals.get(offer.id) == withdrawn


async def test_an_unknown_proposal_is_not_found(uow: UnitOfWork) -> None:
    with pytest.raises(NotFound, match=r"^proposal_not_found$"):
        await uow.proposals.get(10**9)
