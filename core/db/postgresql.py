"""PostgreSQL through asyncpg, with one pool for writing and reading."""

import time
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import URL, ExceptionContext
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from core.db.errors import DatabaseUnavailable, network_outage

CONNECT_SECONDS = 10.0
STATEMENT_SECONDS = 30.0
IDLE_SECONDS = 60.0
USED = "confer_used"


def postgresql_engine(
    url: URL,
    *,
    place: str,
    pool_size: int,
    wait: float,
    idle: float = IDLE_SECONDS,
    slowest: float = STATEMENT_SECONDS,
) -> AsyncEngine:
    """An engine whose lost connections are replaced before use, so that a server's restart is not felt.

    One that was closed is known without asking; one that was idle for longer than `idle` seconds may
    have been cut off silently and is replaced too. The pool's own check would take three round trips
    for every transaction. A statement that takes longer than `slowest` seconds ends in
    DatabaseUnavailable, and its connection is not used again.
    Just-in-time compilation is off: it costs more than short statements take.
    """
    engine = create_async_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=wait,
        connect_args={
            "timeout": CONNECT_SECONDS,
            "command_timeout": slowest,
            "server_settings": {"application_name": "confer", "jit": "off"},
        },
    )

    def note_use(_connection: object, record: Any) -> None:
        record.info[USED] = time.monotonic()

    def refuse_lost(connection: Any, record: Any, _proxy: object) -> None:
        now = time.monotonic()
        if connection.driver_connection.is_closed() or now - record.info.get(USED, now) > idle:
            raise DisconnectionError

    def tell_of_the_network(context: ExceptionContext) -> DatabaseUnavailable | None:
        if not isinstance(context.original_exception, OSError):
            return None
        context.is_disconnect, context.invalidate_pool_on_disconnect = True, False
        return network_outage(place, context.original_exception)

    event.listen(engine.sync_engine, "handle_error", tell_of_the_network)
    event.listen(engine.sync_engine, "checkin", note_use)
    event.listen(engine.sync_engine, "checkout", refuse_lost)
    return engine


def postgresql_reader(writer: AsyncEngine) -> AsyncEngine:
    """The same pool for transactions that see one snapshot and cannot write, as on SQLite."""
    return writer.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
