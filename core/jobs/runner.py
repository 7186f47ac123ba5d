"""Carries jobs out: takes what is due, runs it beside others, records what became of it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime, timedelta
from random import Random
from typing import TypeVar
from uuid import uuid4

from sqlalchemy.exc import SQLAlchemyError

from core.db.announce import hear
from core.db.engine import Connection, Database
from core.db.errors import DatabaseUnavailable
from core.jobs.backoff import Backoff
from core.jobs.claims import Claims, next_run
from core.jobs.job import Handler, Job, Permanent, RetryLater
from core.jobs.outcome import Outcome, UnknownKind, failed, succeeded
from core.jobs.queue import TOPIC
from core.ports.clock import Clock, OffsetClock

T = TypeVar("T")
log = logging.getLogger(__name__)

LOCKED_PAUSE = timedelta(milliseconds=50)
LONGEST_OUTAGE_PAUSE = 10.0


class Runner:
    """Runs the jobs of one database with a table of handlers {kind: handler}.

    Times are `clock`'s, leases the database's. Up to `concurrency` jobs run at a time, each from the
    moment it is taken and at most for `timeout`. That must be shorter than `lease`, after which
    others take the job of a process that died: so no lease ever has to be renewed, and no two
    processes run one job at the same time even while the database is lost. Outcomes are recorded in
    groups, those of `ack_at_once` kinds each by itself as soon as they are known. Without being
    woken the runner looks every `poll`. Any number of processes may run beside each other.
    """

    def __init__(
        self,
        database: Database,
        handlers: Mapping[str, Handler],
        clock: Clock,
        *,
        ack_at_once: Collection[str] = (),
        concurrency: int = 32,
        lease: timedelta = timedelta(seconds=30),
        timeout: timedelta = timedelta(seconds=20),
        poll: timedelta = timedelta(seconds=1),
        grace: timedelta = timedelta(seconds=20),
        backoff: Backoff | None = None,
        chance: Random | None = None,
    ) -> None:
        if timeout >= lease:
            raise ValueError("a handler's timeout must end before its lease does")
        self._database = database
        self._handlers = handlers
        self._clock = clock
        self._ack_at_once = frozenset(ack_at_once)
        self._concurrency = concurrency
        self._claims = Claims(uuid4().hex, lease)
        self._timeout = timeout.total_seconds()
        self._poll = poll
        self._grace = grace.total_seconds()
        self._backoff = backoff or Backoff()
        self._chance = chance or Random()  # noqa: S311  jitter is no secret
        self._woken = asyncio.Event()
        self._stopping = False
        self._running: dict[int, asyncio.Task[None]] = {}
        self._outcomes: dict[int, Outcome] = {}

    def wake(self) -> None:
        """Look for due jobs now."""
        self._woken.set()

    def stop(self) -> None:
        """Take no more jobs; `run` returns when those that run have ended, or after the grace."""
        self._stopping = True
        self.wake()

    async def run(self) -> None:
        """Run jobs until `stop`. A lost database is waited out."""
        with self._listening():
            hearing = asyncio.create_task(hear(self._database, TOPIC, self.wake))
            try:
                while not self._stopping:
                    await self._step()
                with suppress(TimeoutError):
                    async with asyncio.timeout(self._grace):
                        while not self._is_through():
                            await self._step()
            finally:
                await _cancelled([hearing, *self._running.values()])

    async def drain(self) -> int:
        """Run everything that is due now, one by one in order, and what that enqueues; the number of runs.

        Works beside `run`, whose running jobs it waits for.
        """
        count = 0
        while True:
            taken, _ = await self._exchange(1)
            for job in taken:
                await self._carry_out(job)
            count += len(taken)
            if taken:
                continue
            if not self._running and not self._outcomes:
                return count
            await asyncio.sleep(LOCKED_PAUSE.total_seconds())

    def _is_through(self) -> bool:
        return self._stopping and not self._running and not self._outcomes

    @contextmanager
    def _listening(self) -> Iterator[None]:
        with ExitStack() as stack:
            stack.enter_context(self._database.listening(TOPIC, self.wake))
            if isinstance(self._clock, OffsetClock):
                stack.enter_context(self._clock.listening(self.wake))
            yield

    async def _step(self) -> None:
        """Record outcomes, take jobs and start them, then wait for something to do."""
        self._woken.clear()
        room = 0 if self._stopping else self._concurrency - len(self._running)
        taken, wait = await self._exchange(room)
        for job in taken:
            self._running[job.id] = asyncio.create_task(self._run_one(job))
        if self._is_through():
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(wait.total_seconds()):
                await self._woken.wait()

    async def _exchange(self, room: int) -> tuple[list[Job], timedelta]:
        """In one transaction: outcomes out, jobs in; and how long to wait if nothing wakes us."""
        outcomes = list(self._outcomes.values())

        async def exchange(conn: Connection) -> tuple[list[Outcome], list[Job], datetime | None]:
            locked = await self._claims.save(conn, outcomes)
            now = self._clock.now()
            taken = await self._claims.claim(conn, now=now, room=room) if room else []
            return locked, taken, await next_run(conn, now=now) if len(taken) < room else None

        locked, taken, upcoming = await self._patiently(exchange)
        self._forget(outcomes, locked)
        wait = min(self._poll, max(upcoming - self._clock.now(), timedelta())) if upcoming else self._poll
        # A lease may run out under a running job when the machine sleeps: then it is ours again already.
        new = [job for job in taken if job.id not in self._running]
        return new, min(wait, LOCKED_PAUSE) if locked else wait

    def _forget(self, saved: Collection[Outcome], locked: Collection[Outcome]) -> None:
        for outcome in saved:
            if self._outcomes.get(outcome.job.id) is outcome and outcome not in locked:
                del self._outcomes[outcome.job.id]

    async def _run_one(self, job: Job) -> None:
        try:
            await self._carry_out(job)
        finally:
            del self._running[job.id]
            self.wake()

    async def _carry_out(self, job: Job) -> None:
        outcome = await self._outcome(job)
        self._outcomes[job.id] = outcome
        if job.kind in self._ack_at_once:
            locked = await self._patiently(lambda conn: self._claims.save(conn, [outcome]))
            self._forget([outcome], locked)

    async def _outcome(self, job: Job) -> Outcome:
        try:
            async with asyncio.timeout(self._timeout):
                await self._handler(job)(job)
        except Exception as error:  # noqa: BLE001  whatever a handler raises is its job's outcome
            outcome = failed(job, error, self._clock.now(), self._backoff, self._chance)
            _report(job, outcome, error)
            return outcome
        return succeeded(job, self._clock.now())

    def _handler(self, job: Job) -> Handler:
        if job.attempt > job.max_attempts:
            raise Permanent("given up: its last runs ended with their process")
        if job.kind not in self._handlers:
            raise UnknownKind(job.kind)
        return self._handlers[job.kind]

    async def _patiently(self, work: Callable[[Connection], Awaitable[T]]) -> T:
        """Do `work` in a transaction, again and again until the database lets it."""
        pause = 0.1
        while True:
            try:
                async with self._database.write() as conn:
                    return await work(conn)
            except (DatabaseUnavailable, SQLAlchemyError) as error:
                log.warning("jobs wait for the database: %s", str(error).partition("\n")[0])
            await asyncio.sleep(pause * self._chance.uniform(0.8, 1.2))
            pause = min(pause * 2, LONGEST_OUTAGE_PAUSE)


def _report(job: Job, outcome: Outcome, error: Exception) -> None:
    expected = isinstance(error, (RetryLater, Permanent, DatabaseUnavailable, TimeoutError))
    log.warning(
        "job %s of kind %s: attempt %d of %d ended in %s, now %s",
        job.key,
        job.kind,
        job.attempt,
        job.max_attempts,
        type(error).__name__,
        outcome.state,
        exc_info=None if expected else error,
    )


async def _cancelled(tasks: Collection[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
