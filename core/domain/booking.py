"""A booking: the table of its allowed moves and what it holds."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from core.domain.errors import Conflict
from core.domain.money import Money
from core.domain.policy import Policy
from core.domain.session_type import Location
from core.domain.side import Side


class Status(StrEnum):
    """Where a booking stands."""

    HELD = "held"
    PENDING = "pending"
    CONFIRMED = "confirmed"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    NO_SHOW = "no_show"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


MOVES: Mapping[Status, frozenset[Status]] = {
    Status.HELD: frozenset({Status.PENDING, Status.CONFIRMED}),
    Status.PENDING: frozenset({Status.CONFIRMED, Status.DECLINED, Status.CANCELLED, Status.EXPIRED}),
    Status.CONFIRMED: frozenset(
        {Status.IN_PROGRESS, Status.COMPLETED, Status.NO_SHOW, Status.CANCELLED},
    ),
    Status.IN_PROGRESS: frozenset({Status.COMPLETED, Status.NO_SHOW}),
    Status.COMPLETED: frozenset({Status.NO_SHOW}),
    Status.NO_SHOW: frozenset({Status.COMPLETED}),
    Status.DECLINED: frozenset(),
    Status.CANCELLED: frozenset(),
    Status.EXPIRED: frozenset(),
}
ACTIVE = frozenset({Status.HELD, Status.PENDING, Status.CONFIRMED, Status.IN_PROGRESS})
UPCOMING = (Status.PENDING, Status.CONFIRMED, Status.IN_PROGRESS)

REQUEST_NOTICE = timedelta(hours=1)
"""In request mode nothing nearer than this is offered: the counselor needs time to answer."""


class Source(StrEnum):
    """How a booking was made."""

    CHAT = "chat"
    WEB = "web"
    API = "api"


class RefundStatus(StrEnum):
    """Where the money stands; `none` also while nobody pays through us."""

    NONE = "none"
    PENDING = "pending"
    PROCESSED = "processed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    """What comes back of the price: so many per cent, which is this amount."""

    percent: int
    amount: Money
    status: RefundStatus = RefundStatus.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """A session agreed or asked for.

    `busy_until` is the end plus the buffer of the day it was booked. `zone` and `wall_start` (ISO,
    without offset) keep what the counselor's clock shows at the start, so that a changed zone database
    can be noticed. `version` rises with every change, `sequence` (RFC 5545, 3.8.7.4) with every change
    that calendars must learn of. `expires_at` is the end of a hold or the deadline of a request, which
    `awaits` the answer of one side. `started_at` and `ended_at` are what really happened, `closed_at` is when
    the outcome was settled; `absent` did not come to a no-show. `reason` is a category, `details` are words,
    for what was declined or cancelled.
    """

    id: int
    reference: str
    uid: str
    status: Status
    counselor_id: int
    client_id: int
    session_type_id: int
    starts_at: datetime
    ends_at: datetime
    busy_until: datetime
    zone: str
    wall_start: str
    location: Location
    price: Money
    created_at: datetime
    version: int = 1
    sequence: int = 0
    expires_at: datetime | None = None
    address: str = ""
    topic: str = ""
    note: str = ""
    reminders: bool = True
    source: Source = Source.CHAT
    reason: str = ""
    details: str = ""
    awaits: Side = Side.COUNSELOR
    client_reschedules: int = 0
    counselor_reschedules: int = 0
    series_id: int | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    closed_at: datetime | None = None
    cancelled_by: Side | None = None
    absent: Side | None = None
    refund: Refund | None = None

    @property
    def active(self) -> bool:
        """The booking takes its time."""
        return self.status in ACTIVE

    @property
    def minutes(self) -> int:
        """How long the session lasts."""
        return int((self.ends_at - self.starts_at).total_seconds()) // 60

    def move(self, status: Status, **changes: object) -> "Booking":
        """The booking in its next status; Conflict `moved_on` where `MOVES` does not allow it."""
        if status not in MOVES[self.status]:
            raise Conflict("moved_on", status=self.status, booking_id=self.id)
        return replace(self, status=status, version=self.version + 1, **changes)  # type: ignore[arg-type]


def request_deadline(created: datetime, start: datetime, policy: Policy) -> datetime:
    """When an unanswered request expires.

    The later of 30 minutes after it was made and the earlier of the policy's hours after it and two
    hours before the start.
    """
    latest = min(created + policy.hours("request_expiry_hours"), start - timedelta(hours=2))
    return max(created + timedelta(minutes=30), latest)


def nudge_at(created: datetime, deadline: datetime) -> datetime:
    """When the counselor is reminded of an unanswered request: two thirds of the way to the deadline."""
    return created + (deadline - created) * 2 / 3
