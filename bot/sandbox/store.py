"""Keeps the sandbox's documents in one SQLite file, so that a kill at any moment loses nothing."""

import asyncio
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import aiosqlite

Json = dict[str, Any]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS document (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (kind, key)
) WITHOUT ROWID
"""


class Kept(NamedTuple):
    """One document as it was found in the file."""

    kind: str
    key: str
    body: Json


class Store:
    """Documents by kind and key. Changes gather in memory; `saved()` makes them durable together.

    Without a path nothing is written and everything is forgotten at the end.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._changes: dict[tuple[str, str], Json | None] = {}
        self._writing = asyncio.Lock()
        self._connection: aiosqlite.Connection | None = None

    async def open(self) -> list[Kept]:
        """Open the file and read all of it; numbers used as keys come back in their order."""
        if self._path is None:
            return []
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = await aiosqlite.connect(self._path)
        await self._connection.execute("PRAGMA journal_mode=WAL")
        await self._connection.execute("PRAGMA synchronous=NORMAL")
        await self._connection.execute(_SCHEMA)
        await self._connection.commit()
        query = "SELECT kind, key, body FROM document ORDER BY kind, length(key), key"
        async with self._connection.execute(query) as rows:
            return [Kept(kind, key, json.loads(body)) async for kind, key, body in rows]

    def put(self, kind: str, key: object, body: Json) -> None:
        """Keep this document; it is written as it stands when the write happens."""
        if self._connection is not None:
            self._changes[kind, str(key)] = body

    def drop(self, kind: str, key: object) -> None:
        """Forget this document."""
        if self._connection is not None:
            self._changes[kind, str(key)] = None

    async def saved(self) -> None:
        """Return when every change made so far is in the file; callers at once share one commit."""
        if self._connection is None:
            return
        async with self._writing:
            if self._changes:
                changes, self._changes = self._changes, {}
                await self._write(self._connection, changes)

    async def close(self) -> None:
        """Write what is left and close the file."""
        await self.saved()
        if self._connection is not None:
            await self._connection.close()
            self._connection = None

    async def _write(
        self, connection: aiosqlite.Connection, changes: dict[tuple[str, str], Json | None]
    ) -> None:
        kept = [(*where, json.dumps(body)) for where, body in changes.items() if body is not None]
        dropped: Iterable[tuple[str, str]] = [where for where, body in changes.items() if body is None]
        if kept:
            await connection.executemany("INSERT OR REPLACE INTO document VALUES (?, ?, ?)", kept)
        if dropped:
            await connection.executemany("DELETE FROM document WHERE kind = ? AND key = ?", dropped)
        await connection.commit()
