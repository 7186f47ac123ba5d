"""A booking as an iCalendar file."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from calendar_sync.ical import calendar_file
from core.domain.booking import Booking, Status
from core.domain.money import Money
from core.domain.session_type import Location
from core.ports.calendar_files import CalendarEntry

START = datetime(2026, 11, 3, 15, 0, tzinfo=UTC)
BOOKING = Booking(
    id=7,
    reference="7KQ2M3A",
    uid="7b0e@confer",
    status=Status.CONFIRMED,
    counselor_id=1,
    client_id=2,
    session_type_id=3,
    starts_at=START,
    ends_at=START + timedelta(minutes=45),
    busy_until=START + timedelta(minutes=60),
    zone="America/New_York",
    wall_start="2026-11-03T10:00",
    location=Location.VIDEO,
    price=Money(minor=0, currency="USD"),
    created_at=datetime(2026, 11, 2, 9, 0, tzinfo=UTC),
    sequence=2,
    topic="a private matter",
    note="for the counselor alone",
)
ENTRY = CalendarEntry(booking=BOOKING, title="Introductory session: Ann Example", place="Online")


def test_the_file_holds_the_booking_in_utc_and_nothing_private() -> None:
    assert calendar_file(ENTRY).decode().split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Confer//Confer//EN",
        "BEGIN:VEVENT",
        "SUMMARY:Introductory session: Ann Example",
        "DTSTART:20261103T150000Z",
        "DTEND:20261103T154500Z",
        "DTSTAMP:20261102T090000Z",
        "UID:7b0e@confer",
        "SEQUENCE:2",
        "LOCATION:Online",
        "STATUS:CONFIRMED",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


@pytest.mark.parametrize(
    ("status", "shown"),
    [
        (Status.PENDING, "TENTATIVE"),
        (Status.CONFIRMED, "CONFIRMED"),
        (Status.COMPLETED, "CONFIRMED"),
        (Status.DECLINED, "CANCELLED"),
        (Status.EXPIRED, "CANCELLED"),
    ],
)
def test_the_status_is_put_in_the_calendars_words(status: Status, shown: str) -> None:
    entry = replace(ENTRY, booking=replace(BOOKING, status=status))
    assert Calendar.from_ical(calendar_file(entry)).events[0]["STATUS"] == shown


@given(title=st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_any_title_survives_as_one_line(title: str) -> None:
    event = Calendar.from_ical(calendar_file(replace(ENTRY, title=title))).events[0]
    kept = "".join(each for each in str(event["SUMMARY"]) if each.isprintable())
    assert kept == "".join(each for each in " ".join(title.split()) if each.isprintable())
