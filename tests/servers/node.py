"""The vendors' libraries from npm, where Node is: a script that answers a JSON object a line."""

import asyncio
import hashlib
import json
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PEERS = ROOT / "tests" / "peers"
INSTALL = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent")
SECONDS = 120


class NoPeers(Exception):
    """Why there are none here."""


class Peers:
    """One running script."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def ask(self, ask: str, **values: Any) -> Any:
        """The answer; ValueError with the library's words where it refuses."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"ask": ask, **values}).encode() + b"\n")
        await self._process.stdin.drain()
        said = json.loads(await self._process.stdout.readline())
        if "error" in said:
            raise ValueError(said["error"])
        return said["answer"]


@asynccontextmanager
async def peers(script: str) -> AsyncIterator[Peers]:
    """Run a script of `tests/peers`; NoPeers where that cannot be."""
    folder = await asyncio.to_thread(installed)
    process = await asyncio.create_subprocess_exec(
        "node", folder / script, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    try:
        yield Peers(process)
    finally:
        assert process.stdin is not None
        process.stdin.close()
        await process.wait()


@lru_cache
def installed() -> Path:
    """The folder with the scripts and their locked packages, made once for each state of both; or NoPeers."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        raise NoPeers("no node and npm on this machine")
    sources = sorted(each for each in PEERS.iterdir() if each.suffix in {".json", ".mjs"})
    state = hashlib.sha256(b"".join(each.read_bytes() for each in sources)).hexdigest()[:16]
    folder = ROOT / "build" / f"peers-{state}"
    if not folder.exists():
        _install(sources, folder)
    return folder


def _install(sources: Sequence[Path], folder: Path) -> None:
    folder.parent.mkdir(exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=folder.parent, prefix="peers-"))
    for each in sources:
        shutil.copy(each, draft)
    try:
        subprocess.run(
            [shutil.which("npm") or "npm", *INSTALL],
            cwd=draft,
            check=True,
            capture_output=True,
            timeout=SECONDS,
        )
        draft.rename(folder)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise NoPeers(f"npm cannot install tests/peers: {error}") from error
    except OSError:  # another process was faster
        if not folder.exists():
            raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)
