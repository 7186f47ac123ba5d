"""Private notes: what a counselor writes down about a session, for nobody else to read."""

from dataclasses import dataclass
from datetime import datetime

from core.domain.errors import Invalid

PRIVATE_NOTE_LENGTH = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateNote:
    """The words, empty once they were removed; `version` rises with every change and never starts again."""

    booking_id: int
    text: str
    updated_at: datetime
    version: int = 1

    def __post_init__(self) -> None:
        if len(self.text) > PRIVATE_NOTE_LENGTH:
            raise Invalid("too_long", most=PRIVATE_NOTE_LENGTH, got=len(self.text))
