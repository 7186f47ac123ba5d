"""SQLAlchemy on aiosqlite with one trip into the driver's thread for a statement, where it takes four.

SQLAlchemy asks the thread for a cursor, to execute, to fetch and to close. A trip costs more than most of
our statements: with one, a transaction that reads a row takes half of the time.
"""

import sqlite3
from collections import deque
from collections.abc import Iterable
from typing import Any, cast

import aiosqlite
from sqlalchemy.connectors.asyncio import AsyncAdapt_dbapi_connection
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
)
from sqlalchemy.util import EMPTY_DICT


class Outcome(list[Any]):
    """The rows of a statement, and what its cursor says of them."""

    def __init__(self, cursor: sqlite3.Cursor, rows: Iterable[Any]) -> None:
        super().__init__(rows)
        self.description = cursor.description
        self.rowcount = cursor.rowcount
        self.lastrowid = cursor.lastrowid


class EagerCursor(sqlite3.Cursor):
    """Tells with its rows what else it knows, for nobody asks the cursor itself afterwards."""

    def fetchall(self) -> list[Any]:
        """All rows."""
        return Outcome(self, super().fetchall())


class EagerConnection(sqlite3.Connection):
    """What aiosqlite is to open; see `sqlite3.connect(factory=...)`.

    One that is cancelled while it opens is dropped by aiosqlite, of which Python 3.13 warns; so it closes
    itself.
    """

    def __del__(self) -> None:
        """Close; harmless when that has happened."""
        self.close()

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        """Carry out a statement with a cursor that tells all at once."""
        return self.cursor(EagerCursor).execute(sql, parameters)


class OneTripCursor(AsyncAdapt_aiosqlite_cursor):
    """A cursor of SQLAlchemy's that is none of the driver's: `_cursor` is the outcome of the statement."""

    __slots__ = ()
    _awaitable_cursor_close = False

    def __init__(self, adapt_connection: AsyncAdapt_dbapi_connection) -> None:
        self._adapt_connection = adapt_connection
        self._connection = adapt_connection._connection
        self._soft_closed_memoized = EMPTY_DICT
        self._rows = deque()

    async def _execute_async(self, operation: Any, parameters: Any) -> Any:
        driver = cast("aiosqlite.Connection", self._connection)
        async with self._adapt_connection._execute_mutex:
            self._cursor = cast("Any", await driver.execute_fetchall(operation, parameters))
            self._rows = deque(cast("Outcome", self._cursor))

    async def _executemany_async(self, operation: Any, seq_of_parameters: Any) -> Any:
        driver = cast("aiosqlite.Connection", self._connection)
        async with self._adapt_connection._execute_mutex:
            self._cursor = cast("Any", await driver.executemany(operation, seq_of_parameters))

    def close(self) -> None:
        """Forget the rows; the driver's cursor has gone already."""
        self._rows.clear()


class OneTripConnection(AsyncAdapt_aiosqlite_connection):
    """SQLAlchemy's connection, handing out cursors that need one trip."""

    __slots__ = ()
    _cursor_cls = OneTripCursor
