"""Tell whoever waits for a topic that a transaction concerning it was committed."""

import asyncio
from contextlib import suppress

import asyncpg
import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from core.db.engine import DATABASE, TOPICS, Connection, Database, Listener

CHANNEL = "confer_{}"
RECONNECT_SECONDS = 1.0
CHECK_SECONDS = 10.0
NOTIFY = sa.text("SELECT pg_notify(:channel, :sender)")


async def announce(conn: Connection, topic: str) -> None:
    """After this transaction's commit, wake the topic's listeners here and, on PostgreSQL, elsewhere.

    `conn` comes from `Database.write`. The notification carries the sending Database's name, so
    that it can leave out its own.
    """
    topics: set[str] = conn.info[TOPICS]
    if topic in topics:
        return
    topics.add(topic)
    if conn.dialect.name == "postgresql":
        await conn.execute(NOTIFY, {"channel": CHANNEL.format(topic), "sender": conn.info[DATABASE]})


async def hear(database: Database, topic: str, listener: Listener) -> None:
    """Call `listener` whenever another process announces `topic`, until cancelled.

    Only PostgreSQL tells processes about each other; elsewhere this just waits. A lost connection
    is made again, and `listener` is called then, since something may have been missed.
    """
    while database.dialect == "postgresql":
        with suppress(SQLAlchemyError, asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
            await _hear_until_lost(database, CHANNEL.format(topic), listener)
        await asyncio.sleep(RECONNECT_SECONDS)
    await asyncio.Event().wait()


async def _hear_until_lost(database: Database, channel: str, listener: Listener) -> None:
    def heard(_connection: object, _process: int, _channel: str, sender: str) -> None:
        if sender != database.name:
            listener()

    lost = asyncio.Event()
    engine = create_async_engine(database.url, poolclass=NullPool)
    try:
        async with engine.connect() as conn:
            driver: asyncpg.Connection = (await conn.get_raw_connection()).driver_connection
            driver.add_termination_listener(lambda _connection: lost.set())
            await driver.add_listener(channel, heard)
            listener()
            try:
                while not await _happens(lost, CHECK_SECONDS):
                    await driver.execute("SELECT 1", timeout=CHECK_SECONDS)
            finally:
                await driver.remove_listener(channel, heard)
    finally:
        await engine.dispose()


async def _happens(event: asyncio.Event, within: float) -> bool:
    with suppress(TimeoutError):
        return await asyncio.wait_for(event.wait(), within)
    return False
