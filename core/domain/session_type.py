"""A session type: what may be booked, for how long, where and at which price."""

from dataclasses import dataclass
from enum import StrEnum

from core.domain.counselor import Confirmation, Counselor
from core.domain.money import Money


class Location(StrEnum):
    """Where a session takes place; all but `in_person` are online."""

    VIDEO = "video"
    AUDIO = "audio"
    CHAT = "chat"
    IN_PERSON = "in_person"

    @property
    def online(self) -> bool:
        """The session needs a meeting instead of an address."""
        return self is not Location.IN_PERSON


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionType:
    """What counselors offer; None in one of the last four means: as the counselor has it.

    `durations` are minutes, ascending; `program_id` is set when a client must be enrolled to book.
    """

    id: int
    slug: str
    title: str
    durations: tuple[int, ...]
    locations: tuple[Location, ...]
    counselor_ids: tuple[int, ...]
    price: Money
    address: str = ""
    active: bool = True
    program_id: int | None = None
    confirmation: Confirmation | None = None
    buffer_minutes: int | None = None
    notice_hours: int | None = None
    slot_interval_minutes: int | None = None

    def confirmation_with(self, counselor: Counselor) -> Confirmation:
        """The confirmation mode of this session type with this counselor."""
        return self.confirmation or counselor.confirmation
