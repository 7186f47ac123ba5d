"""SQLite set up so that commits are durable, writers queue up and readers never wait."""

import sqlite3
from typing import Any, cast
from urllib.parse import quote

from sqlalchemy import event
from sqlalchemy.dialects.sqlite.aiosqlite import AsyncAdapt_aiosqlite_connection
from sqlalchemy.engine import URL, Connection, Dialect
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import PoolResetState

from core.db.one_trip import EagerConnection, OneTripConnection


def sqlite_engine(
    url: URL,
    *,
    pool_size: int,
    wait: float,
    read_only: bool = False,
    create: bool = False,
    foreign_keys: bool = True,
) -> AsyncEngine:
    """An engine for an existing file (or a new one with `create`).

    Writers begin with BEGIN IMMEDIATE: with the driver's own deferred transactions two clients
    would both read a free slot before either writes. synchronous=FULL, because NORMAL loses
    acknowledged commits when the power fails.
    """
    mode = "rwc" if create else "rw"
    engine = create_async_engine(
        url.set(database=f"file:{quote(url.database or '')}", query={"mode": mode, "uri": "true"}),
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=wait,
        pool_reset_on_return=None,
        connect_args={
            "timeout": wait,
            "isolation_level": None,
            "cached_statements": 512,
            "factory": EagerConnection,
            "check_same_thread": False,  # aiosqlite sees to it, but for one that closes itself
        },
    )
    pragmas = [f"foreign_keys={'ON' if foreign_keys else 'OFF'}", "temp_store=MEMORY", "cache_size=-32768"]
    pragmas += ["query_only=ON"] if read_only else ["journal_mode=WAL", "synchronous=FULL"]

    def open_connection(
        dialect: Dialect, _record: object, place: list[str], arguments: dict[str, Any]
    ) -> OneTripConnection:
        # aiosqlite's thread outlives a failure to open and may then speak to a closed event loop.
        sqlite3.connect(place[0], uri=True).close()
        opened = cast("AsyncAdapt_aiosqlite_connection", dialect.connect(*place, **arguments))
        return OneTripConnection(opened.dbapi, opened.driver_connection)

    def set_up(connection: Any, _record: object) -> None:
        try:
            for pragma in pragmas:
                connection.execute(f"PRAGMA {pragma}").close()
        except BaseException:
            connection.close()
            raise

    def begin_to_read(connection: Connection) -> None:
        # One call into the driver's thread instead of SQLAlchemy's three: this alone cannot fail.
        connection.connection.run_async(lambda driver: driver.execute_fetchall("BEGIN"))

    def take_back(connection: Any, _record: object, state: PoolResetState) -> None:
        # Nearly always the transaction has ended; asking costs nothing, a rollback a trip.
        if not state.terminate_only and connection.driver_connection.in_transaction:
            connection.rollback()

    def begin_to_write(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    event.listen(engine.sync_engine, "do_connect", open_connection)
    event.listen(engine.sync_engine, "connect", set_up)
    event.listen(engine.sync_engine, "begin", begin_to_read if read_only else begin_to_write)
    event.listen(engine.sync_engine, "reset", take_back)
    return engine
