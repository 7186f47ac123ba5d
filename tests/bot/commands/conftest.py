"""The command line as an operator meets it, and a local Telegram for it to talk to."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web

from bot.sandbox.clock import StandaloneClock
from bot.sandbox.server import Sandbox
from tests.bot.commands.process import SECONDS, Confer, Ended, Running, ended_here, started

TOKEN = "100200300:right-token"


@pytest.fixture
def confer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Confer:
    """Runs `confer ARGUMENTS` to its end in an empty folder with only the settings given."""
    monkeypatch.chdir(tmp_path)

    async def run(*arguments: object, stdin: str = "", **settings: object) -> Ended:
        return await asyncio.to_thread(ended_here, arguments, settings, stdin)

    return run


@pytest.fixture
def running(tmp_path: Path) -> Running:
    """Runs `confer ARGUMENTS` as a process of its own; it is killed at the end if it still runs."""

    @asynccontextmanager
    async def run(*arguments: object, **settings: object) -> AsyncIterator[asyncio.subprocess.Process]:
        process = await started(tmp_path, arguments, settings)
        try:
            yield process
        finally:
            if process.returncode is None:
                process.kill()
            await process.communicate()

    return run


@pytest.fixture
def start(running: Running) -> Confer:
    """Runs `confer run`, `serve` or `worker` that will not come up, to its end."""

    async def run(*arguments: object, **settings: object) -> Ended:
        async with running(*arguments, log_level="error", **settings) as process, asyncio.timeout(SECONDS):
            out, err = await process.communicate()
        return Ended(process.returncode, out.decode(), err.decode())

    return run


@pytest.fixture
def token() -> str:
    """The token that `telegram` knows."""
    return TOKEN


@pytest.fixture
async def telegram() -> AsyncIterator[str]:
    """The address of a local Telegram that knows the bot with TOKEN."""
    sandbox = Sandbox(token=TOKEN, clock=StandaloneClock(), bot_username="riverside_bot")
    await sandbox.start()
    runner = web.AppRunner(sandbox.app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()
    await sandbox.close()


@pytest.fixture
def free_port() -> int:
    """A port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def database_file(sqlite_url: str) -> Path:
    """The file of a fresh migrated SQLite database."""
    return Path(sqlite_url.removeprefix("sqlite+aiosqlite:///"))
