"""The people of the sandbox, and how the Bot API describes them."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody with a Telegram account.

    `label` is a word for the page, such as "Client"; `time_zone` (IANA) is what the phone's clock
    shows there, the browser's own where it is empty. The bot learns neither.
    """

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = "en"
    label: str = ""
    time_zone: str = ""

    def __post_init__(self) -> None:
        if not 0 < self.id < 2**52:
            raise ValueError("A person's id is a positive number below 2**52.")
        if not self.first_name.strip():
            raise ValueError("A person has a first name.")

    @property
    def full_name(self) -> str:
        """First and last name, as a chat list shows them."""
        return f"{self.first_name} {self.last_name}".strip()

    def as_user(self) -> dict[str, Any]:
        """The person as `User` (core.telegram.org/bots/api#user)."""
        return {"id": self.id, "is_bot": False, **self._names(), "language_code": self.language_code}

    def as_chat(self) -> dict[str, Any]:
        """The person's private chat as `Chat` (core.telegram.org/bots/api#chat)."""
        return {"id": self.id, **self._names(), "type": "private"}

    def document(self) -> dict[str, Any]:
        """The person as plain data, for the store and the page."""
        return asdict(self)

    def _names(self) -> dict[str, str]:
        names = {"first_name": self.first_name, "last_name": self.last_name, "username": self.username}
        return {key: name for key, name in names.items() if name}
