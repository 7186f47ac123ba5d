"""The Telegram side of the benchmark of updates, in a process of its own: `python -m ... people`.

It prints the address it listens at. The bot with the token `<number>:...` has a Telegram of its own, so
several bots can be measured in turn. `POST /drive` keeps a bot's people busy, and `POST /replay` sends
what they did to another address; both are answered when it is over.
"""

import asyncio
import json
import random
import re
import sys
from dataclasses import asdict, dataclass

import uvloop

from tests.benchmarks.bot_api import Telegram, arguments
from tests.benchmarks.crowd import Crowd, Drive, Person, replay
from tests.benchmarks.plain_http import Server

CALL = re.compile(r"/bot(\d+):[^/]*/(\w+)")
FIRST_PERSON = 5000


@dataclass(frozen=True, slots=True)
class Side:
    """A bot's Telegram and the people in it."""

    telegram: Telegram
    crowd: Crowd


def side(people: int) -> Side:
    """A Telegram in which nothing has been said yet."""
    telegram = Telegram()
    crowd = Crowd([Person(each, telegram, random.Random(each)) for each in person_ids(people)])
    return Side(telegram, crowd)


def person_ids(people: int) -> range:
    """The Telegram ids of so many people."""
    return range(FIRST_PERSON, FIRST_PERSON + people)


class TelegramSide:
    """Answers the bots, and whoever measures them."""

    def __init__(self, people: int) -> None:
        self._people = people
        self._sides: dict[str, Side] = {}

    async def answer(self, path: str, head: bytes, body: bytes) -> bytes:
        """The answer to one request."""
        if call := CALL.fullmatch(path):
            result = self._side(call[1]).telegram.call(call[2], arguments(head, body) if body else {})
            return json.dumps({"ok": True, "result": result}).encode()
        asked = json.loads(body)
        crowd, drive = self._side(asked.pop("bot")).crowd, Drive(**asked)
        if path == "/replay":
            speed = await replay(drive, crowd.samples, self._people)
        else:
            speed = await crowd.drive(drive)
        return json.dumps(asdict(speed)).encode()

    def _side(self, bot: str) -> Side:
        return self._sides.setdefault(bot, side(self._people))


async def serve(people: int) -> None:
    """Listen on a free port until the process is ended."""
    here = TelegramSide(people)
    server = await asyncio.get_running_loop().create_server(lambda: Server(here.answer), "127.0.0.1", 0)
    sys.stdout.write(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve(int(sys.argv[1])))
