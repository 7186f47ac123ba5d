"""A reading transaction that is shared: opened by the first who reads, ended by the first who writes."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

T = TypeVar("T")


class Snapshot(Generic[T]):
    """What one task reads in between two of its writes; `begin` opens a transaction and gives its reader."""

    def __init__(self, begin: Callable[[], AbstractAsyncContextManager[T]]) -> None:
        self._begin = begin
        self._reader: T | None = None
        self._open = AsyncExitStack()

    async def reader(self) -> T:
        """The open transaction's reader, which sees one unchanging state."""
        if self._reader is None:
            self._reader = await self._open.enter_async_context(self._begin())
        return self._reader

    async def end(self, error: BaseException | None = None) -> None:
        """End the transaction, if one is open; with an error as that error would have ended it."""
        self._reader = None
        kind = None if error is None else type(error)
        await self._open.__aexit__(kind, error, None if error is None else error.__traceback__)


class Snapshots(Generic[T]):
    """The snapshot of each task that has one; tasks which it starts read on their own."""

    def __init__(self) -> None:
        self._of: WeakKeyDictionary[asyncio.Task[object], Snapshot[T]] = WeakKeyDictionary()

    def mine(self) -> Snapshot[T] | None:
        """The snapshot of the task that is running."""
        task = asyncio.current_task()
        return None if task is None else self._of.get(task)

    def set_mine(self, snapshot: Snapshot[T] | None) -> None:
        """Make this the snapshot of the task that is running."""
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("there is no task to read in")
        if snapshot is None:
            self._of.pop(task, None)
        else:
            self._of[task] = snapshot
