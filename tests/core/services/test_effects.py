"""The table of jobs: every kind has its handler, and the hourly tidying plans itself."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from core.db.tables.bookings import bookings
from core.db.tables.drafts import drafts
from core.db.tables.inbox import inbox
from core.domain.booking import Status
from core.services.effects import HOUSEKEEPING, SENDING, plan_housekeeping
from core.services.hold import END_HOLD
from core.services.programs import NUDGE_LATER
from core.services.subscribers import EXPIRE_REQUEST, NOTIFY
from tests.conftest import START
from tests.core.services.small_practice import DAY, HOUR, MINUTE, SmallPractice, as_job, on_sqlite


@on_sqlite
async def test_every_kind_that_is_enqueued_has_a_handler(practice: SmallPractice) -> None:
    assert {NOTIFY, NUDGE_LATER, END_HOLD, EXPIRE_REQUEST, HOUSEKEEPING} <= set(practice.handlers())
    assert set(practice.handlers()) >= SENDING


async def test_a_request_s_deadline_is_carried_out_by_its_job(practice: SmallPractice) -> None:
    asked = await practice.book()
    job = await practice.claimed(EXPIRE_REQUEST)
    await practice.handlers()[EXPIRE_REQUEST](job)
    assert (await practice.booking(asked.id)).status is Status.PENDING
    await practice.clock.advance(DAY)
    for _ in range(2):
        await practice.handlers()[EXPIRE_REQUEST](job)
    assert (await practice.booking(asked.id)).status is Status.EXPIRED


async def test_the_next_tidying_is_planned_once_for_the_next_full_hour(practice: SmallPractice) -> None:
    await practice.clock.advance(59 * MINUTE + timedelta(seconds=59))
    for _ in range(3):
        await plan_housekeeping(practice.store, practice.clock)
    assert [(job["key"], job["due"]) for job in await practice.jobs()] == [
        ("housekeeping:20261102T10", START + HOUR)
    ]
    await practice.clock.advance(timedelta(seconds=1))
    await plan_housekeeping(practice.store, practice.clock)
    assert [job["due"] for job in await practice.jobs()] == [START + HOUR, START + 2 * HOUR]


async def test_tidying_up_drops_what_is_old_and_comes_again(practice: SmallPractice) -> None:
    await practice.hold()
    await practice.core.inbox.finish("telegram", "1")
    await practice.core.drafts.start(practice.actor("dora"), {})
    await plan_housekeeping(practice.store, practice.clock)
    await practice.clock.advance(31 * DAY)
    await practice.run_due()
    for table in (bookings, inbox, drafts):
        async with practice.database.read() as conn:
            assert await conn.scalar(sa.select(sa.func.count()).select_from(table)) == 0
    (job,) = await practice.jobs()
    assert (job["kind"], job["due"]) == (HOUSEKEEPING, START + 31 * DAY + HOUR)


async def test_tidying_that_failed_has_planned_the_next_all_the_same(practice: SmallPractice) -> None:
    await plan_housekeeping(practice.store, practice.clock)
    (row,) = await practice.jobs(HOUSEKEEPING)
    await practice.clock.advance(HOUR)
    async with practice.database.write() as conn:
        await conn.run_sync(inbox.drop)
    with pytest.raises(sa.exc.DBAPIError):
        await practice.handlers()[HOUSEKEEPING](as_job(row))
    assert [job["due"] for job in await practice.jobs(HOUSEKEEPING)] == [START + HOUR, START + 2 * HOUR]
