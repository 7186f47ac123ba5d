"""SQLite for asyncio, without handing every statement to a thread.

A statement here takes microseconds, while a thread for it costs tens of them at every call, several times
for each statement. So statements run at once; what waits for the disk, the commit of something written, goes
to a thread, and whoever finds the file locked asks again after a pause.
"""

import asyncio
import sqlite3
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from sqlalchemy import pool
from sqlalchemy.connectors.asyncio import (
    AsyncAdapt_dbapi_connection,
    AsyncAdapt_dbapi_cursor,
    AsyncAdapt_dbapi_module,
)
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import URL
from sqlalchemy.util.concurrency import await_

NAME = "sqlite+confer"
PAUSE = 0.005
"""Seconds until a locked file is tried again."""
T = TypeVar("T")


class Cursor(AsyncAdapt_dbapi_cursor):
    """A statement's cursor; its rows are fetched with it."""

    __slots__ = ()
    _awaitable_cursor_close = False
    _cursor: Any
    _adapt_connection: "Connection"

    def _aenter_cursor(self, cursor: Any) -> Any:
        return cursor

    async def _execute_async(self, operation: Any, parameters: Any) -> Any:
        await self._adapt_connection.patiently(lambda: self._cursor.execute(operation, parameters or ()))
        if self._cursor.description:
            self._rows = deque(self._cursor.fetchall())

    async def _executemany_async(self, operation: Any, seq_of_parameters: Any) -> Any:
        await self._adapt_connection.patiently(lambda: self._cursor.executemany(operation, seq_of_parameters))


class Connection(AsyncAdapt_dbapi_connection):
    """A connection as SQLAlchemy sees it; `wait` is how many seconds a locked file is waited for."""

    __slots__ = ("_thread", "_wait", "_written")
    _cursor_cls = Cursor
    _connection: Any

    def __init__(self, dbapi: Any, connection: sqlite3.Connection, wait: float) -> None:
        super().__init__(dbapi, connection)
        self._wait = wait
        self._written = connection.total_changes
        self._thread = ThreadPoolExecutor(1, "sqlite-commit")

    async def patiently(self, work: Callable[[], T]) -> T:
        """What `work` gives, which is tried again while another process has locked the file."""
        until = time.monotonic() + self._wait
        while True:
            try:
                return work()
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
            await asyncio.sleep(PAUSE)

    def commit(self) -> None:
        """Commit; the loop goes on while the disk is waited for."""
        if self._connection.total_changes == self._written:
            self._connection.commit()
        else:
            self._written = self._connection.total_changes
            await_(self._in_thread(self._connection.commit))

    def rollback(self) -> None:
        """Take everything back, if anything was begun."""
        self._connection.rollback()

    def close(self) -> None:
        """Close the file."""
        self._thread.shutdown(wait=False)
        self._connection.close()

    def create_function(self, *arguments: Any, **options: Any) -> None:
        """Make a function known to the database."""
        self._connection.create_function(*arguments, **options)

    async def _in_thread(self, work: Callable[[], None]) -> None:
        """Wait for the end also when cancelled: until then the connection is not free."""
        done = asyncio.get_running_loop().run_in_executor(self._thread, work)
        try:
            await asyncio.shield(done)
        except asyncio.CancelledError:
            await asyncio.wait([done])
            raise


class Module(AsyncAdapt_dbapi_module):
    """The standard library's module with connections of ours."""

    paramstyle = "qmark"

    def __getattr__(self, name: str) -> Any:
        return getattr(sqlite3, name)

    def connect(self, *arguments: Any, timeout: float = 5.0, **options: Any) -> Connection:
        """Open a file; `timeout` is the wait for its locks."""
        return Connection(self, sqlite3.connect(*arguments, timeout=0, **options), timeout)


class Dialect(SQLiteDialect_pysqlite):
    """SQLAlchemy's SQLite over the connections above."""

    driver = "confer"
    is_async = True
    supports_statement_cache = True

    @classmethod
    def import_dbapi(cls) -> Any:
        """The module to connect with."""
        return Module(sqlite3)

    @classmethod
    def get_pool_class(cls, url: URL) -> type[pool.Pool]:
        """The pool that waits as coroutines do."""
        del url
        return pool.AsyncAdaptedQueuePool

    def get_driver_connection(self, connection: Any) -> Any:
        """The standard library's connection."""
        return connection.driver_connection


registry.register(NAME.replace("+", "."), __name__, Dialect.__name__)
