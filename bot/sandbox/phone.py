"""One person's phone: what a thumb can do in the chat with the bot, and what an eye can see."""

import asyncio
import re
from collections.abc import Callable
from typing import Any

from bot.sandbox.chats import Chat, Tap
from bot.sandbox.entities import finished
from bot.sandbox.people import Person
from bot.sandbox.sending import LONGEST_TEXT
from bot.sandbox.store import Json
from bot.sandbox.taps import make_tap
from bot.sandbox.world import World

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


class CannotDo(Exception):
    """The phone would not let the person do this; says why."""


class Phone:
    """A person's side of the chat. Everything done here reaches the bot as a real update."""

    def __init__(self, world: World, person_id: int) -> None:
        self._world = world
        self._chat: Chat = world.chats[person_id]

    @property
    def person(self) -> Person:
        """Whose phone this is."""
        return self._chat.person

    @property
    def messages(self) -> list[Json]:
        """All messages in the chat, oldest first, in the Bot API's shape."""
        return list(self._chat.messages.values())

    @property
    def answers(self) -> list[Json]:
        """The bot's messages, oldest first."""
        return [message for message in self.messages if message["from"]["is_bot"]]

    @property
    def last(self) -> Json:
        """The bot's newest message; raises IndexError when there is none."""
        return self.answers[-1]

    @property
    def keyboard(self) -> Json | None:
        """The reply keyboard, if one is shown."""
        return self._chat.keyboard

    @property
    def blocked(self) -> bool:
        """Whether the person blocked the bot."""
        return self._chat.blocked

    @property
    def toasts(self) -> list[str]:
        """What the bot's answers to this person's taps said, oldest first."""
        return [tap.text for tap in self.taps if tap.text]

    @property
    def taps(self) -> list[Tap]:
        """What this person tapped in the last day, oldest first."""
        return [tap for tap in self._world.taps.values() if tap.person_id == self.person.id]

    async def start(self, payload: str = "") -> Json:
        """Press Start, or open a deep link with `payload` (at most 64 of A-Z, a-z, 0-9, _ and -)."""
        if payload and not _PAYLOAD.fullmatch(payload):
            raise CannotDo(f"Telegram opens no link with the payload {payload!r}.")
        if self._chat.blocked:
            await self.unblock()
        return await self.send(f"/start {payload}".strip())

    async def send(self, text: str) -> Json:
        """Send a text; one too long is sent in pieces, as apps do. Returns the last message."""
        if not text.strip():
            raise CannotDo("An empty message cannot be sent.")
        pieces = [text[at : at + LONGEST_TEXT] for at in range(0, len(text), LONGEST_TEXT)]
        for piece in pieces:
            content, entities = finished(piece, [])
            message = self._say({"text": content, **({"entities": entities} if entities else {})})
        await self._world.store.saved()
        return message

    async def share_location(self, latitude: float, longitude: float) -> Json:
        """Share a place on earth, in degrees."""
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            raise CannotDo("There is no such place.")
        message = self._say({"location": {"latitude": latitude, "longitude": longitude}})
        await self._world.store.saved()
        return message

    async def tap(self, label: str, *, message_id: int | None = None) -> Tap:
        """Tap the inline button with this label, or else one containing it, on the newest such message."""
        buttons = [
            (message["message_id"], button)
            for message in reversed(self.answers)
            if message_id in (None, message["message_id"])
            for button in buttons_of(message)
        ]
        exact = [found for found in buttons if label == found[1]["text"]]
        fitting = exact or [found for found in buttons if label in found[1]["text"]]
        if not fitting:
            shown = ", ".join(repr(button["text"]) for _, button in buttons)
            raise CannotDo(f"There is no button {label!r}; there are: {shown or 'none'}.")
        found_in, button = fitting[0]
        return await self.tap_data(_data(button), found_in)

    async def press(self, label: str) -> Json:
        """Press the key with this label on the reply keyboard, which sends the label as a text."""
        rows = (self._chat.keyboard or {"keyboard": []})["keyboard"]
        key = next((key for row in rows for key in row if key["text"] == label), None)
        if key is None:
            raise CannotDo(f"There is no key {label!r} on the keyboard.")
        if key.get("request_location"):
            raise CannotDo(f"The key {label!r} asks for a location; share one.")
        return await self.send(label)

    async def tap_data(self, data: str, message_id: int) -> Tap:
        """Send a callback query with this data: what a tap does, or what a forged client does."""
        self._check_open()
        tap = make_tap(self._world, self._chat, message_id, data)
        await self._world.store.saved()
        return tap

    async def block(self) -> None:
        """Stop and block the bot."""
        await self._set_blocked(True)

    async def unblock(self) -> None:
        """Let the bot write again."""
        await self._set_blocked(False)

    async def wait_until(self, true: Callable[[], Any], *, what: str = "", seconds: float = 10) -> Any:
        """Wait for `true` to return something true and return that; raises TimeoutError."""
        try:
            async with asyncio.timeout(seconds):
                while not (result := true()):
                    await self._world.feed.bell.wait()
                return result
        except TimeoutError:
            seen = [text_of(message) for message in self.answers[-3:]]
            raise TimeoutError(f"{self.person.first_name} waited for {what}; saw last: {seen}") from None

    async def wait_for(self, text: str, *, button: str = "", after: int = 0, seconds: float = 10) -> Json:
        """Wait for a message of the bot that contains `text` (and has `button`), newer than `after`."""

        def found() -> Json | None:
            return next(
                (
                    message
                    for message in reversed(self.answers)
                    if message["message_id"] > after
                    and text in text_of(message)
                    and (not button or any(button in each["text"] for each in buttons_of(message)))
                ),
                None,
            )

        message: Json = await self.wait_until(found, what=f"{text!r} {button!r}", seconds=seconds)
        return message

    async def wait_for_answer(self, tap: Tap, *, seconds: float = 10) -> str:
        """Wait until the bot answered this tap; returns the toast's text, which may be empty."""
        await self.wait_until(lambda: tap.answered, what=f"an answer to {tap.data!r}", seconds=seconds)
        return tap.text

    def _say(self, content: Json) -> Json:
        self._check_open()
        if not self._chat.started:
            self._chat.started = True
            self._world.keep_chat(self._chat)
        message = self._world.add_message(self._chat, self.person.as_user(), content)
        if (self._chat.keyboard or {}).get("one_time_keyboard"):
            self._world.set_keyboard(self._chat, None)
        lane = f"chat:{self.person.id}"
        self._world.updates.add("message", message, lane=lane, now=self._world.now())
        return message

    def _check_open(self) -> None:
        if self._chat.blocked:
            raise CannotDo("The bot is blocked; unblock it first.")

    async def _set_blocked(self, blocked: bool) -> None:
        if self._chat.blocked == blocked or not self._chat.started:
            return
        self._chat.blocked = blocked
        self._world.keep_chat(self._chat)
        member: Json = {"user": self._world.bot, "status": "member"}
        kicked: Json = {"user": self._world.bot, "status": "kicked", "until_date": 0}
        change = {
            "chat": self.person.as_chat(),
            "from": self.person.as_user(),
            "date": int(self._world.now().timestamp()),
            "old_chat_member": member if blocked else kicked,
            "new_chat_member": kicked if blocked else member,
        }
        lane = f"member:{self.person.id}"
        self._world.updates.add("my_chat_member", change, lane=lane, now=self._world.now())
        await self._world.store.saved()


def text_of(message: Json) -> str:
    """The words of a message: its text or its caption."""
    return str(message.get("text") or message.get("caption") or "")


def buttons_of(message: Json) -> list[Json]:
    """The inline buttons of a message, row by row."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]


def _data(button: Json) -> str:
    if "callback_data" not in button:
        raise CannotDo(f"The button {button['text']!r} does not speak to the bot.")
    return str(button["callback_data"])
