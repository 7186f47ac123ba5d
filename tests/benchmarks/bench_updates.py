"""Updates per second through the whole bot, beside python-telegram-bot's own transport and a bare handler.

Every bot has the same conversation with as many people over its own SQLite file; Telegram is another
process. They take turns, so that a busy moment meets all of them.
"""

import asyncio
import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median

from bot.demo.load import load_demo
from core.db.engine import Database
from core.db.migrate import migrate
from core.db.uow import Store
from core.ports.clock import SystemClock
from core.services.subscribers import publish
from tests.benchmarks.crowd import Speed
from tests.benchmarks.figure import Figure, table
from tests.benchmarks.telegram_process import person_ids
from tests.servers.processes import free_port
from webhooks.telegram import PATH

ROOT = Path(__file__).parents[2]
PEOPLE = 50
ROUNDS, SECONDS, WARM_UP_SECONDS = 5, 2.0, 2.0
SECRET = "only-for-the-benchmark"
MOST_STRAYS = 0.02
"""Of all updates: more, and it would no longer be the same conversation."""


@dataclass(slots=True)
class Contender:
    """A bot that is measured: its transport and loop, and the updates per second of each round."""

    transport: str
    loop: str
    port: int = field(default_factory=free_port)
    speeds: list[float] = field(default_factory=list)

    @property
    def speed(self) -> float:
        """Updates per second in the middle round."""
        return median(self.speeds)


def run() -> list[Figure]:
    """The product beside others that differ in the transport, in the order as well, or do nothing at all."""
    ours, swapped = Contender("ours", "uvloop"), Contender("ptb", "asyncio")
    plain, bare = Contender("plain", "asyncio"), Contender("bare", "uvloop")
    contenders = (ours, swapped, plain, bare)
    with stage(contenders, PEOPLE) as telegram:
        for each in contenders:
            drive(telegram, each, ours, WARM_UP_SECONDS)
        for each in contenders * ROUNDS:
            speed = drive(telegram, each, ours, SECONDS)
            each.speeds.append(speed.updates / speed.seconds)
    return [
        _figure(ours, "python-telegram-bot's own transport and loop", swapped, ">= 3x"),
        _figure(ours, "the same, one update at a time as it comes", plain),
        _figure(ours, "a bare aiohttp handler", bare),
    ]


def _figure(value: Contender, floor_name: str, floor: Contender, target: str | None = None) -> Figure:
    return Figure(
        name="updates through the bot",
        value=value.speed,
        unit="1/s",
        floor_name=floor_name,
        floor_value=floor.speed,
        ratio=value.speed / floor.speed,
        target=target,
    )


@contextmanager
def stage(contenders: Sequence[Contender], people: int) -> Iterator[str]:
    """All bots at work, each with as many people; gives the address of the Telegram they are in."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        asyncio.run(_practice(f"sqlite:///{folder / 'confer.db'}", people))
        telegram = stack.enter_context(_process(folder, "telegram_process", str(people)))
        for each in contenders:
            data_dir = folder / str(each.port)
            data_dir.mkdir()
            shutil.copy(folder / "confer.db", data_dir)
            settings = _settings(data_dir, telegram, each)
            stack.enter_context(_process(data_dir, "bot_process", each.transport, each.loop, **settings))
        yield telegram


def drive(telegram: str, contender: Contender, ours: Contender, seconds: float) -> Speed:
    """Have some more of the conversation; the bare handler is sent again what our bot was."""
    bare = contender.transport == "bare"
    asked = {
        "bot": str(ours.port if bare else contender.port),
        "url": f"http://127.0.0.1:{contender.port}{PATH}",
        "secret": SECRET,
        "seconds": seconds,
    }
    request = urllib.request.Request(  # noqa: S310 - our own process
        f"{telegram}/{'replay' if bare else 'drive'}", json.dumps(asked).encode()
    )
    with urllib.request.urlopen(request) as answer:  # noqa: S310 - our own process
        speed = Speed(**json.loads(answer.read()))
    if speed.strays > MOST_STRAYS * speed.updates:
        raise AssertionError(f"not the same conversation: {speed}")
    return speed


async def _practice(url: str, people: int) -> None:
    """The demo practice, and people who have agreed and said where they are."""
    await migrate(url)
    database, clock = Database(url), SystemClock()
    store = Store(database, publish)
    await load_demo(store, clock)
    async with store.write() as uow:
        for number in person_ids(people):
            person = await uow.people.add(name="Somebody", telegram_id=number, zone="Europe/Berlin")
            await uow.people.save(replace(person, consented_at=clock.now()))
    await database.close()


def _settings(data_dir: Path, telegram: str, contender: Contender) -> dict[str, str]:
    return {
        "CONFER_DATA_DIR": str(data_dir),
        "CONFER_PORT": str(contender.port),
        "CONFER_TELEGRAM_MODE": "webhook",
        "CONFER_TELEGRAM_TOKEN": f"{contender.port}:{'token' * 7}",
        "CONFER_TELEGRAM_API_URL": telegram,
        "CONFER_TELEGRAM_WEBHOOK_SECRET": SECRET,
        "CONFER_BASE_URL": "https://confer.example.org",
    }


@contextmanager
def _process(folder: Path, module: str, *arguments: str, **settings: str) -> Iterator[str]:
    """A module at work; gives the line with which it says that it is ready. It logs to a file."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("CONFER_")}
    with (folder / f"{module}.log").open("w+") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", f"tests.benchmarks.{module}", *arguments],
            env=inherited | settings,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        try:
            line = process.stdout.readline().strip() if process.stdout else ""
            if not line:
                log.seek(0)
                raise RuntimeError(f"{module} did not start:\n{log.read()}")
            yield line
        finally:
            process.terminate()
            process.communicate(timeout=20)


if __name__ == "__main__":
    sys.stdout.write(table(run()) + "\n")
