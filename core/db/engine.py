"""One database, SQLite or PostgreSQL, with transactions for writing and for reading."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from uuid import uuid4
from weakref import WeakValueDictionary

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from core.db.errors import connecting, outages_told
from core.db.postgresql import postgresql_engine, postgresql_reader
from core.db.sqlite import sqlite_engine

Connection = AsyncConnection
"""A connection inside a transaction, as `Database.write` and `Database.read` hand it out."""
Listener = Callable[[], None]

TURNS, TURN_SECONDS = 16, 30.0
"""How many have a turn at once in a process on PostgreSQL, and how long the others wait."""
TAKE_TURN = sa.text("SELECT pg_advisory_xact_lock(:number)")
TOPICS = "confer_topics"
DATABASE = "confer_database"
DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}


class Database:
    """A database by its URL; nothing is opened before the first transaction.

    `pool_size` is the number of connections on PostgreSQL and of readers on SQLite (which has one
    writer). `wait` is how long, in seconds, to wait for a lock of SQLite or for a free connection.
    Every method raises DatabaseUnavailable when the database cannot be used.
    """

    def __init__(self, url: str | URL, *, pool_size: int = 8, wait: float = 5.0) -> None:
        self.url = database_url(url)
        self.dialect = self.url.get_backend_name()
        self.place = place(self.url)
        self.name = uuid4().hex
        self._listeners: defaultdict[str, list[Listener]] = defaultdict(list)
        self._writer: AsyncEngine
        self._reader: AsyncEngine
        self._turns: AsyncEngine | None = None
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        if self.dialect == "sqlite":
            self._writer = sqlite_engine(self.url, pool_size=1, wait=wait)
            self._reader = sqlite_engine(self.url, pool_size=pool_size, wait=wait, read_only=True)
        else:
            self._writer = postgresql_engine(self.url, place=self.place, pool_size=pool_size, wait=wait)
            self._reader = postgresql_reader(self._writer)
            self._turns = postgresql_engine(self.url, place=self.place, pool_size=TURNS, wait=TURN_SECONDS)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Connection]:
        """A transaction that may change rows: committed at the end, rolled back on any exception.

        On SQLite it holds the write lock from its first moment (BEGIN IMMEDIATE). After the commit
        the listeners of every topic announced in it are called.
        """
        topics: set[str] = set()
        async with self._transaction(self._writer) as conn:
            conn.info.update({TOPICS: topics, DATABASE: self.name})
            yield conn
        for topic in topics:
            for listener in tuple(self._listeners[topic]):
                listener()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Connection]:
        """A transaction that sees one unchanging state of the database and cannot write."""
        async with self._transaction(self._reader) as conn:
            yield conn

    @asynccontextmanager
    async def turn(self, number: int) -> AsyncIterator[None]:
        """Let others who ask for the turn of the same `number` wait, in every process on PostgreSQL.

        Its connections are a pool of their own: whoever has a turn always finds one to work with.
        """
        lock = self._locks.setdefault(number, asyncio.Lock())
        async with lock:
            if self._turns is None:
                yield
                return
            async with self._transaction(self._turns) as conn:
                await conn.execute(TAKE_TURN, {"number": number})
                yield

    @contextmanager
    def listening(self, topic: str, listener: Listener) -> Iterator[None]:
        """Call `listener` after each commit of this Database that announced `topic`."""
        self._listeners[topic].append(listener)
        try:
            yield
        finally:
            self._listeners[topic].remove(listener)

    async def close(self) -> None:
        """Close every connection; the object may not be used afterwards."""
        await self._reader.dispose()
        await self._writer.dispose()
        if self._turns is not None:
            await self._turns.dispose()

    @asynccontextmanager
    async def _transaction(self, engine: AsyncEngine) -> AsyncIterator[Connection]:
        conn = engine.connect()
        with connecting(self.place):
            await conn.start()
        try:
            with outages_told(self.place):
                async with conn.begin():
                    yield conn
        finally:
            await conn.close()


def database_url(url: str | URL) -> URL:
    """The URL with the driver we use; ValueError for other databases and for SQLite in memory."""
    parsed = make_url(url)
    driver = DRIVERS.get(parsed.get_backend_name())
    if driver is None:
        raise ValueError(f"database URL must begin with sqlite or postgresql, not {parsed.drivername!r}")
    if driver.startswith("sqlite") and parsed.database in (None, "", ":memory:"):
        raise ValueError("SQLite needs a file: sqlite:///path/to/confer.db")
    return parsed.set(drivername=driver)


def place(url: URL) -> str:
    """Where the database is, for people: never with a password."""
    if url.get_backend_name() == "sqlite":
        return f"SQLite database {url.database}"
    return f"PostgreSQL database {url.database} at {url.host or 'localhost'}:{url.port or 5432}"
