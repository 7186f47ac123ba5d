"""Facts that have been carried out are known for a week; marks that come together share a commit."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import StatementError

from core.db.engine import Database
from core.db.tables.inbox import inbox
from core.jobs.queue import NewJob
from core.services.inbox import REMEMBERED
from tests.conftest import START
from tests.core.services.small_practice import SmallPractice

TELEGRAM = "telegram"


async def test_a_fact_is_known_once_it_has_been_carried_out(practice: SmallPractice) -> None:
    core = practice.core.inbox
    assert not await core.seen(TELEGRAM, "1")
    await core.finish(TELEGRAM, "1")
    await core.finish(TELEGRAM, "1")
    assert [await core.seen(TELEGRAM, "1"), await core.seen(TELEGRAM, "2")] == [True, False]
    assert not await core.seen("stripe", "1")


async def test_marks_that_come_together_are_committed_together(practice: SmallPractice) -> None:
    keys = [str(number) for number in range(60)]
    with counted_commits(practice.database) as commits:
        await asyncio.gather(*(practice.core.inbox.finish(TELEGRAM, key) for key in keys))
    assert len(commits) <= 2
    assert [await practice.core.inbox.seen(TELEGRAM, key) for key in keys] == [True] * 60


async def test_a_mark_that_comes_while_others_are_committed_is_committed_too(
    practice: SmallPractice,
) -> None:
    async def stream(name: str) -> None:
        for number in range(8):
            await practice.core.inbox.finish(TELEGRAM, f"{name}{number}")

    with counted_commits(practice.database) as commits:
        await asyncio.gather(*(stream(name) for name in "abcdefgh"))
    assert len(commits) < 32
    seen = [await practice.core.inbox.seen(TELEGRAM, f"{name}{at}") for name in "abcdefgh" for at in range(8)]
    assert seen == [True] * 64


async def test_the_same_fact_from_two_sides_at_once_is_kept_once(practice: SmallPractice) -> None:
    await asyncio.gather(*(practice.core.inbox.finish(TELEGRAM, "1") for _ in range(10)))
    async with practice.database.read() as conn:
        assert await conn.scalar(sa.select(sa.func.count()).select_from(inbox)) == 1


async def test_a_failure_reaches_everybody_who_waits_and_the_next_mark_works(
    practice: SmallPractice,
) -> None:
    async with practice.database.write() as conn:
        await conn.run_sync(inbox.drop)
    marks = (practice.core.inbox.finish(TELEGRAM, str(number)) for number in range(20))
    async with asyncio.timeout(10):
        results = await asyncio.gather(*marks, return_exceptions=True)
    assert [isinstance(each, sa.exc.DBAPIError) for each in results] == [True] * 20
    async with practice.database.write() as conn:
        await conn.run_sync(inbox.create)
    await practice.core.inbox.finish(TELEGRAM, "1")
    assert await practice.core.inbox.seen(TELEGRAM, "1")


async def test_one_who_no_longer_waits_holds_up_nobody(practice: SmallPractice) -> None:
    waiting = [asyncio.create_task(practice.core.inbox.finish(TELEGRAM, str(number))) for number in range(10)]
    await asyncio.sleep(0)
    waiting[3].cancel()
    async with asyncio.timeout(10):
        results = await asyncio.gather(*waiting, return_exceptions=True)
    assert [isinstance(each, asyncio.CancelledError) for each in results] == [at == 3 for at in range(10)]
    assert await practice.core.inbox.seen(TELEGRAM, "9")


@pytest.mark.parametrize(("age", "known"), [(REMEMBERED, True), (REMEMBERED + timedelta(seconds=1), False)])
async def test_a_fact_is_forgotten_after_a_week(practice: SmallPractice, age: timedelta, known: bool) -> None:
    await practice.core.inbox.finish(TELEGRAM, "1")
    await practice.clock.advance(age)
    await practice.core.inbox.finish(TELEGRAM, "2")
    await practice.core.inbox.forget_old()
    assert [await practice.core.inbox.seen(TELEGRAM, key) for key in ("1", "2")] == [known, True]


async def test_a_fact_is_kept_with_what_follows_from_it_or_not_at_all(practice: SmallPractice) -> None:
    follow = [NewJob(kind="paint", key="paint:1", due=START)]
    keep = practice.core.inbox.keep
    assert [await keep("vendor", "1", follow) for _ in range(3)] == [True, False, False]
    assert [job["key"] for job in await practice.jobs()] == ["paint:1"]
    assert await practice.core.inbox.seen("vendor", "1")
    broken = [NewJob(kind="paint", key="paint:2", due=START.replace(tzinfo=None))]
    with pytest.raises(StatementError, match="naive datetime refused"):
        await keep("vendor", "2", broken)
    assert not await practice.core.inbox.seen("vendor", "2")


async def test_of_many_deliveries_at_once_one_is_kept(practice: SmallPractice) -> None:
    follow = [NewJob(kind="paint", key="paint:1", due=START)]
    kept = await asyncio.gather(*(practice.core.inbox.keep("vendor", "1", follow) for _ in range(20)))
    assert sorted(kept) == [False] * 19 + [True]


@contextmanager
def counted_commits(database: Database) -> Iterator[list[object]]:
    """One entry for each commit of the writer meanwhile."""
    engine, commits = database._writer.sync_engine, list[object]()
    count = commits.append
    sa.event.listen(engine, "commit", count)
    try:
        yield commits
    finally:
        sa.event.remove(engine, "commit", count)
