"""Everything the local Telegram remembers about one bot: people, chats, messages, taps, settings."""

import secrets
from collections.abc import Iterable
from datetime import datetime

from bot.sandbox.arguments import Arguments
from bot.sandbox.chats import Chat, Tap
from bot.sandbox.clock import SandboxClock
from bot.sandbox.errors import bad_request, forbidden
from bot.sandbox.feed import Feed
from bot.sandbox.keyboards import Markup
from bot.sandbox.limits import Pace
from bot.sandbox.people import Person
from bot.sandbox.store import Json, Kept, Store
from bot.sandbox.updates import UpdateQueue


class World:
    """The state behind the Bot API methods and the page; each change is kept and published."""

    def __init__(self, *, bot: Json, clock: SandboxClock, store: Store, pace: Pace) -> None:
        self.bot = bot
        self.clock = clock
        self.store = store
        self.pace = pace
        self.feed = Feed()
        self.updates = UpdateQueue(store)
        self.chats: dict[int, Chat] = {}
        self.taps: dict[str, Tap] = {}
        self.settings: dict[str, Json] = {}
        self.files: dict[str, Json] = {}
        self._last_message_id = 0

    async def open(self, people: Iterable[Person]) -> None:
        """Load what was kept, and let these people in if they are not there yet."""
        for kept in sorted(await self.store.open(), key=lambda kept: _LOADING_ORDER.index(kept.kind)):
            self._load(kept)
        cast = {person.id: self._admit(person) for person in people}
        self.chats = cast | {
            person_id: chat for person_id, chat in self.chats.items() if person_id not in cast
        }
        self.bot["first_name"] = self.settings.get("name:", {}).get("name") or self.bot["first_name"]
        await self.store.saved()

    def now(self) -> datetime:
        """The present moment by the sandbox's clock."""
        return self.clock.now()

    def add_person(self, person: Person) -> Chat:
        """Let somebody in; the chat with the bot is empty and not started."""
        chat = self.chats[person.id] = Chat(person)
        self.store.put("person", person.id, person.document())
        self.feed.publish("person", person=person.document())
        return chat

    def chat_of(self, arguments: Arguments) -> Chat:
        """The chat a call speaks of: one the bot has been spoken to in."""
        given = arguments.text("chat_id")
        if not given:
            raise bad_request("chat_id is empty")
        chat = self.chats.get(arguments.integer("chat_id"))
        if chat is None or not chat.started:
            raise bad_request("chat not found")
        return chat

    def open_chat_of(self, arguments: Arguments) -> Chat:
        """The same, and the person did not block the bot."""
        chat = self.chat_of(arguments)
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        return chat

    def add_message(self, chat: Chat, sender: Json, content: Json, markup: Markup = Markup()) -> Json:  # noqa: B008
        """Put a new message into the chat and return it in the Bot API's shape."""
        self._last_message_id += 1
        message: Json = {
            "message_id": self._last_message_id,
            "from": sender,
            "chat": chat.person.as_chat(),
            "date": int(self.now().timestamp()),
            **content,
        }
        if markup.inline:
            message["reply_markup"] = markup.inline
        chat.messages[self._last_message_id] = message
        self.keep_setting("counter", {"message": self._last_message_id})
        self.keep_message(chat, message)
        if markup.reply or markup.removes_reply:
            self.set_keyboard(chat, markup.reply)
        return dict(message)

    def keep_message(self, chat: Chat, message: Json) -> None:
        """A message is new or changed."""
        self.store.put("message", f"{chat.person.id}:{message['message_id']}", message)
        self.feed.publish("message", person=chat.person.id, message=message)

    def remove_message(self, chat: Chat, message_id: int) -> None:
        """A message is gone for both sides."""
        del chat.messages[message_id]
        self.store.drop("message", f"{chat.person.id}:{message_id}")
        self.feed.publish("removed", person=chat.person.id, message_id=message_id)

    def set_keyboard(self, chat: Chat, keyboard: Json | None) -> None:
        """Show, change or take away the reply keyboard."""
        chat.keyboard = keyboard
        self.keep_chat(chat)

    def keep_chat(self, chat: Chat) -> None:
        """Started, blocked or keyboard changed."""
        self.store.put("chat", chat.person.id, chat.document())
        self.feed.publish("chat", person=chat.person.id, chat=chat.document())

    def keep_tap(self, tap: Tap) -> None:
        """A tap happened or was answered."""
        self.taps[tap.id] = tap
        self.store.put("tap", tap.id, tap.document())
        self.feed.publish("tap", person=tap.person_id, tap=tap.document())

    def forget_tap(self, tap: Tap) -> None:
        """A tap is too old to matter."""
        del self.taps[tap.id]
        self.store.drop("tap", tap.id)

    def keep_setting(self, name: str, value: Json) -> None:
        """Keep a named setting of the bot."""
        self.settings[name] = value
        self.store.put("setting", name, value)

    def keep_file(self, file: Json) -> str:
        """Keep a file under a new id, which is returned."""
        file_id = f"BQAC{secrets.token_urlsafe(48)}"
        self.files[file_id] = file
        self.store.put("file", file_id, file)
        return file_id

    def _admit(self, person: Person) -> Chat:
        """Somebody given at the start: new here, or perhaps under another name than before."""
        chat = self.chats.get(person.id)
        if chat is None:
            return self.add_person(person)
        if chat.person != person:
            chat.person = person
            self.store.put("person", person.id, person.document())
        return chat

    def _load(self, kept: Kept) -> None:
        match kept.kind:
            case "person":
                self.chats[int(kept.key)] = Chat(Person(**kept.body))
            case "chat":
                self.chats[int(kept.key)].restore(kept.body)
            case "message":
                chat = self.chats[kept.body["chat"]["id"]]
                chat.messages[kept.body["message_id"]] = kept.body
            case "tap":
                self.taps[kept.key] = Tap(**kept.body)
            case "file":
                self.files[kept.key] = kept.body
            case "setting":
                self.settings[kept.key] = kept.body
                self._last_message_id = self.settings.get("counter", {}).get("message", 0)
            case _:
                self.updates.load(kept)


_LOADING_ORDER = ("person", "chat", "message", "tap", "file", "setting", "update", "updates")
