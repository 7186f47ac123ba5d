"""People: clients, counselors and the admin of the practice."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What a person may be; one person may be several."""

    CLIENT = "client"
    COUNSELOR = "counselor"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody known by a Telegram id, an e-mail address, or both.

    `zone` is None until the person has said where they are; `chat_blocked` is set while Telegram
    refuses our messages to them; `consented_at` is when they agreed to how their data are used.
    """

    id: int
    name: str
    telegram_id: int | None = None
    email: str | None = None
    locale: str = "en"
    zone: str | None = None
    roles: frozenset[Role] = frozenset({Role.CLIENT})
    reminders: bool = True
    chat_blocked: bool = False
    consented_at: datetime | None = None

    @property
    def reachable_in_chat(self) -> bool:
        """A message to this person's chat can arrive."""
        return self.telegram_id is not None and not self.chat_blocked

    def has(self, role: Role) -> bool:
        """Whether the person plays this role."""
        return role in self.roles
