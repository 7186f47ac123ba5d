"""Jobs enter and leave the queue with the caller's transaction, once for each key."""

from datetime import timedelta

import pytest

from core.db.engine import Database
from core.jobs.queue import NewJob, cancel_group, enqueue, retry_dead
from core.ports.clock import OffsetClock
from tests.core.jobs.handlers import MakeRunner, Put, Ran, Rows, die


async def test_a_job_is_kept_as_it_was_enqueued(put: Put, rows: Rows, clock: OffsetClock) -> None:
    due = clock.now() + timedelta(days=1)
    await put("k", payload={"booking": 7}, due=due, group="booking:7", lane="chat:3", max_attempts=4)
    wanted = ("note", "k", {"booking": 7}, due, due, "booking:7", "chat:3", 0, 4, None)
    columns = (
        "kind",
        "key",
        "payload",
        "due",
        "run_at",
        "group_name",
        "lane",
        "attempts",
        "max_attempts",
        "lease",
    )
    assert await rows(*columns) == [wanted]


async def test_enqueuing_nothing_is_allowed(database: Database, rows: Rows) -> None:
    async with database.write() as conn:
        await enqueue(conn, [])
    assert await rows("key") == []


async def test_a_rolled_back_transaction_enqueues_nothing(
    database: Database, clock: OffsetClock, rows: Rows
) -> None:
    async def enqueue_and_fail() -> None:
        async with database.write() as conn:
            await enqueue(conn, [NewJob(kind="note", key="k", due=clock.now())])
            raise LookupError

    with pytest.raises(LookupError):
        await enqueue_and_fail()
    assert await rows("key") == []


async def test_the_same_key_again_changes_nothing(put: Put, rows: Rows, clock: OffsetClock) -> None:
    await put("k", payload={"first": True})
    await put("k", "other", "k", payload={"first": False}, due=clock.now() + timedelta(days=1))
    assert await rows("key", "payload") == [("k", {"first": True}), ("other", {"first": False})]


async def test_the_key_of_a_dead_job_is_still_taken(put: Put, rows: Rows, make_runner: MakeRunner) -> None:
    await put("k")
    await make_runner(die).drain()
    await put("k")
    assert await rows("key", "state") == [("k", "dead")]


async def test_a_key_is_free_again_when_its_job_is_done(put: Put, ran: Ran, make_runner: MakeRunner) -> None:
    runner = make_runner(ran)
    for _ in range(2):
        await put("k")
        await runner.drain()
    assert ran.keys == ["k", "k"]


async def test_a_kept_key_stays_taken_after_its_job_is_done_for_that_long(
    put: Put, ran: Ran, make_runner: MakeRunner, rows: Rows, clock: OffsetClock
) -> None:
    runner = make_runner(ran)
    await put("k", keep=timedelta(days=7), payload={"a": 1}, group="g", lane="l")
    await runner.drain()
    assert await rows("key", "state", "payload", "lane") == [("k", "done", {}, None)]
    await clock.advance(timedelta(days=6))
    await put("k", keep=timedelta(days=7))
    await runner.drain()
    assert ran.keys == ["k"]
    await clock.advance(timedelta(days=1))
    await runner.drain()
    assert await rows("key") == []
    await put("k")
    await runner.drain()
    assert ran.keys == ["k", "k"]


async def test_a_group_is_cancelled_whole_and_alone(database: Database, put: Put, rows: Rows) -> None:
    await put("a", "b", group="booking:7")
    await put("c", group="booking:77")
    await put("d")
    async with database.write() as conn:
        await cancel_group(conn, "booking:7")
    assert await rows("key") == [("c",), ("d",)]


async def test_dead_jobs_are_cancelled_with_their_group(
    database: Database, put: Put, rows: Rows, make_runner: MakeRunner
) -> None:
    await put("a", group="booking:7")
    await make_runner(die).drain()
    async with database.write() as conn:
        await cancel_group(conn, "booking:7")
    assert await rows("key") == []


async def test_a_rolled_back_cancellation_keeps_the_jobs(database: Database, put: Put, rows: Rows) -> None:
    async def cancel_and_fail() -> None:
        async with database.write() as conn:
            await cancel_group(conn, "booking:7")
            raise LookupError

    await put("a", group="booking:7")
    with pytest.raises(LookupError):
        await cancel_and_fail()
    assert await rows("key") == [("a",)]


async def test_a_group_may_be_cancelled_and_enqueued_anew_in_one_transaction(
    database: Database, put: Put, rows: Rows, clock: OffsetClock
) -> None:
    await put("reminder", group="booking:7")
    later = clock.now() + timedelta(hours=1)
    async with database.write() as conn:
        await cancel_group(conn, "booking:7")
        await enqueue(conn, [NewJob(kind="note", key="reminder", due=later, group="booking:7")])
    assert await rows("key", "due") == [("reminder", later)]


async def test_a_dead_job_may_be_retried_with_all_its_attempts(
    database: Database, put: Put, rows: Rows, make_runner: MakeRunner, ran: Ran, clock: OffsetClock
) -> None:
    await put("k", max_attempts=1)
    await make_runner(die).drain()
    ((job_id,),) = await rows("id")
    async with database.write() as conn:
        assert await retry_dead(conn, job_id, now=clock.now())
    assert await rows("state", "attempts") == [("ready", 0)]
    async with database.write() as conn:
        assert not await retry_dead(conn, job_id, now=clock.now())
        assert not await retry_dead(conn, job_id + 1, now=clock.now())
    await make_runner(ran).drain()
    assert ran.keys == ["k"]
