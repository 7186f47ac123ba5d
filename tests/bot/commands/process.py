"""Running `confer` with its own settings and folder: inside this process, or as one of its own."""

import asyncio
import io
import os
import sys
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from bot.cli import main

COMMAND = (sys.executable, "-c", "from bot.cli import main; main()")
SECONDS = 30


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended."""

    code: int | str | None
    out: str
    err: str


Confer = Callable[..., Awaitable[Ended]]
Running = Callable[..., AbstractAsyncContextManager[asyncio.subprocess.Process]]
Arguments = tuple[object, ...]
Settings = Mapping[str, object]


def ended_here(arguments: Arguments, settings: Settings, stdin: str) -> Ended:
    """Run a command to its end in this thread and the present folder."""
    out, err = io.StringIO(), io.StringIO()
    code: int | str | None = None
    with (
        patch.dict(os.environ, environment(settings), clear=True),
        patch.object(sys, "argv", ["confer", *map(str, arguments)]),
        patch.object(sys, "stdin", io.StringIO(stdin)),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as end:
            code = end.code
    return Ended(code, out.getvalue(), err.getvalue())


async def started(folder: Path, arguments: Arguments, settings: Settings) -> asyncio.subprocess.Process:
    """The process of a command that works in `folder`."""
    return await asyncio.create_subprocess_exec(
        *COMMAND,
        *map(str, arguments),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=folder,
        env=environment(settings),
    )


def environment(settings: Settings) -> dict[str, str]:
    """Ours without any setting of Confer, and those given."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CONFER_")}
    return {**kept, **{f"CONFER_{name.upper()}": str(value) for name, value in settings.items()}}


def listed(folder: Path) -> list[str]:
    """The names of everything in a folder."""
    return sorted(path.name for path in folder.iterdir())
