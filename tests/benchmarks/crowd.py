"""Many people who book at once: each taps what the newest message offers, again and again."""

import asyncio
import json
import random
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from time import perf_counter
from urllib.parse import urlsplit

from bot import callbacks as tap
from bot.callback_codec import ROUTES, VERSION
from tests.benchmarks.bot_api import DATE, Json, Telegram
from tests.benchmarks.plain_http import Client

CODES = {route.kind: f"{VERSION}{code}" for code, route in ROUTES.items()}
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
SAMPLES = 2000


@dataclass(frozen=True, slots=True)
class Step:
    """A tap on a button of this kind; `which` chooses among several. One not `needed` may be missing."""

    kind: type[tap.Callback]
    which: Callable[[random.Random, Sequence[str]], str] = random.Random.choice
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Words:
    """A text that is typed."""

    text: str


def first(_: random.Random, buttons: Sequence[str]) -> str:
    """The first of the buttons."""
    return buttons[0]


def last(_: random.Random, buttons: Sequence[str]) -> str:
    """The last of the buttons."""
    return buttons[-1]


CONVERSATION: tuple[Step | Words, ...] = (
    Step(tap.Book),
    Step(tap.ShowProfile),
    Step(tap.PickCounselor),
    Step(tap.PickType),
    Step(tap.PickDuration, needed=False),
    Step(tap.ShowMonth, last),
    Step(tap.ShowMonth, first),
    Step(tap.PickDate),
    Step(tap.ShowMonth),
    Step(tap.PickDate),
    Step(tap.PickTime),
    Step(tap.SetReminders),
    Step(tap.AskTopic),
    Words("Something that has been on my mind"),
    Step(tap.ShowConfirm),
    Step(tap.ShowDetails),
    Step(tap.Leave),
)
"""From the menu through the wizard, almost to a booking, and back to the menu."""
START = Words("/start")


@dataclass(slots=True)
class Person:
    """Somebody who goes through the conversation; `detours` counts the steps that were not on offer."""

    id: int
    telegram: Telegram
    chance: random.Random
    at: int = -1
    detours: int = 0

    def next_update(self) -> Json:
        """What Telegram tells of the next step."""
        step: Step | Words = CONVERSATION[self.at] if self.at >= 0 else START
        self.at = (self.at + 1) % len(CONVERSATION)
        if isinstance(step, Words):
            return self._typed(step.text)
        data = self._offered(step)
        if data is not None:
            return self._tapped(data)
        if step.needed:
            self.detours += 1
            self.at = -1
        return self.next_update()

    def _offered(self, step: Step) -> str | None:
        message, code = self.telegram.newest[self.id], CODES[step.kind]
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        offered = [button.get("callback_data", "") for row in rows for button in row]
        fitting = [data for data in offered if data.partition(":")[0] == code]
        return step.which(self.chance, fitting) if fitting else None

    def _tapped(self, data: str) -> Json:
        number = next(self.telegram.numbers)
        query = {"id": str(number), "from": self._user(), "chat_instance": "1", "data": data}
        return {"update_id": number, "callback_query": query | {"message": self.telegram.newest[self.id]}}

    def _typed(self, text: str) -> Json:
        number = next(self.telegram.numbers)
        chat = {"id": self.id, "first_name": "Somebody", "type": "private"}
        message = {"message_id": number, "from": self._user(), "chat": chat, "date": DATE, "text": text}
        return {"update_id": number, "message": message}

    def _user(self) -> Json:
        return {"id": self.id, "is_bot": False, "first_name": "Somebody", "language_code": "en"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Drive:
    """How long whom to keep busy: `url` takes the updates, `secret` lets them in."""

    url: str
    secret: str
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """What came of it: so many `updates` were carried out in `seconds`; `detours` went another way."""

    updates: int
    seconds: float
    detours: int = 0


@dataclass(slots=True)
class Crowd:
    """The people of one bot; they go on where they were when they are driven again."""

    people: Sequence[Person]
    samples: deque[bytes] = field(default_factory=lambda: deque(maxlen=SAMPLES))

    async def drive(self, drive: Drive) -> Speed:
        """Let everybody go on, each waiting for the end of one update before the next."""
        before = self._detours()
        speed = await _drive(drive, [self._next_of(person) for person in self.people])
        return replace(speed, detours=self._detours() - before)

    def _detours(self) -> int:
        return sum(person.detours for person in self.people)

    def _next_of(self, person: Person) -> Callable[[], bytes]:
        def following() -> bytes:
            update = json.dumps(person.next_update()).encode()
            self.samples.append(update)
            return update

        return following


async def replay(drive: Drive, samples: Sequence[bytes], connections: int) -> Speed:
    """Send the same updates once more, as many at once as there were people."""
    left = deque(samples)

    def following() -> bytes:
        left.rotate(-1)
        return left[0]

    return await _drive(drive, [following] * connections)


async def _drive(drive: Drive, sources: Sequence[Callable[[], bytes]]) -> Speed:
    address = urlsplit(drive.url)
    headers = f"Content-Type: application/json\r\n{SECRET_HEADER}: {drive.secret}\r\n"
    loop, begin = asyncio.get_running_loop(), perf_counter()
    done = 0

    async def go(following: Callable[[], bytes]) -> None:
        nonlocal done
        _, client = await loop.create_connection(
            lambda: Client(address, headers), address.hostname, address.port
        )
        while perf_counter() < begin + drive.seconds:
            status = await client.post(following())
            if status != 200:
                raise ConnectionError(f"an update was answered {status}")
            done += 1
        client.close()

    await asyncio.gather(*(go(each) for each in sources))
    return Speed(updates=done, seconds=perf_counter() - begin)
