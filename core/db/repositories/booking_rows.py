"""A booking as a row and as a domain object, side by side."""

from dataclasses import fields
from typing import Any

import sqlalchemy as sa

from core.domain.booking import Booking, Source, Status
from core.domain.money import Money
from core.domain.session_type import Location

_TYPED = {"status", "location", "source", "price"}
PLAIN = tuple(each.name for each in fields(Booking) if each.name not in _TYPED)
"""The fields that are columns just as they are."""


def booking_row(booking: Booking) -> dict[str, Any]:
    """The values of a booking's columns."""
    row = {name: getattr(booking, name) for name in PLAIN}
    row["status"] = booking.status.value
    row["location"] = booking.location.value
    row["source"] = booking.source.value
    row["price_minor"] = booking.price.minor
    row["price_currency"] = booking.price.currency
    return row


def booking_of(row: sa.Row[Any]) -> Booking:
    """The booking in a row that has at least the booking's columns."""
    return Booking(
        status=Status(row.status),
        location=Location(row.location),
        source=Source(row.source),
        price=Money(minor=row.price_minor, currency=row.price_currency),
        **{name: getattr(row, name) for name in PLAIN},
    )
