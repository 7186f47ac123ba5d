"""No-show reports in the database: one of a booking, guarded by their version."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.db.engine import Database
from core.db.uow import Store
from core.domain.errors import Conflict
from core.domain.no_show import Report
from core.domain.outcome import Outcome
from tests.core.db.samples import NOON, Sample, a_booking, fill, store_on

DAY = timedelta(days=1)


async def add(store: Store, sample: Sample, day: int) -> Report:
    """A report about a session some days after noon; the later the session, the earlier the report."""
    async with store.write() as uow:
        booking = await uow.bookings.add(a_booking(sample, NOON + day * DAY))
        report = Report(
            booking_id=booking.id,
            claim=Outcome.COUNSELOR_ABSENT,
            words="Nobody was there.",
            created_at=NOON + (90 - day) * DAY,
        )
        await uow.no_shows.add(report)
        return report


async def test_a_report_comes_back_as_it_was_kept_at_every_step(database: Database) -> None:
    store = store_on(database)
    sample = await fill(store)
    report = await add(store, sample, 0)
    steps = [report, report.unanswered()]
    steps.append(steps[-1].answered(Outcome.CLIENT_ABSENT, "I was there."))
    steps.append(steps[-1].decided(Outcome.TOOK_PLACE, sample.clients[1]))
    for step in steps:
        async with store.write() as uow:
            if step.version > 1:
                await uow.no_shows.save(step)
            assert await uow.no_shows.get(report.booking_id) == step


async def test_a_booking_has_one_report(database: Database) -> None:
    store = store_on(database)
    report = await add(store, await fill(store), 0)
    async with store.write() as uow:
        with pytest.raises(Conflict, match=r"^reported$"):
            await uow.no_shows.add(replace(report, words="Something else."))


async def test_only_the_next_version_is_stored(database: Database) -> None:
    store = store_on(database)
    report = await add(store, await fill(store), 0)
    async with store.write() as uow:
        await uow.no_shows.save(report.unanswered())
        with pytest.raises(Conflict, match=r"^stale$"):
            await uow.no_shows.save(report.answered(Outcome.TOOK_PLACE, ""))
        assert await uow.no_shows.get(report.booking_id) == report.unanswered()


async def test_only_disputes_wait_for_the_admin_the_oldest_first(database: Database) -> None:
    store = store_on(database)
    sample = await fill(store)
    reports = [await add(store, sample, day) for day in range(5)]
    disputed = [each.unanswered() for each in reports[1:]]
    decided = disputed[0].decided(Outcome.TOOK_PLACE, sample.clients[1])
    async with store.write() as uow:
        for each in (*disputed, decided):
            await uow.no_shows.save(each)
    async with store.read() as uow:
        assert await uow.no_shows.disputes() == 3
        found = await uow.no_shows.page(0, 2) + await uow.no_shows.page(2, 2)
    assert [(each.report, each.starts_at) for each in found] == [
        (disputed[3], NOON + 4 * DAY),
        (disputed[2], NOON + 3 * DAY),
        (disputed[1], NOON + 2 * DAY),
    ]
    assert {(each.client_name, each.counselor_name) for each in found} == {("Client 0", "Ann")}
