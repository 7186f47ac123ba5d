"""A booking as an iCalendar file."""

from collections.abc import Mapping

from icalendar import Calendar, Event

from core.domain.booking import Status
from core.ports.calendar_files import CalendarEntry

PRODUCT = "-//Confer//Confer//EN"
STATUSES: Mapping[Status, str] = {
    Status.PENDING: "TENTATIVE",
    Status.DECLINED: "CANCELLED",
    Status.CANCELLED: "CANCELLED",
    Status.EXPIRED: "CANCELLED",
}
"""VEVENT STATUS (RFC 5545, 3.8.1.11); all other bookings are CONFIRMED."""


def calendar_file(entry: CalendarEntry) -> bytes:
    """One VEVENT in a calendar, times in UTC; the same bytes for the same version of the booking."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def _event(entry: CalendarEntry) -> Event:
    booking = entry.booking
    event = Event()
    event.add("uid", booking.uid)
    event.add("dtstamp", booking.created_at)
    event.add("sequence", booking.sequence)
    event.add("dtstart", booking.starts_at)
    event.add("dtend", booking.ends_at)
    event.add("summary", _one_line(entry.title))
    event.add("status", STATUSES.get(booking.status, "CONFIRMED"))
    if entry.place:
        event.add("location", _one_line(entry.place))
    return event


def _one_line(text: str) -> str:
    return " ".join(text.split())
