"""A client's way from the first contact to an approved booking, step by step."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.callbacks import PickDate, PickTime, unpack
from bot.sandbox.phone import Phone, buttons_of, text_of
from bot.sandbox.world import World
from tests.journeys.office import ALWAYS
from tests.servers.patience import LONGEST_WAIT, until

PRACTICE = f"""
[practice]
name = "Riverside Counseling"
timezone = "UTC"

[[counselor]]
slug = "ann"
name = "Ann Rivera"
telegram_id = 1001
buffer_minutes = 15
slot_interval_minutes = 60
weekly = {{ {ALWAYS} }}

[[counselor]]
slug = "ben"
name = "Ben Hale"
telegram_id = 1002
buffer_minutes = 15
slot_interval_minutes = 60
weekly = {{ {ALWAYS} }}

[[session_type]]
slug = "counseling"
title = "Counseling session"
counselors = ["ann", "ben"]
durations = [30, 45]
locations = ["video"]

[[session_type]]
slug = "intro"
title = "Introductory session"
counselors = ["ann", "ben"]
durations = [30]
locations = ["video"]
"""

Json = dict[str, Any]
Button = Json


@dataclass(slots=True, kw_only=True)
class Walk:
    """One client on the way to a session at `start`, step by step.

    `topic` is like no other client's. Somebody impatient taps every button twice. `number` is the step that
    is done next, `message_id` the message in which it must show: the one that was tapped, or a new one
    after typed text.
    """

    world: World
    client: Phone
    counselor: Phone
    counselor_name: str
    start: datetime
    steps: Sequence["Step"]
    topic: str = ""
    impatient: bool = False
    number: int = 0
    message_id: int | None = None

    @property
    def step(self) -> "Step":
        """The step that is done next."""
        return self.steps[self.number]

    @property
    def phone(self) -> Phone:
        """Whose phone the step is about."""
        return self.counselor if self.step.by_counselor else self.client

    async def act(self) -> None:
        """Do the step: type, tap, or just wait for what comes."""
        await self.step.act(self)

    async def see(self) -> None:
        """Wait until one sees that the step has come through."""
        what = f"{self.step.name!r} to come through for {self.topic or self.client.person.first_name}"
        await self.phone.wait_until(self.shows, what=what, seconds=LONGEST_WAIT)

    async def arrive(self) -> None:
        """Wait until the step has come through, and go on to the next."""
        await self.see()
        await until(lambda: self.is_at_rest() and self.shows())
        self.number += 1

    async def go(self, steps: int) -> None:
        """Do so many steps, one after the other."""
        for _ in range(steps):
            await self.act()
            await self.arrive()

    def shows(self) -> bool:
        """Whether one sees that the step has come through; the message that shows it is kept."""
        messages = self.at_hand() if self.step.taps else self.phone.answers
        found = [each for each in messages if self.step.shown(self, each)]
        if found:
            self.message_id = found[-1]["message_id"]
        return bool(found)

    def at_hand(self) -> list[Json]:
        """The message the walk goes on in; once it was replaced by a new one, those that there are."""
        same = [each for each in self.phone.answers if each["message_id"] == self.message_id]
        return same or self.phone.answers

    def is_at_rest(self) -> bool:
        """Whether one may go on: at once from tap to tap, but around typed text when all before is done.

        Telegram hands on the taps and the texts of one person side by side, in any order.
        """
        mine = f":{self.client.person.id}"
        waiting = any(each.lane.endswith(mine) for each in self.world.updates.pending(self.world.now()))
        return not waiting or not any(each.types for each in self.steps[self.number : self.number + 2])


Finds = Callable[[Walk, Button], bool]
Shown = Callable[[Walk, Json], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What is done (`act`), and what a message looks like once it is done (`shown`).

    What `taps` shows in the tapped message, what `types` in a new one.
    """

    name: str
    act: Callable[[Walk], Awaitable[None]]
    shown: Shown
    taps: bool = False
    types: bool = False
    by_counselor: bool = False


def labelled(label: str) -> Finds:
    """The button with this in its label."""
    return lambda _, button: label in button["text"]


def _counselor(walk: Walk, button: Button) -> bool:
    return walk.counselor_name in button["text"]


def _day(walk: Walk, button: Button) -> bool:
    meant = unpack(button["callback_data"])
    return isinstance(meant, PickDate) and meant.day == walk.start.date()


def _time(walk: Walk, button: Button) -> bool:
    meant = unpack(button["callback_data"])
    return isinstance(meant, PickTime) and meant.start == walk.start


def offers(finds: Finds) -> Shown:
    """The message has such a button."""
    return lambda walk, message: bool(_buttons(walk, message, finds))


def says(words: str) -> Shown:
    """The message has these words."""
    return lambda _, message: words in text_of(message)


def says_topic(words: str) -> Shown:
    """The message has these words, and is about this walk."""
    return lambda walk, message: words in text_of(message) and walk.topic in text_of(message)


def _buttons(walk: Walk, message: Json, finds: Finds) -> list[Button]:
    return [each for each in buttons_of(message) if "callback_data" in each and finds(walk, each)]


def typing(name: str, words: Callable[[Walk], str], shown: Shown) -> Step:
    """Type a text; its answer is a new message."""

    async def act(walk: Walk) -> None:
        await walk.client.send(words(walk))

    return Step(name=name, act=act, shown=shown, types=True)


def tapping(name: str, finds: Finds, shown: Shown, *, by_counselor: bool = False) -> Step:
    """Tap a button of the message at hand, which then shows the answer."""

    async def act(walk: Walk) -> None:
        on, button = [(each, button) for each in walk.at_hand() for button in _buttons(walk, each, finds)][-1]
        for _ in range(2 if walk.impatient else 1):
            await walk.phone.tap_data(button["callback_data"], on["message_id"])

    return Step(name=name, act=act, shown=shown, taps=True, by_counselor=by_counselor)


def waiting(name: str, shown: Shown, *, by_counselor: bool = False) -> Step:
    """Wait for a message that comes by itself."""

    async def act(_: Walk) -> None:
        return

    return Step(name=name, act=act, shown=shown, by_counselor=by_counselor)


FIRST_CONTACT = (
    typing("the first contact", lambda _: "/start", offers(labelled("I agree"))),
    tapping("the agreement", labelled("I agree"), offers(labelled("As the practice"))),
    tapping("the zone", labelled("As the practice"), offers(labelled("Book a session"))),
)
TO_THE_TIMES = (
    tapping("the week", labelled("Next week"), offers(_day)),
    tapping("the day", _day, offers(_time)),
)
THE_TIME = tapping("the time", _time, offers(labelled("Add topic")))
TO_AN_APPROVED_SESSION = (
    *FIRST_CONTACT,
    tapping("the beginning", labelled("Book a session"), offers(_counselor)),
    tapping("the counselor", _counselor, offers(labelled("Counseling session"))),
    tapping("the session type", labelled("Counseling session"), offers(labelled("45 min"))),
    tapping("the duration", labelled("45 min"), offers(labelled("Next week"))),
    *TO_THE_TIMES,
    THE_TIME,
    tapping("the question", labelled("Add topic"), says("What would you like to talk about?")),
    typing("the topic", lambda walk: walk.topic, says_topic("Kept for you")),
    tapping("the summary", labelled("Continue"), says_topic("Please check and confirm")),
    tapping("the booking", labelled("Book session"), says_topic("Reference:")),
    waiting("the request", says_topic("New request"), by_counselor=True),
    tapping("the approval", labelled("Approve"), says_topic("Request approved"), by_counselor=True),
    waiting("the confirmation", says_topic("Your session is confirmed")),
)
