"""Tells open pages and waiting tests what happens, in the order it happens."""

import asyncio
from collections.abc import Coroutine
from typing import Any

Json = dict[str, Any]

_LONGEST_BACKLOG = 10_000


class Bell:
    """Wakes everyone who is waiting, each time it rings."""

    def __init__(self) -> None:
        self._next = asyncio.Event()

    def ring(self) -> None:
        """Wake those who wait now."""
        self._next.set()
        self._next = asyncio.Event()

    def wait(self) -> Coroutine[object, object, object]:
        """Returns at the next ring after this call, even where the waiting itself begins a moment later."""
        return self._next.wait()


class Feed:
    """A stream of events for any number of readers; a reader too slow to follow is sent away."""

    def __init__(self) -> None:
        self.bell = Bell()
        self._readers: set[asyncio.Queue[Json | None]] = set()

    def publish(self, kind: str, **fields: object) -> None:
        """Tell everyone; `None` in a reader's queue means: the stream ends here, come again."""
        event = {"kind": kind, **fields}
        for reader in list(self._readers):
            if reader.qsize() < _LONGEST_BACKLOG:
                reader.put_nowait(event)
            else:
                self.leave(reader)
                reader.put_nowait(None)
        self.bell.ring()

    def join(self) -> asyncio.Queue[Json | None]:
        """A new reader's queue; it gets everything published from now on."""
        reader: asyncio.Queue[Json | None] = asyncio.Queue()
        self._readers.add(reader)
        return reader

    def leave(self, reader: asyncio.Queue[Json | None]) -> None:
        """Stop sending to this reader."""
        self._readers.discard(reader)

    def end(self) -> None:
        """End the stream of every reader."""
        for reader in self._readers:
            reader.put_nowait(None)
        self._readers.clear()
        self.bell.ring()
