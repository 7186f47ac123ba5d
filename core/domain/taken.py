"""Time that is not free any more: bookings, holds, busy spans of calendars, the client's own sessions."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.domain.timespan import to_epoch, to_epoch_up


class TakenKind(StrEnum):
    """What takes a time: the counselor's booking or hold, a connected calendar, a session of the client."""

    BOOKING = "booking"
    HOLD = "hold"
    EXTERNAL = "external"
    CLIENT = "client"


SESSION_KINDS = (TakenKind.BOOKING, TakenKind.HOLD)
"""Sessions with this counselor: they keep a buffer and count for the daily limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The time [start, end) in seconds since 1970, and for a session its buffer up to `busy_until`."""

    start: int
    end: int
    busy_until: int
    kind: TakenKind

    def __post_init__(self) -> None:
        if not self.start < self.end <= self.busy_until:
            raise ValueError(
                f"taken time must end after it starts: {self.start}, {self.end}, {self.busy_until}"
            )

    @classmethod
    def between(
        cls, start: datetime, end: datetime, kind: TakenKind, busy_until: datetime | None = None
    ) -> "Taken":
        """The time between two aware datetimes; parts of a second widen it, never narrow it."""
        last = to_epoch_up(end)
        until = last if busy_until is None else to_epoch_up(busy_until)
        return cls(start=to_epoch(start), end=last, busy_until=until, kind=kind)
