"""Many people who book at once: each taps what the newest message offers, again and again."""

import asyncio
import json
import random
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import cycle
from time import perf_counter
from typing import TypeAlias
from urllib.parse import urlsplit

from bot import callbacks as tap
from bot.callback_codec import ROUTES, VERSION
from tests.benchmarks.bot_api import DATE, Json, Telegram
from tests.benchmarks.plain_http import Client

Choice: TypeAlias = Callable[[random.Random, Sequence[Json]], Json]

CODES = {route.kind: f"{VERSION}{code}" for code, route in ROUTES.items()}
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
SAMPLES = 2000
REPEAT_SECONDS = 0.2
"""Until an update that was not carried out is sent again, as Telegram does."""


@dataclass(frozen=True, slots=True)
class Step:
    """A tap on a button of this kind; `which` chooses among several.

    Where there is none, one of the kind `again` is tapped once more, if one is given.
    """

    kind: type[tap.Callback]
    which: Choice = random.Random.choice
    again: type[tap.Callback] | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """A text that is typed."""

    text: str


def first(_: random.Random, buttons: Sequence[Json]) -> Json:
    """The first of the buttons."""
    return buttons[0]


def last(_: random.Random, buttons: Sequence[Json]) -> Json:
    """The last of the buttons."""
    return buttons[-1]


def for_everybody(_: random.Random, buttons: Sequence[Json]) -> Json:
    """The session type that all counselors offer to anybody, in several durations."""
    return next(each for each in buttons if each["text"].startswith("Counseling session"))


CONVERSATION: tuple[Step | Words, ...] = (
    Step(tap.Book),
    Step(tap.ShowProfile),
    Step(tap.PickCounselor),
    Step(tap.PickType, for_everybody),
    Step(tap.PickDuration),
    Step(tap.ShowMonth, last),
    Step(tap.ShowMonth, first),
    Step(tap.PickDate),
    Step(tap.ShowMonth),
    Step(tap.PickDate),
    Step(tap.PickTime),
    Step(tap.SetReminders, again=tap.PickTime),  # somebody else may have been faster
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
    """Somebody who goes through the conversation; `detours` counts how often it had to be begun anew."""

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
        if offered := self._offered(step.kind):
            return self._tapped(step.which(self.chance, offered))
        if step.again is not None and (offered := self._offered(step.again)):
            self.at -= 1
            return self._tapped(self.chance.choice(offered))
        self.detours += 1
        self.at = 0
        return self._typed(START.text)

    def _offered(self, kind: type[tap.Callback]) -> list[Json]:
        """The buttons of this kind on the newest message."""
        markup, code = self.telegram.newest[self.id].get("reply_markup", {}), CODES[kind]
        buttons = (button for row in markup.get("inline_keyboard", []) for button in row)
        return [each for each in buttons if each.get("callback_data", "").partition(":")[0] == code]

    def _tapped(self, button: Json) -> Json:
        number, data = next(self.telegram.numbers), button["callback_data"]
        self.telegram.unanswered.add(str(number))
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
    """Whom to keep busy for how long: `url` takes the updates, `secret` lets them in."""

    url: str
    secret: str
    seconds: float


@dataclass(slots=True, kw_only=True)
class Speed:
    """What came of it: so many `updates` were carried out in `seconds`.

    `strays` do not belong to the conversation: sent again after a failure, as a step was not on offer, or
    a tap whose spinner never ended.
    """

    updates: int = 0
    seconds: float = 0.0
    strays: int = 0


@dataclass(slots=True)
class Crowd:
    """The people of one bot; they go on where they were when they are driven again."""

    people: Sequence[Person]
    samples: deque[bytes] = field(default_factory=lambda: deque(maxlen=SAMPLES))

    async def drive(self, drive: Drive) -> Speed:
        """Let everybody go on, each waiting for the end of one update before the next."""
        before = self._detours()
        speed = await _drive(drive, [(partial(self._next, each), each.telegram) for each in self.people])
        speed.strays += self._detours() - before
        return speed

    def _detours(self) -> int:
        return sum(person.detours for person in self.people)

    def _next(self, person: Person) -> bytes:
        update = json.dumps(person.next_update()).encode()
        self.samples.append(update)
        return update


async def replay(drive: Drive, samples: Sequence[bytes], connections: int) -> Speed:
    """Send the same updates again, as many at once as there were people."""
    return await _drive(drive, [(partial(next, cycle(samples)), Telegram())] * connections)


async def _drive(drive: Drive, sources: Sequence[tuple[Callable[[], bytes], Telegram]]) -> Speed:
    address = urlsplit(drive.url)
    headers = f"Content-Type: application/json\r\n{SECRET_HEADER}: {drive.secret}\r\n"
    loop, begin, speed = asyncio.get_running_loop(), perf_counter(), Speed()

    async def go(following: Callable[[], bytes], telegram: Telegram) -> None:
        _, client = await loop.create_connection(
            lambda: Client(address, headers), address.hostname or "", address.port or 0
        )
        while perf_counter() < begin + drive.seconds:
            update = following()
            while (answer := await client.post(update))[0] != 200:
                speed.strays += 1
                await asyncio.sleep(REPEAT_SECONDS)
            if answer[1]:
                telegram.call_from_answer(json.loads(answer[1]))
            speed.updates += 1
        client.close()

    async with asyncio.TaskGroup() as people:
        for each in sources:
            people.create_task(go(*each))
    speed.seconds = perf_counter() - begin
    speed.strays += sum(len(each.unanswered) for each in {id(each): each for _, each in sources}.values())
    return speed
