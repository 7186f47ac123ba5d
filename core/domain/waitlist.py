"""The waitlist: who would like a time with a counselor on a day or in a week that is full."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from core.domain.errors import Invalid
from core.domain.timespan import Timespan
from core.domain.wall import date_range

OFFER_MINUTES = 15
"""How long a freed slot is held for one of those waiting before the next is asked."""
OFFER = timedelta(minutes=OFFER_MINUTES)
MOST_WAITS = 5
"""So many waits a client may have at a time."""
LOOK = "look:"
"""Begins the names of rounds in which no certain time is known to have become free."""
LONGEST = timedelta(days=6)
"""From the first to the last date of a wait: a week at most."""


class WaitStatus(StrEnum):
    """Where an entry stands; `done` also means that its dates are over."""

    WAITING = "waiting"
    OFFERED = "offered"
    DONE = "done"
    LEFT = "left"


OPEN = frozenset({WaitStatus.WAITING, WaitStatus.OFFERED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A start that was offered to somebody waiting, and the round of asking in which that was."""

    round: str
    start: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitlistEntry:
    """A client waits for a session like this on one of the dates `first` to `last` of their own zone.

    First come, first served by `created_at`, then `id`. While `offered` the hold `hold_id` is kept until
    `offered_until`; once `done` through it, the booking has the same id. `asked` grows with every offer.
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
    hold_id: int | None = None
    offered_until: datetime | None = None
    asked: tuple[Asked, ...] = ()

    @property
    def open(self) -> bool:
        """The client still waits, or makes up their mind about an offer."""
        return self.status in OPEN

    def span(self, zone: str) -> Timespan:
        """The instants that are waited for, where the client's clocks are in this zone."""
        return date_range(zone, self.first, self.last)

    def covers(self, other: "WaitlistEntry") -> bool:
        """Whether the other wishes for nothing beyond this one."""
        same = (self.counselor_id, self.session_type_id, self.minutes)
        return (
            same == (other.counselor_id, other.session_type_id, other.minutes)
            and self.first <= other.first
            and other.last <= self.last
        )

    def was_asked(self, round_name: str) -> bool:
        """Whether the client was asked in this round already."""
        return any(each.round == round_name for each in self.asked)

    def was_offered(self, start: datetime) -> bool:
        """Whether a session like this at that start would run into one that was offered before."""
        length = timedelta(minutes=self.minutes)
        return any(abs(each.start - start) < length for each in self.asked)

    def offer(self, hold_id: int, start: datetime, until: datetime, round_name: str) -> "WaitlistEntry":
        """The entry while a start is held for its client."""
        return replace(
            self,
            status=WaitStatus.OFFERED,
            hold_id=hold_id,
            offered_until=until,
            asked=(*self.asked, Asked(round=round_name, start=start)),
        )

    def wait_on(self) -> "WaitlistEntry":
        """The entry after an offer that came to nothing."""
        return replace(self, status=WaitStatus.WAITING, hold_id=None, offered_until=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Time of a counselor's that has become free, and the round of asking that belongs to it.

    In one round every client is asked at most once. `span` is None where any time may have become free.
    """

    counselor_id: int
    round: str
    span: Timespan | None = None

    @property
    def was_taken(self) -> bool:
        """The time had been taken; else nobody is offered again in it what they were offered before."""
        return not self.round.startswith(LOOK)


def check_dates(first: date, last: date, today: date, final: date) -> None:
    """Invalid `wait_dates` unless these are dates of one week at most between today and the final one."""
    if not (today <= last and first <= final and first <= last <= first + LONGEST):
        raise Invalid("wait_dates")
