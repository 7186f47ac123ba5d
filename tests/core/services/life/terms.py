"""What the small practice offers, in plain figures: who, what, when, and on which terms."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.domain.side import Side

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
PRICE = 6000
ZONES = {"ann": ZoneInfo("Europe/Berlin"), "ben": ZoneInfo("UTC")}
OPENS, CLOSES = time(9), time(17)
WINDOW = timedelta(days=30)
PROGRAM_SESSIONS = 2


@dataclass(frozen=True, slots=True)
class Terms:
    """Minutes of buffer, notice and between slot starts; `instant` needs nobody's word."""

    buffer: int
    notice: int
    interval: int
    instant: bool


TERMS: Mapping[tuple[str, str], Terms] = {
    ("intro", "ann"): Terms(15, 120, 30, False),
    ("lesson", "ann"): Terms(15, 120, 30, False),
    ("quick", "ann"): Terms(0, 0, 15, True),
    ("intro", "ben"): Terms(0, 0, 30, True),
    ("lesson", "ben"): Terms(0, 0, 30, True),
    ("asked", "ben"): Terms(0, 60, 30, False),
}
OFFERED = tuple(TERMS)
POLICIES: tuple[dict[str, int | bool], ...] = (
    {},
    {"cancellation_cutoff_hours": 0, "free_cancellation_hours": 48, "late_cancellation_refund_percent": 33},
    {"require_cancellation_reason": False, "max_reschedules": 1, "max_counter_proposals": 1},
    {"reschedule_cutoff_hours": 1, "counselor_reschedule_cutoff_hours": 6, "reschedule_expiry_hours": 3},
    {"request_expiry_hours": 2, "hold_minutes": 30, "counselor_max_reschedules": 0},
)
"""What a practice may have chosen; the rest is as it is without a choice."""
STANDARD: Mapping[str, int | bool] = {
    "cancellation_cutoff_hours": 2,
    "reschedule_cutoff_hours": 4,
    "counselor_reschedule_cutoff_hours": 2,
    "max_reschedules": 2,
    "counselor_max_reschedules": 2,
    "free_cancellation_hours": 24,
    "late_cancellation_refund_percent": 50,
    "require_cancellation_reason": True,
    "reschedule_expiry_hours": 48,
    "max_counter_proposals": 3,
    "hold_minutes": 10,
    "request_expiry_hours": 24,
}
CUTOFFS = {Side.CLIENT: "reschedule_cutoff_hours", Side.COUNSELOR: "counselor_reschedule_cutoff_hours"}
MOST_MOVES = {Side.CLIENT: "max_reschedules", Side.COUNSELOR: "counselor_max_reschedules"}


def wall(counselor: str, instant: datetime) -> datetime:
    """What the counselor's clock shows."""
    return instant.astimezone(ZONES[counselor])


def on_the_clock(
    counselor: str, terms: Terms, start: datetime, minutes: int, now: datetime, away: set[date]
) -> bool:
    """Whether the hours, the notice and the window let a session start then, whatever is booked."""
    shown, ends = wall(counselor, start), wall(counselor, start + minutes * MINUTE)
    opens = datetime.combine(shown.date(), OPENS, shown.tzinfo)
    return (
        start >= now + terms.notice * MINUTE
        and shown.date() <= wall(counselor, now).date() + WINDOW
        and shown.date() not in away
        and opens <= shown
        and ends <= datetime.combine(shown.date(), CLOSES, shown.tzinfo)
        and (shown - opens) % (terms.interval * MINUTE) == timedelta()
    )
