"""What is asked of the slot engine: the rules of a session, what is taken, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.domain.availability import Schedule
from core.domain.taken import Taken
from core.domain.timespan import DAY_SECONDS, Timespan, to_epoch, to_epoch_up, to_seconds

TWO_DAYS = 2 * DAY_SECONDS
_LONGEST_WINDOW_DAYS = 3660


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotRules:
    """How sessions are cut out of open hours; durations are elapsed time in whole seconds.

    `buffer` is kept free after a session, `interval` is the step between slot starts on the counselor's
    clock, `notice` the least time ahead, `window_days` how many dates after the counselor's today may be
    booked, `daily_limit` how many active bookings and holds may start on one of the counselor's dates.
    """

    duration: timedelta
    interval: timedelta
    buffer: timedelta = timedelta(0)
    notice: timedelta = timedelta(0)
    window_days: int
    daily_limit: int | None = None

    def __post_init__(self) -> None:
        if min(self.duration, self.interval) <= timedelta(0):
            raise ValueError("duration and interval must be longer than nothing")
        if min(self.buffer, self.notice) < timedelta(0):
            raise ValueError("buffer and notice must not be negative")
        if any(each.microseconds for each in (self.duration, self.interval, self.buffer, self.notice)):
            raise ValueError("durations must be whole seconds")
        if not 0 <= self.window_days <= _LONGEST_WINDOW_DAYS:
            raise ValueError(f"window_days must be 0 to {_LONGEST_WINDOW_DAYS}, not {self.window_days}")
        if self.daily_limit is not None and self.daily_limit < 0:
            raise ValueError(f"daily_limit must not be negative: {self.daily_limit}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotQuery:
    """Which slots start in [first, until), asked at `now`; all three are aware.

    `taken` holds at least what is taken within `relevant_span`, in any order. To move a booking, leave its
    own time out.
    """

    schedule: Schedule
    rules: SlotRules
    taken: Sequence[Taken]
    now: datetime
    first: datetime
    until: datetime


def relevant_span(rules: SlotRules, first: datetime, until: datetime) -> Timespan:
    """The stretch in which taken time bears on slots that start in [first, until).

    What overlaps it, a buffer included, belongs into the query; whole dates are in it for the daily limit.
    """
    start, reach = to_epoch(first), to_seconds(rules.duration + rules.buffer)
    return Timespan.of_seconds(start - TWO_DAYS, max(start, to_epoch_up(until)) + reach + TWO_DAYS)
