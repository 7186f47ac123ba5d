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

    `email` is verified: this person reads it. `zone` is None until the person has said where they are;
    `chat_blocked` is set while Telegram refuses our messages to them, `mail_refused` once their mail server
    did for good; `consented_at` is when they agreed to how their data are used.
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
    mail_refused: bool = False
    consented_at: datetime | None = None

    @property
    def reachable_in_chat(self) -> bool:
        """A message to this person's chat can arrive."""
        return self.telegram_id is not None and not self.chat_blocked

    @property
    def reachable_by_mail(self) -> bool:
        """An e-mail to this person can arrive."""
        return self.email is not None and not self.mail_refused

    def has(self, role: Role) -> bool:
        """Whether the person plays this role."""
        return role in self.roles
