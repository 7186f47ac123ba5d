"""The real `confer` command as a process: started with settings of its own, killed, and started again."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import aiohttp

from tests.servers.patience import until

COMMAND = Path(sys.executable).with_name("confer")
SECRET_KEY = "a-key-that-is-only-for-tests-0123456789"


class Confer:
    """One `confer` process and its lives, all on one port and with one file of output.

    `settings` are names without `CONFER_` and their values; of this process's own environment none of
    Confer's settings is passed on. `folder` holds its data, and nothing of the working directory is read.
    """

    def __init__(self, command: str, folder: Path, **settings: object) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._command = command
        self._folder = folder
        self._output = folder / f"{command}-{self.port}.log"
        self._environment = _environment(
            {"DATA_DIR": folder, "SECRET_KEY": SECRET_KEY, "PORT": self.port, **settings}
        )
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def output(self) -> str:
        """All that it has said in its lives so far."""
        return self._output.read_text(encoding="utf-8") if self._output.exists() else ""

    async def start(self) -> None:
        """Start it; returns when it is ready for work, RuntimeError with its output when it ends before."""
        self._spawn()
        async with aiohttp.ClientSession() as session:
            await until(lambda: self._is_ready(session))

    def kill(self) -> None:
        """`kill -9`; returns when it is gone. Harmless when it is gone already."""
        self._end(signal.SIGKILL)

    async def stop(self) -> None:
        """Ask it to end and wait until it has; harmless when it is gone already."""
        await asyncio.to_thread(self._end, signal.SIGTERM)

    def _spawn(self) -> None:
        with self._output.open("ab") as output:
            self._process = subprocess.Popen(
                [COMMAND, self._command],
                env=self._environment,
                cwd=self._folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )

    async def _is_ready(self, session: aiohttp.ClientSession) -> bool:
        if self._process is None or self._process.poll() is not None:
            raise RuntimeError(f"confer {self._command} ended: {self.output}")
        try:
            async with session.get(f"{self.url}/readyz") as answer:
                return answer.status == 200
        except aiohttp.ClientError:
            return False

    def _end(self, sign: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(sign)
            self._process.wait()


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _environment(settings: Mapping[str, object]) -> dict[str, str]:
    outside = {name: value for name, value in os.environ.items() if not name.startswith("CONFER_")}
    return outside | {f"CONFER_{name}": str(value) for name, value in settings.items()}
