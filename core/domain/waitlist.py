"""The waitlist: who would like a time with a counselor on a day or in a week that is full."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

OFFER_MINUTES = 15
"""How long a freed slot is held for one of those waiting before the next is asked."""
OFFER = timedelta(minutes=OFFER_MINUTES)


class WaitStatus(StrEnum):
    """Where an entry stands."""

    WAITING = "waiting"
    OFFERED = "offered"
    DONE = "done"
    LEFT = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitlistEntry:
    """A client waits for a session like this on one of the dates `first` to `last` of their own zone.

    First come, first served by `created_at`, then `id`. While `offered` a hold is kept until `offered_until`.
    """

    id: int
    counselor_id: int
    session_type_id: int
    minutes: int
    client_id: int
    first: date
    last: date
    created_at: datetime
    status: WaitStatus = WaitStatus.WAITING
    offered_until: datetime | None = None
