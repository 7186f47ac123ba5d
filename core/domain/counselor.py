"""A counselor: who offers sessions, when, and under which rules."""

from dataclasses import dataclass
from enum import StrEnum

from core.domain.availability import Schedule


class Confirmation(StrEnum):
    """Whether a booking stands at once or waits for the counselor's word."""

    INSTANT = "instant"
    REQUEST = "request"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counselor:
    """The offer of one person; `schedule.zone` is the zone its hours are kept in."""

    id: int
    person_id: int
    slug: str
    name: str
    bio: str = ""
    active: bool = True
    schedule: Schedule
    confirmation: Confirmation = Confirmation.REQUEST
    buffer_minutes: int = 15
    notice_hours: int = 2
    window_days: int = 60
    slot_interval_minutes: int = 30
    daily_limit: int | None = None

    @property
    def zone(self) -> str:
        """The IANA name of the counselor's zone."""
        return self.schedule.zone
