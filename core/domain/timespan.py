"""A stretch of time between two instants; instants, durations and dates as whole numbers."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

DAY_SECONDS = 86_400
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_ORDINAL = _EPOCH.toordinal()


def to_epoch(instant: datetime) -> int:
    """Seconds since 1970-01-01T00:00Z, rounded down; ValueError for a naive datetime."""
    _refuse_naive(instant)
    since = instant - _EPOCH
    return since.days * DAY_SECONDS + since.seconds


def to_epoch_up(instant: datetime) -> int:
    """Seconds since 1970-01-01T00:00Z, rounded up; ValueError for a naive datetime."""
    _refuse_naive(instant)
    return to_seconds(instant - _EPOCH)


def from_epoch(seconds: int) -> datetime:
    """The UTC instant that many seconds after 1970-01-01T00:00Z."""
    return datetime.fromtimestamp(seconds, UTC)


def to_seconds(duration: timedelta) -> int:
    """A duration in seconds, rounded up."""
    return duration.days * DAY_SECONDS + duration.seconds + bool(duration.microseconds)


def to_day(day: date) -> int:
    """The date as a count of days from 1970-01-01."""
    return day.toordinal() - _EPOCH_ORDINAL


def from_day(days: int) -> date:
    """The date that many days after 1970-01-01."""
    return date.fromordinal(days + _EPOCH_ORDINAL)


def _refuse_naive(instant: datetime) -> None:
    if instant.tzinfo is None:
        raise ValueError(f"a time without a zone: {instant.isoformat()}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Timespan:
    """The instants from `start` up to but not including `end`; both are aware and kept in UTC."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        for name in ("start", "end"):
            instant: datetime = getattr(self, name)
            _refuse_naive(instant)
            object.__setattr__(self, name, instant.astimezone(UTC))
        if self.start >= self.end:
            raise ValueError(
                f"a span must end after it starts: {self.start.isoformat()} to {self.end.isoformat()}"
            )

    @classmethod
    def of_seconds(cls, start: int, end: int) -> "Timespan":
        """The span between two instants given in seconds since 1970."""
        return cls(start=from_epoch(start), end=from_epoch(end))

    def overlaps(self, other: "Timespan") -> bool:
        """Whether some instant lies in both; spans that only touch do not overlap."""
        return self.start < other.end and other.start < self.end

    def contains(self, instant: datetime) -> bool:
        """Whether the aware instant lies inside; the end itself does not."""
        return self.start <= instant < self.end
