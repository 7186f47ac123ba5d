"""Facts from outside: each is carried out once, however often it is delivered."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import TypeAlias

from core.db.uow import Store
from core.jobs.queue import NewJob, enqueue
from core.ports.clock import Clock

Waiting: TypeAlias = tuple[str, str, asyncio.Future[None]]
REMEMBERED = timedelta(days=7)
"""Telegram numbers its updates anew after an idle week, so older ids must be forgotten."""


class Inbox:
    """Which facts have been carried out; marks that come together are committed together."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._waiting: list[Waiting] = []
        self._flushing: asyncio.Task[None] | None = None

    async def seen(self, source: str, external_id: str) -> bool:
        """Whether this fact has been carried out already."""
        async with self._store.read() as uow:
            return await uow.inbox.finished(source, external_id)

    async def finish(self, source: str, external_id: str) -> None:
        """Keep that the fact has been carried out; returns after the commit."""
        kept = asyncio.get_running_loop().create_future()
        self._waiting.append((source, external_id, kept))
        if self._flushing is None or self._flushing.done():
            self._flushing = asyncio.create_task(self._flush())
        await kept

    async def keep(self, source: str, external_id: str, follow: Sequence[NewJob]) -> bool:
        """Keep a fact and enqueue what follows from it, together; False, and nothing, when it is known.

        Returns after the commit: the sender may be told that it has arrived.
        """
        now = self._clock.now()
        async with self._store.write() as uow:
            if await uow.inbox.begin(source, external_id, now):
                return False
            await enqueue(uow.conn, follow)
            await uow.inbox.finish(source, external_id, now)
            return True

    async def forget_old(self) -> None:
        """Drop the facts that are older than a sender may repeat them."""
        async with self._store.write() as uow:
            await uow.inbox.purge(self._clock.now() - REMEMBERED)

    async def _flush(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            try:
                async with self._store.write() as uow:
                    await uow.inbox.finish_all([(source, key) for source, key, _ in batch], self._clock.now())
            except Exception as error:  # noqa: BLE001 - whoever waits gets it
                _settle(batch, partial(_fail, error))
            else:
                _settle(batch, lambda kept: kept.set_result(None))


def _fail(error: Exception, kept: asyncio.Future[None]) -> None:
    kept.set_exception(error)


def _settle(batch: list[Waiting], how: Callable[[asyncio.Future[None]], None]) -> None:
    for _, _, kept in batch:
        if not kept.done():
            how(kept)
