"""In words, why a time is not offered."""

from collections.abc import Callable, Mapping
from datetime import datetime

from core.domain.refusal import Reason, Refusal
from core.domain.zones import zone


def reason_in_words(refusal: Refusal, zone_name: str) -> str:
    """One sentence without a full stop, with times on the clock of the zone."""
    return _WORDS[refusal.reason](_Facts(refusal, zone_name))


class _Facts:
    """What a refusal knows, as texts."""

    def __init__(self, refusal: Refusal, zone_name: str) -> None:
        self._refusal = refusal
        self._zone = zone(zone_name)

    @property
    def span(self) -> str:
        span = self._refusal.span
        return f"{self._at(span.start)} to {self._at(span.end)}" if span else "an unknown time"

    @property
    def limit(self) -> str:
        limit = self._refusal.limit
        return self._at(limit) if limit else "an unknown time"

    @property
    def dates(self) -> str:
        first, last = self._refusal.dates or (None, None)
        return str(first) if first == last else f"{first} to {last}"

    def _at(self, instant: datetime) -> str:
        return f"{instant.astimezone(self._zone):%Y-%m-%d %H:%M}"


_WORDS: Mapping[Reason, Callable[[_Facts], str]] = {
    Reason.OUTSIDE_RANGE: lambda _: "it is not within the range asked for",
    Reason.PAST: lambda it: f"it is in the past; the earliest start is {it.limit}",
    Reason.NOTICE: lambda it: f"it is too soon for the minimum notice; the earliest start is {it.limit}",
    Reason.BEYOND_WINDOW: lambda it: f"it is beyond the booking window, which is {it.dates}",
    Reason.OUT_OF_OFFICE: lambda it: f"the counselor is out of office, {it.dates}",
    Reason.OVERRIDE_CLOSED: lambda it: f"a date override for {it.dates} closes this time",
    Reason.OUTSIDE_HOURS: lambda _: "it is outside the counselor's hours",
    Reason.OFF_GRID: lambda _: "sessions do not start at this minute; see the slot interval",
    Reason.DOES_NOT_FIT: lambda it: f"the session would not fit into the open time, {it.span}",
    Reason.BOOKING: lambda it: f"there is a booking, {it.span}",
    Reason.HOLD: lambda it: f"a client is just booking this time, {it.span}",
    Reason.BUFFER: lambda it: f"the buffer of a session is in the way, {it.span}",
    Reason.EXTERNAL: lambda it: f"the counselor's calendar is busy, {it.span}",
    Reason.CLIENT_BUSY: lambda it: f"the client has another session, {it.span}",
    Reason.DAILY_LIMIT: lambda it: f"the counselor's daily limit is reached on {it.dates}",
}
