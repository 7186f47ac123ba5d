"""The reasons why a start time is not offered, and what stands in the way."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from core.domain.timespan import Timespan


class Reason(StrEnum):
    """What keeps a start time from being offered, in the order in which it is looked for."""

    OUTSIDE_RANGE = "outside_range"
    PAST = "past"
    NOTICE = "notice"
    BEYOND_WINDOW = "beyond_window"
    OUT_OF_OFFICE = "out_of_office"
    OVERRIDE_CLOSED = "override_closed"
    OUTSIDE_HOURS = "outside_hours"
    OFF_GRID = "off_grid"
    DOES_NOT_FIT = "does_not_fit"
    BOOKING = "booking"
    HOLD = "hold"
    BUFFER = "buffer"
    EXTERNAL = "external"
    CLIENT_BUSY = "client_busy"
    DAILY_LIMIT = "daily_limit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a start is not offered.

    `span` is the time in the way: what is taken, the buffer after it (or the later session that its own
    buffer would run into), or the open time, looked at a day around, that the session does not fit into.
    `limit` is the earliest start allowed (past, notice). `dates` are the first and last of the counselor's
    dates concerned: out of office, overridden, full, or open for booking.
    """

    reason: Reason
    span: Timespan | None = None
    limit: datetime | None = None
    dates: tuple[date, date] | None = None
