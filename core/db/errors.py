"""A database that cannot be used now, told once and in one line."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

SQLITE_OUTAGES = frozenset(
    {
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_NOTADB,
    }
)
"""Result codes about the file, not about the statement: https://www.sqlite.org/rescode.html"""
POSTGRES_OUTAGES = ("08", "25006", "28", "3D000", "53", "57", "58")
"""SQLSTATE prefixes: connection, read-only, login, no such database, resources, shutdown, system."""


class DatabaseUnavailable(Exception):
    """The database cannot be reached, opened or locked now; the message is one line for a person."""


class GuardLost(Exception):
    """The database no longer refuses what it must refuse; the message is one line for a person."""


class SchemaOutdated(Exception):
    """The tables are not those of this program; the message is one line for a person."""


@contextmanager
def outages_told(place: str) -> Iterator[None]:
    """Turn what means "no database" into DatabaseUnavailable naming `place`; all else passes."""
    try:
        yield
    except SQLAlchemyError as error:
        reason = outage(error)
        if reason is None:
            raise
        raise DatabaseUnavailable(f"{place}: {reason}") from error


@contextmanager
def connecting(place: str) -> Iterator[None]:
    """The same while connecting, where every error means it; the network's come as OSError."""
    try:
        with outages_told(place):
            yield
    except DBAPIError as error:
        raise DatabaseUnavailable(f"{place}: {_first_line(error.orig or error)}") from error
    except OSError as error:
        raise network_outage(place, error) from error


def network_outage(place: str, error: OSError) -> DatabaseUnavailable:
    """The same for an error of the network, of which TimeoutError is one."""
    reason = os.strerror(error.errno) if error.errno else _first_line(error) or "no answer in time"
    return DatabaseUnavailable(f"{place}: {reason}")


def outage(error: SQLAlchemyError) -> str | None:
    """Why the database cannot be used, or None where the statement itself is at fault."""
    if isinstance(error, PoolTimeout):
        return "every connection is busy"
    if not isinstance(error, DBAPIError) or error.orig is None:
        return None
    sqlite_code = getattr(error.orig, "sqlite_errorcode", None)
    sqlstate = getattr(error.orig, "sqlstate", None) or ""
    lost = error.connection_invalidated or sqlstate.startswith(POSTGRES_OUTAGES)
    if lost or (sqlite_code is not None and sqlite_code & 0xFF in SQLITE_OUTAGES):
        return _first_line(error.orig)
    return None


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).splitlines()), "")
