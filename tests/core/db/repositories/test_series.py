"""Series in the database: what belongs to one, in order of time, and which proposals go together."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.db.engine import Database
from core.domain.booking import Status
from core.domain.errors import NotFound
from core.domain.policy import Policy
from core.domain.reschedule import ProposalStatus, opened
from core.domain.series import Rhythm
from core.domain.side import Side
from tests.core.db.samples import MADE, NOON, a_booking, fill, store_on

WEEK = timedelta(weeks=1)


async def test_a_series_has_its_bookings_in_order_of_time_whatever_became_of_them(database: Database) -> None:
    store = store_on(database)
    sample = await fill(store)
    async with store.write() as uow:
        number = await uow.series.add(Rhythm.FORTNIGHTLY, MADE)
        other = await uow.series.add(Rhythm.WEEKLY, MADE)
        later, sooner, elsewhere = [
            await uow.bookings.add(replace(a_booking(sample, start), series_id=series))
            for start, series in ((NOON + 2 * WEEK, number), (NOON, number), (NOON + WEEK, other))
        ]
        gone = await uow.bookings.save(sooner.move(Status.CANCELLED))
    async with store.read() as uow:
        assert await uow.series.bookings(number) == [gone, later]
    async with store.write() as uow:
        assert await uow.series.lock(number) == [gone, later]
        assert await uow.series.lock(other) == [elsewhere]
        with pytest.raises(NotFound, match="series_not_found"):
            await uow.series.lock(other + 1)


async def test_open_proposals_of_one_negotiation_are_found_from_any_of_them(database: Database) -> None:
    store = store_on(database)
    sample = await fill(store)
    async with store.write() as uow:
        bookings = [await uow.bookings.add(a_booking(sample, NOON + n * WEEK)) for n in range(3)]
        offers = [
            await uow.proposals.add(
                replace(
                    opened(each, Side.CLIENT, each.starts_at + WEEK / 2, MADE, Policy()),
                    together=bookings[0].id,
                )
            )
            for each in bookings[:2]
        ]
        alone = await uow.proposals.add(opened(bookings[2], Side.CLIENT, NOON + 4 * WEEK, MADE, Policy()))
        assert await uow.proposals.open_with(offers[0]) == offers
        assert await uow.proposals.open_with(offers[1]) == offers
        assert await uow.proposals.open_with(alone) == [alone]
        closed = await uow.proposals.save(offers[0].close(ProposalStatus.WITHDRAWN))
        assert await uow.proposals.open_with(closed) == offers[1:]
        closed_alone = await uow.proposals.save(alone.close(ProposalStatus.WITHDRAWN))
        assert await uow.proposals.open_with(closed_alone) == []
