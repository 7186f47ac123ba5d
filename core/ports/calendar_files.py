"""A booking in the form that other calendars take in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from core.domain.booking import Booking


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """A booking with the words its calendar entry shows; topic and notes are never among them."""

    booking: Booking
    title: str
    place: str


CalendarFile: TypeAlias = Callable[[CalendarEntry], bytes]
"""Makes an iCalendar file (RFC 5545) with this one entry."""
