"""Handlers that remember what they ran, and the types of the fixtures around them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeAlias

from core.jobs.job import Job, Permanent
from core.jobs.runner import Runner

Put: TypeAlias = Callable[..., Awaitable[None]]
"""Enqueue one job for each key given, with fields of NewJob."""
Rows: TypeAlias = Callable[..., Awaitable[list[Any]]]
"""The named columns of all jobs."""
MakeRunner: TypeAlias = Callable[..., Runner]
"""A runner with this handler for jobs of the kind "note"."""


class Ran:
    """The keys of the jobs that ran, in order, and a way to wait for some."""

    def __init__(self) -> None:
        self.keys: list[str] = []
        self._changed = asyncio.Event()

    async def __call__(self, job: Job) -> None:
        self.keys.append(job.key)
        self._changed.set()

    async def until(self, count: int) -> None:
        """Wait until so many ran."""
        async with asyncio.timeout(20):
            while len(self.keys) < count:
                self._changed.clear()
                await self._changed.wait()


class Held(Ran):
    """Tells when it has begun, and goes on (or fails) when it is let."""

    def __init__(self, error: Exception | None = None) -> None:
        super().__init__()
        self.begun = asyncio.Event()
        self.go_on = asyncio.Event()
        self._error = error

    async def __call__(self, job: Job) -> None:
        await super().__call__(job)
        self.begun.set()
        await self.go_on.wait()
        if self._error:
            raise self._error


class Failing:
    """Raises these, one at each run, and then succeeds."""

    def __init__(self, *errors: Exception) -> None:
        self.attempts: list[int] = []
        self._errors = list(errors)

    async def __call__(self, job: Job) -> None:
        self.attempts.append(job.attempt)
        if self._errors:
            raise self._errors.pop(0)


async def die(_job: Job) -> None:
    """A handler that nothing can help."""
    raise Permanent("no")


@asynccontextmanager
async def running(*runners: Runner) -> AsyncIterator[None]:
    """The runners at work, stopped at the end."""
    tasks = [asyncio.create_task(runner.run()) for runner in runners]
    try:
        yield
    finally:
        for runner in runners:
            runner.stop()
        async with asyncio.timeout(20):
            await asyncio.gather(*tasks)
