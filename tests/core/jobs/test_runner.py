"""Every job runs when it is due, in its lane's order, until it is done or given up on."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from core.db.engine import Database
from core.db.errors import DatabaseUnavailable
from core.jobs.job import Job, Permanent, RetryLater
from core.jobs.queue import NewJob, cancel_group, enqueue
from core.jobs.table import jobs
from core.ports.clock import OffsetClock
from tests.core.jobs.handlers import Failing, Held, MakeRunner, Put, Ran, Rows, running

SECOND = timedelta(seconds=1)


async def test_a_due_job_is_carried_out_with_its_payload_and_gone(
    put: Put, rows: Rows, make_runner: MakeRunner
) -> None:
    seen: list[Job] = []

    async def handler(job: Job) -> None:
        seen.append(job)

    await put("k", payload={"booking": 7})
    assert await make_runner(handler).drain() == 1
    assert [(job.kind, job.key, job.payload, job.attempt) for job in seen] == [
        ("note", "k", {"booking": 7}, 1)
    ]
    assert await rows("key") == []


async def test_a_job_waits_for_its_time(
    put: Put, ran: Ran, make_runner: MakeRunner, clock: OffsetClock
) -> None:
    runner = make_runner(ran)
    await put("k", due=clock.now() + timedelta(hours=24))
    await clock.advance(timedelta(hours=24) - timedelta(microseconds=1))
    assert await runner.drain() == 0
    await clock.advance(timedelta(microseconds=1))
    assert await runner.drain() == 1
    assert ran.keys == ["k"]


async def test_a_running_runner_is_woken_by_a_commit(put: Put, ran: Ran, make_runner: MakeRunner) -> None:
    async with running(make_runner(ran)):
        await asyncio.sleep(0.05)
        await put("k")
        await ran.until(1)


async def test_a_running_runner_is_woken_when_the_clock_is_moved_on(
    put: Put, ran: Ran, make_runner: MakeRunner, clock: OffsetClock
) -> None:
    await put("k", due=clock.now() + timedelta(hours=24))
    async with running(make_runner(ran)):
        await asyncio.sleep(0.05)
        assert ran.keys == []
        await clock.advance(timedelta(hours=24))
        await ran.until(1)


async def test_without_being_woken_a_runner_looks_now_and_then(
    database: Database, put: Put, ran: Ran, make_runner: MakeRunner
) -> None:
    other = Database(database.url)
    async with running(make_runner(ran, database=other, poll=timedelta(milliseconds=20))):
        await put("k")
        await ran.until(1)
    await other.close()


async def test_draining_carries_out_what_jobs_enqueue(
    database: Database, put: Put, make_runner: MakeRunner, clock: OffsetClock
) -> None:
    seen: list[str] = []

    async def handler(job: Job) -> None:
        seen.append(job.key)
        if len(seen) < 5:
            async with database.write() as conn:
                await enqueue(conn, [NewJob(kind="note", key=f"{job.key}+", due=clock.now())])

    await put("k")
    assert await make_runner(handler).drain() == 5
    assert seen == ["k", "k+", "k++", "k+++", "k++++"]


async def test_draining_waits_for_what_a_running_runner_has_begun(
    put: Put, rows: Rows, make_runner: MakeRunner
) -> None:
    held = Held()
    runner = make_runner(held)
    await put("k")
    async with running(runner):
        await held.begun.wait()
        draining = asyncio.create_task(runner.drain())
        await asyncio.sleep(0.1)
        assert not draining.done()
        held.go_on.set()
        await draining
        assert await rows("key") == []


async def test_urgent_jobs_are_taken_first_then_the_earlier_due(
    put: Put, ran: Ran, make_runner: MakeRunner, clock: OffsetClock
) -> None:
    await put("later", due=clock.now() - SECOND)
    await put("earlier", due=clock.now() - 2 * SECOND)
    await put("urgent", urgent=True)
    await make_runner(ran).drain()
    assert ran.keys == ["urgent", "earlier", "later"]


async def test_a_lane_runs_in_the_order_of_due_times_and_then_of_enqueuing(
    put: Put, ran: Ran, make_runner: MakeRunner, clock: OffsetClock
) -> None:
    await put("c", "d", "e", lane="chat:1")
    await put("b", lane="chat:1", due=clock.now() - SECOND)
    await put("a", lane="chat:1", due=clock.now() - 2 * SECOND)
    async with running(make_runner(ran)):
        await ran.until(5)
    assert ran.keys == ["a", "b", "c", "d", "e"]


async def test_a_lane_never_has_two_jobs_running_and_lanes_run_beside_each_other(
    put: Put, make_runner: MakeRunner
) -> None:
    busy: dict[str, int] = {}
    most: dict[str, int] = {}
    together = 0

    async def handler(job: Job) -> None:
        nonlocal together
        lane = job.payload["lane"]
        busy[lane] = busy.get(lane, 0) + 1
        most[lane] = max(most.get(lane, 0), busy[lane])
        together = max(together, sum(busy.values()))
        await asyncio.sleep(0.005)
        busy[lane] -= 1
        if job.key == "end":
            ended.set()

    ended = asyncio.Event()
    for number in range(5):
        for lane in ("a", "b", "c"):
            await put(f"{lane}{number}", lane=lane, payload={"lane": lane})
    await put("end", lane="a", payload={"lane": "a"})
    async with running(make_runner(handler), make_runner(handler)):
        await asyncio.wait_for(ended.wait(), 20)
    assert most == {"a": 1, "b": 1, "c": 1}
    assert together > 1


async def test_a_job_that_must_be_retried_holds_up_its_lane_only(
    put: Put, ran: Ran, make_runner: MakeRunner, clock: OffsetClock
) -> None:
    patience = Failing(RetryLater(timedelta(seconds=30)))

    async def handler(job: Job) -> None:
        if job.key == "first":
            await patience(job)
        await ran(job)

    runner = make_runner(handler)
    await put("first", "second", lane="chat:1")
    await put("other", lane="chat:2")
    await runner.drain()
    assert ran.keys == ["other"]
    await clock.advance(30 * SECOND)
    await runner.drain()
    assert ran.keys == ["other", "first", "second"]


async def test_a_lane_goes_on_when_the_job_in_front_is_done_at_last(
    put: Put, make_runner: MakeRunner, clock: OffsetClock
) -> None:
    seen: list[tuple[str, int]] = []

    async def handler(job: Job) -> None:
        seen.append((job.key, job.attempt))
        if job.key == "first" and job.attempt < 3:
            raise OSError("not yet")

    runner = make_runner(handler)
    await put("first", "second", lane="chat:1")
    for _ in range(3):
        await runner.drain()
        await clock.advance(timedelta(minutes=1))
    assert seen == [("first", 1), ("first", 2), ("first", 3), ("second", 1)]


async def test_a_dead_job_does_not_hold_up_its_lane(
    put: Put, ran: Ran, rows: Rows, make_runner: MakeRunner
) -> None:
    async def handler(job: Job) -> None:
        if job.key == "first":
            raise Permanent("no")
        await ran(job)

    await put("first", "second", lane="chat:1")
    await make_runner(handler).drain()
    assert ran.keys == ["second"]
    assert await rows("key", "state", "last_error") == [("first", "dead", "Permanent: no")]


async def test_a_future_job_does_not_hold_up_its_lane(
    put: Put, ran: Ran, make_runner: MakeRunner, clock: OffsetClock
) -> None:
    await put("reminder", lane="chat:1", due=clock.now() + timedelta(days=1))
    await put("now", lane="chat:1")
    await make_runner(ran).drain()
    assert ran.keys == ["now"]


async def test_a_failing_job_is_tried_again_after_longer_and_longer_waits(
    put: Put, rows: Rows, make_runner: MakeRunner, clock: OffsetClock
) -> None:
    failing = Failing(*(OSError("down") for _ in range(7)))
    runner = make_runner(failing)
    await put("k")
    waits = []
    for _ in range(7):
        await runner.drain()
        ((run_at, state, error),) = await rows("run_at", "state", "last_error")
        assert (state, error) == ("ready", "OSError: down")
        waits.append((run_at - clock.now()) / SECOND)
        await clock.advance(run_at - clock.now())
    assert waits == [10, 20, 40, 80, 160, 300, 300]
    await runner.drain()
    assert failing.attempts == [1, 2, 3, 4, 5, 6, 7, 8]
    assert await rows("key") == []


async def test_a_job_is_dead_after_its_last_attempt(
    put: Put, rows: Rows, make_runner: MakeRunner, clock: OffsetClock
) -> None:
    failing = Failing(OSError("one"), OSError("two"), OSError("three"))
    runner = make_runner(failing)
    await put("k", max_attempts=2)
    for _ in range(3):
        await runner.drain()
        await clock.advance(timedelta(hours=1))
    assert failing.attempts == [1, 2]
    assert await rows("state", "last_error") == [("dead", "OSError: two")]


async def test_what_cannot_be_helped_is_dead_at_once(put: Put, rows: Rows, make_runner: MakeRunner) -> None:
    await put("k")
    await make_runner(Failing(Permanent("chat not found"))).drain()
    assert await rows("state", "attempts", "last_error") == [("dead", 1, "Permanent: chat not found")]


@pytest.mark.parametrize(
    ("error", "wait"),
    [
        (RetryLater(timedelta(seconds=77)), timedelta(seconds=77)),
        (RetryLater(timedelta()), timedelta(seconds=1)),
        (DatabaseUnavailable("gone"), timedelta(seconds=10)),
    ],
)
async def test_being_asked_for_patience_is_no_failed_attempt(
    put: Put, rows: Rows, make_runner: MakeRunner, clock: OffsetClock, error: Exception, wait: timedelta
) -> None:
    runner = make_runner(Failing(*(error for _ in range(5))))
    await put("k", max_attempts=1)
    for _ in range(5):
        await runner.drain()
        assert await rows("state", "attempts", "run_at") == [("ready", 0, clock.now() + wait)]
        await clock.advance(wait)
    await runner.drain()
    assert await rows("key") == []


async def test_an_unknown_kind_is_left_for_a_process_that_knows_it(
    put: Put, rows: Rows, ran: Ran, make_runner: MakeRunner, clock: OffsetClock
) -> None:
    older, newer = make_runner(handlers={"note": ran}), make_runner(handlers={"note": ran, "new": ran})
    await put("k", kind="new", max_attempts=1)
    await older.drain()
    assert await rows("state", "attempts", "last_error") == [("ready", 0, "UnknownKind: no handler for new")]
    assert await newer.drain() == 0
    await clock.advance(30 * SECOND)
    assert await newer.drain() == 1


async def test_a_handler_that_takes_too_long_is_ended_and_tried_again(
    put: Put, rows: Rows, make_runner: MakeRunner
) -> None:
    await put("k")
    await make_runner(Held(), timeout=timedelta(milliseconds=20)).drain()
    assert await rows("state", "attempts", "last_error") == [("ready", 1, "TimeoutError: ")]


async def test_a_timeout_longer_than_the_lease_is_refused(make_runner: MakeRunner, ran: Ran) -> None:
    with pytest.raises(ValueError, match="timeout"):
        make_runner(ran, timeout=timedelta(seconds=60), lease=timedelta(seconds=60))


async def test_a_job_cancelled_while_it_runs_is_not_retried_and_its_key_is_free(
    database: Database, put: Put, rows: Rows, make_runner: MakeRunner, clock: OffsetClock
) -> None:
    held = Held(OSError("down"))
    await put("k", group="booking:7")
    async with running(make_runner(held)):
        await held.begun.wait()
        async with database.write() as conn:
            await cancel_group(conn, "booking:7")
        assert await rows("state") == [("cancelled",)]
        await put("k", due=clock.now() + timedelta(days=1))
        held.go_on.set()
    assert await rows("key", "state") == [("k", "ready")]


async def test_a_job_cancelled_while_it_runs_holds_its_lane_until_it_ends(
    database: Database, put: Put, rows: Rows, make_runner: MakeRunner
) -> None:
    held = Held()
    await put("first", "second", lane="chat:1", group="g")
    await put("third", lane="chat:1")
    async with running(make_runner(held)):
        await held.begun.wait()
        async with database.write() as conn:
            await cancel_group(conn, "g")
        await put("wake")
        await asyncio.sleep(0.1)
        assert held.keys == ["first", "wake"]
        held.go_on.set()
        await held.until(3)
    assert held.keys == ["first", "wake", "third"]
    assert await rows("key") == []


async def test_stopping_waits_for_what_runs_and_begins_nothing_new(
    put: Put, rows: Rows, make_runner: MakeRunner
) -> None:
    held = Held()
    runner = make_runner(held, concurrency=1)
    await put("first", "second")
    task = asyncio.create_task(runner.run())
    await held.begun.wait()
    runner.stop()
    await asyncio.sleep(0.05)
    assert not task.done()
    held.go_on.set()
    await asyncio.wait_for(task, 20)
    assert held.keys == ["first"]
    assert await rows("key", "lease") == [("second", None)]


async def test_stopping_does_not_wait_for_ever(put: Put, rows: Rows, make_runner: MakeRunner) -> None:
    held = Held()
    runner = make_runner(held, grace=timedelta(milliseconds=50))
    await put("k")
    task = asyncio.create_task(runner.run())
    await held.begun.wait()
    runner.stop()
    await asyncio.wait_for(task, 20)
    assert await rows("key", "state", "attempts") == [("k", "ready", 1)]


@pytest.mark.parametrize(("ack_at_once", "left"), [(set(), [("k",)]), ({"note"}, [])])
async def test_an_outcome_that_must_not_be_lost_is_recorded_at_once(
    put: Put, rows: Rows, ran: Ran, make_runner: MakeRunner, ack_at_once: set[str], left: list[Any]
) -> None:
    runner = make_runner(ran, ack_at_once=ack_at_once)
    await put("k")
    ((job,), _) = await runner._exchange(1)
    await runner._carry_out(job)
    assert await rows("key") == left
    await runner.drain()
    assert (await rows("key"), ran.keys) == ([], ["k"])


async def test_a_lease_that_runs_out_while_the_machine_sleeps_starts_no_second_run(
    database: Database, put: Put, rows: Rows, make_runner: MakeRunner
) -> None:
    held = Held()
    await put("k")
    async with running(make_runner(held)):
        await held.begun.wait()
        async with database.write() as conn:
            await conn.execute(sa.update(jobs).values(leased_until=datetime(2000, 1, 1, tzinfo=UTC)))
        await put("wake")
        await held.until(2)
        held.go_on.set()
    assert held.keys == ["k", "wake"]
    assert await rows("key") == []


async def test_a_handler_whose_runs_never_end_is_given_up_on(
    put: Put, rows: Rows, ran: Ran, make_runner: MakeRunner
) -> None:
    held = Held()
    await put("k", max_attempts=1)
    killed = make_runner(held, lease=timedelta(milliseconds=200), timeout=timedelta(milliseconds=100))
    task = asyncio.create_task(killed.run())
    await held.begun.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await asyncio.sleep(0.25)
    assert await make_runner(ran).drain() == 1
    assert ran.keys == []
    ((state, error),) = await rows("state", "last_error")
    assert state == "dead"
    assert error.startswith("Permanent: given up")
