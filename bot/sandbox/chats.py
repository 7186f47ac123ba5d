"""A chat of the bot with one person, and a tap on one of its buttons."""

from dataclasses import dataclass, field

from bot.sandbox.people import Person
from bot.sandbox.store import Json


@dataclass(slots=True)
class Chat:
    """The private chat of the bot with one person; messages by id, oldest first."""

    person: Person
    started: bool = False
    blocked: bool = False
    keyboard: Json | None = None
    messages: dict[int, Json] = field(default_factory=dict)

    def document(self) -> Json:
        """What is kept beside the messages themselves."""
        return {"started": self.started, "blocked": self.blocked, "keyboard": self.keyboard}

    def restore(self, document: Json) -> None:
        """Take over what was kept."""
        self.started, self.blocked = document["started"], document["blocked"]
        self.keyboard = document["keyboard"]


@dataclass(slots=True)
class Tap:
    """A tap on an inline button, from the tap to the bot's answer."""

    id: str
    person_id: int
    message_id: int
    data: str
    at: float
    answered: bool = False
    text: str = ""
    alert: bool = False

    def document(self) -> Json:
        """The tap as plain data, for the store and the page."""
        return {name: getattr(self, name) for name in self.__slots__}
