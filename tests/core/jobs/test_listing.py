"""An operator sees what waits, what runs, what was given up on and how late the queue is."""

from datetime import timedelta

from core.db.engine import Database
from core.jobs.claims import Claims
from core.jobs.listing import Gauges, gauges, list_dead, list_waiting
from core.ports.clock import OffsetClock
from tests.core.jobs.handlers import MakeRunner, Put, die


async def test_an_empty_queue_has_no_lag(database: Database, clock: OffsetClock) -> None:
    async with database.read() as conn:
        assert await gauges(conn, now=clock.now()) == Gauges(ready=0, running=0, dead=0, lag=timedelta())


async def test_gauges_count_what_is_due_and_not_what_is_to_come(
    database: Database, put: Put, clock: OffsetClock, make_runner: MakeRunner
) -> None:
    await put("dead")
    await make_runner(die).drain()
    await put("running", due=clock.now() - timedelta(hours=1))
    async with database.write() as conn:
        await Claims("one", timedelta(minutes=1)).claim(conn, now=clock.now(), room=1)
    await put("late", due=clock.now() - timedelta(minutes=5))
    await put("urgent", urgent=True)
    await put("to come", due=clock.now() + timedelta(days=1))
    async with database.read() as conn:
        found = await gauges(conn, now=clock.now())
    assert found == Gauges(ready=2, running=1, dead=1, lag=timedelta(minutes=5))


async def test_waiting_jobs_are_listed_as_they_will_run(
    database: Database, put: Put, clock: OffsetClock
) -> None:
    await put("running")
    async with database.write() as conn:
        await Claims("one", timedelta(minutes=1)).claim(conn, now=clock.now(), room=1)
    await put("later", due=clock.now() + timedelta(days=1))
    await put("sooner", due=clock.now() + timedelta(hours=1))
    await put("last", due=clock.now() + timedelta(days=2))
    async with database.read() as conn:
        lines = await list_waiting(conn, limit=3)
    assert [(line.key, line.running) for line in lines] == [
        ("running", True),
        ("sooner", False),
        ("later", False),
    ]


async def test_dead_jobs_are_listed_with_their_reason(
    database: Database, put: Put, make_runner: MakeRunner
) -> None:
    await put("a", "b")
    await make_runner(die).drain()
    await put("c")
    async with database.read() as conn:
        lines = await list_dead(conn, limit=10)
    assert [(line.key, line.error, line.attempts) for line in lines] == [
        ("a", "Permanent: no", 1),
        ("b", "Permanent: no", 1),
    ]
