"""One writer for many: transactions that come at the same time share a commit, and so a wait for the disk.

They still run one after the other, and each is taken back alone when it fails: the first of a group with the
whole transaction, the others with a savepoint. Nobody goes on before the commit.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext

from sqlalchemy.ext.asyncio import AsyncConnection

from core.db.errors import DatabaseUnavailable

MOST = 32
"""Transactions in one group, as the first of them waits for the last."""


class TakenBack(DatabaseUnavailable):
    """The transaction has failed as a whole, with all that its group had done so far."""


class Turn:
    """One transaction's place in the queue: when it may begin, whether it went well, when it is durable."""

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self.given: asyncio.Future[AsyncConnection] = loop.create_future()
        self.over: asyncio.Future[bool] = loop.create_future()
        self.committed: asyncio.Future[None] = loop.create_future()
        self.first = True


class GroupCommit:
    """Hands the one connection that writes from transaction to transaction.

    `begin` opens a transaction on it that is committed at its end. A turn is waited for `wait` seconds.
    """

    def __init__(
        self, begin: Callable[[], AbstractAsyncContextManager[AsyncConnection]], *, wait: float, place: str
    ) -> None:
        self._begin = begin
        self._wait = wait
        self._place = place
        self._queue: deque[Turn] = deque()
        self._working: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """A transaction for whoever is inside; it is left after the commit, or by an exception."""
        turn = Turn()
        try:
            conn = await self._turn_of(turn)
            async with nullcontext() if turn.first else conn.begin_nested():
                yield conn
        except BaseException:
            turn.over.set_result(False)
            raise
        turn.over.set_result(True)
        await turn.committed

    async def _turn_of(self, turn: Turn) -> AsyncConnection:
        self._queue.append(turn)
        if self._working is None or self._working.done():
            self._working = asyncio.create_task(self._work())
        try:
            async with asyncio.timeout(self._wait):
                return await turn.given
        except TimeoutError as error:
            raise DatabaseUnavailable(f"{self._place}: every connection is busy") from error

    async def _work(self) -> None:
        while self._queue:
            group: list[Turn] = []
            try:
                async with self._begin() as conn:
                    await self._fill(group, conn)
            except TakenBack as error:
                _tell([each.committed for each in group], error)
            except Exception as error:  # noqa: BLE001 - whoever waits gets it
                waiting = [] if group else [self._queue.popleft() for _ in range(len(self._queue))]
                _tell([*(each.committed for each in group), *(each.given for each in waiting)], error)
            else:
                for each in group:
                    if not each.committed.done():
                        each.committed.set_result(None)

    async def _fill(self, group: list[Turn], conn: AsyncConnection) -> None:
        """Give one after the other its turn, until nobody waits."""
        while self._queue and len(group) < MOST:
            turn = self._queue.popleft()
            if turn.given.done():
                continue  # it was not waited for any longer
            turn.first = not group
            turn.given.set_result(conn)
            went_well = await turn.over
            if went_well:
                group.append(turn)
            if not group or not _lasting(conn):
                raise TakenBack(f"{self._place}: the transaction was taken back")


def _lasting(conn: AsyncConnection) -> bool:
    """The transaction is still the one that was begun: SQLite itself takes it back when the disk is full."""
    if conn.invalidated or conn.sync_connection is None:
        return False
    return bool(conn.sync_connection.connection.driver_connection.in_transaction)


def _tell(
    waiting: Sequence[asyncio.Future[None] | asyncio.Future[AsyncConnection]], error: Exception
) -> None:
    for each in waiting:
        if not each.done():
            each.set_exception(error)
