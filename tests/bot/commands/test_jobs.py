"""`confer jobs`: what waits, what was given up on, and another try."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.db.engine import Database
from core.jobs.job import Job, Permanent
from core.jobs.queue import NewJob, enqueue
from core.jobs.runner import Runner
from core.ports.clock import SystemClock
from tests.bot.commands.process import Confer

DUE = datetime.now(UTC).replace(microsecond=0)
LATER = DUE + timedelta(days=400)


async def refuse(_job: Job) -> None:
    raise Permanent("this cannot be done")


@pytest.fixture
async def url(sqlite_database: Database, database_file: Path) -> str:
    """A database with a job that was given up on and one for later."""
    new = [
        NewJob(kind="paint", key="paint:1", due=DUE, payload={"colour": "secret red"}),
        NewJob(kind="sing", key="sing:1", due=LATER),
    ]
    async with sqlite_database.write() as conn:
        await enqueue(conn, new)
    assert await Runner(sqlite_database, {"paint": refuse}, SystemClock()).drain() == 1
    return f"sqlite:///{database_file}"


async def test_what_waits(confer: Confer, url: str) -> None:
    ended = await confer("jobs", database_url=url)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines() == [
        "due: 0, running: 0, dead: 1",
        f"2  sing  sing:1  {LATER:%Y-%m-%d %H:%M:%S} UTC  attempt 0 of 10",
    ]


async def test_what_was_given_up_on_and_why_but_not_what_was_in_it(confer: Confer, url: str) -> None:
    ended = await confer("jobs", "dead", database_url=url)
    assert (ended.code, ended.err) == (0, "")
    head, reason = ended.out.splitlines()
    assert (head[:18], head[-15:]) == ("1  paint  paint:1 ", "attempt 1 of 10")
    assert reason.endswith("this cannot be done")
    assert "secret red" not in ended.out


async def test_another_try(confer: Confer, url: str) -> None:
    again = await confer("jobs", "retry", 1, database_url=url)
    assert (again.code, again.out, again.err) == (0, "job 1 runs again\n", "")
    listed = await confer("jobs", database_url=url)
    assert listed.out.splitlines()[0] == "due: 1, running: 0, dead: 0"
    assert (await confer("jobs", "dead", database_url=url)).out == "no dead jobs\n"


async def test_a_job_that_is_not_dead_cannot_be_retried(confer: Confer, url: str) -> None:
    ended = await confer("jobs", "retry", 2, database_url=url)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == "there is no dead job 2; `confer jobs dead` lists them\n"


@pytest.mark.parametrize("arguments", [("retry",), ("dead", "1"), ("list", "1")])
async def test_misuse(confer: Confer, arguments: tuple[str, ...]) -> None:
    ended = await confer("jobs", *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "expected `confer jobs`, `confer jobs dead` or `confer jobs retry ID`\n"
