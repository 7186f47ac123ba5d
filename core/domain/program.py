"""Programs: a set of sessions that a client is admitted to."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """`sessions` may be booked by an enrolled client with the program's counselors."""

    id: int
    slug: str
    title: str
    sessions: int
    counselor_ids: tuple[int, ...]
    enrollment_code: str | None = None
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrollment:
    """A client's admission; `used` counts bookings that are active or completed.

    `later_since` is set when the client chose to schedule later, `nudges` says whether they still
    want to be reminded of it.
    """

    program_id: int
    client_id: int
    enrolled_at: datetime
    later_since: datetime | None = None
    nudges: bool = True
