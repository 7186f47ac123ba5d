"""The command line itself: it comes up at once, and loads nothing that a command does not need."""

import subprocess
import sys
import time

COMMANDS = (
    "run",
    "serve",
    "worker",
    "migrate",
    "load",
    "demo",
    "doctor",
    "slots",
    "jobs",
    "telegram",
    "backup",
    "restore",
)


def confer(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", "from bot.cli import main; main()", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_help_names_every_command() -> None:
    answer = confer("--help")
    named = [line.split()[0] for line in answer.stdout.partition("Commands:")[2].splitlines() if line.strip()]
    assert (answer.returncode, tuple(named)) == (0, COMMANDS)


def test_help_comes_within_half_a_second() -> None:
    times = []
    for _ in range(3):
        begin = time.perf_counter()
        confer("--help")
        times.append(time.perf_counter() - begin)
    assert min(times) < 0.5


def test_the_command_line_alone_loads_nothing_heavy() -> None:
    script = "import bot.cli, sys; print(*sorted(sys.modules))"
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = set(answer.stdout.split())
    assert (
        loaded & {"aiohttp", "alembic", "babel", "core", "pydantic", "rich", "sqlalchemy", "telegram"}
        == set()
    )


def test_an_unknown_command_is_misuse() -> None:
    answer = confer("dance")
    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr.splitlines()[-1] == "Error: No such command 'dance'."
