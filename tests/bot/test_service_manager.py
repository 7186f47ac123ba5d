"""What systemd is told, heard on a socket such as it opens."""

import asyncio
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.service_manager import ServiceManager
from tests.bot.commands.process import COMMAND, environment
from tests.servers.processes import free_port

SECONDS = 30


class Ear:
    """A service manager's end of the socket."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(str(path))
        self.socket.setblocking(False)

    async def hear(self) -> str:
        async with asyncio.timeout(SECONDS):
            return (await asyncio.get_running_loop().sock_recv(self.socket, 100)).decode()


@pytest.fixture
def ear(tmp_path: Path) -> Iterator[Ear]:
    ear = Ear(tmp_path / "notify")
    yield ear
    ear.socket.close()


async def test_it_hears_of_the_beginning_of_life_and_of_the_end(ear: Ear) -> None:
    manager = ServiceManager({"NOTIFY_SOCKET": str(ear.path), "WATCHDOG_USEC": "100000"})
    async with manager.told():
        assert [await ear.hear() for _ in range(3)] == ["READY=1", "WATCHDOG=1", "WATCHDOG=1"]
    while (last := await ear.hear()) == "WATCHDOG=1":
        pass
    assert last == "STOPPING=1"


async def test_without_a_watchdog_life_is_not_told_of(ear: Ear) -> None:
    async with ServiceManager({"NOTIFY_SOCKET": str(ear.path)}).told():
        await asyncio.sleep(0.05)
    assert [await ear.hear() for _ in range(2)] == ["READY=1", "STOPPING=1"]


@pytest.mark.parametrize("environ", [{}, {"NOTIFY_SOCKET": "/nowhere/at/all"}])
async def test_without_a_manager_nothing_happens(environ: dict[str, str]) -> None:
    async with ServiceManager(environ).told():
        pass


async def test_the_program_says_when_it_is_ready_and_that_it_stops(ear: Ear, tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        *COMMAND,
        "run",
        cwd=tmp_path,
        env=environment({"port": free_port()}) | {"NOTIFY_SOCKET": str(ear.path)},
    )
    assert await ear.hear() == "READY=1"
    process.send_signal(signal.SIGTERM)
    assert await ear.hear() == "STOPPING=1"
    async with asyncio.timeout(SECONDS):
        assert await process.wait() == 0
