"""The time, handed to whoever needs it; the sandbox and tests may move it on."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present instant."""
        return datetime.now(UTC)


class FixedClock:
    """A clock that stands still."""

    def __init__(self, instant: datetime) -> None:
        self._instant = instant

    def now(self) -> datetime:
        """Always the same instant."""
        return self._instant


class OffsetClock:
    """Another clock moved on by what `advance` was given so far."""

    def __init__(self, base: Clock) -> None:
        self._base = base
        self._offset = timedelta()
        self._listeners: list[Callable[[], None]] = []

    @property
    def offset(self) -> timedelta:
        """How far this clock is ahead of its base."""
        return self._offset

    def now(self) -> datetime:
        """The base's instant plus the offset."""
        return self._base.now() + self._offset

    async def advance(self, by: timedelta) -> None:
        """Move on by `by` (never back: ValueError) and let those who wait for a time look again."""
        if by < timedelta():
            raise ValueError("time does not run backwards")
        self._offset += by
        for listener in tuple(self._listeners):
            listener()
        await asyncio.sleep(0)

    @contextmanager
    def listening(self, listener: Callable[[], None]) -> Iterator[None]:
        """Call `listener` after each advance."""
        self._listeners.append(listener)
        try:
            yield
        finally:
            self._listeners.remove(listener)
