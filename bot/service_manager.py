"""Tells systemd that the program is ready, alive or stopping: sd_notify(3) and sd_watchdog_enabled(3)."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress

MICROSECONDS = 1_000_000


class ServiceManager:
    """Whoever started the program, as the environment names it; without one nothing is told."""

    def __init__(self, environ: Mapping[str, str] = os.environ) -> None:
        self._address = environ.get("NOTIFY_SOCKET", "")
        self._watched = int(environ.get("WATCHDOG_USEC", 0)) / MICROSECONDS

    @asynccontextmanager
    async def told(self) -> AsyncIterator[None]:
        """Say that the program is ready, alive for as long as its loop turns, and stopping."""
        self._tell("READY=1")
        alive = asyncio.create_task(self._say_alive())
        try:
            yield
        finally:
            alive.cancel()
            self._tell("STOPPING=1")

    async def _say_alive(self) -> None:
        while self._watched:
            self._tell("WATCHDOG=1")
            await asyncio.sleep(self._watched / 2)

    def _tell(self, state: str) -> None:
        if not self._address:
            return
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as said, suppress(OSError):
            said.connect(self._address.replace("@", "\0", 1))
            said.send(state.encode())
