"""A booking as a row and as a domain object, side by side."""

from dataclasses import fields
from typing import Any

import sqlalchemy as sa

from core.domain.booking import Booking, Refund, RefundStatus, Source, Status
from core.domain.money import Money
from core.domain.session_type import Location
from core.domain.side import Side

_TYPED = {"status", "location", "source", "price", "awaits", "cancelled_by", "absent", "refund"}
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
    row["awaits"] = booking.awaits.value
    row["cancelled_by"] = booking.cancelled_by and booking.cancelled_by.value
    row["absent"] = booking.absent and booking.absent.value
    return row | _refund_row(booking.refund)


def booking_of(row: sa.Row[Any]) -> Booking:
    """The booking in a row that has at least the booking's columns."""
    return Booking(
        status=Status(row.status),
        location=Location(row.location),
        source=Source(row.source),
        price=Money(minor=row.price_minor, currency=row.price_currency),
        awaits=Side(row.awaits),
        cancelled_by=_side(row.cancelled_by),
        absent=_side(row.absent),
        refund=_refund_of(row),
        **{name: getattr(row, name) for name in PLAIN},
    )


def _side(value: str | None) -> Side | None:
    return None if value is None else Side(value)


def _refund_row(refund: Refund | None) -> dict[str, Any]:
    if refund is None:
        return dict.fromkeys(("refund_percent", "refund_minor", "refund_status"))
    return {
        "refund_percent": refund.percent,
        "refund_minor": refund.amount.minor,
        "refund_status": refund.status.value,
    }


def _refund_of(row: sa.Row[Any]) -> Refund | None:
    if row.refund_percent is None:
        return None
    amount = Money(minor=row.refund_minor, currency=row.price_currency)
    return Refund(percent=row.refund_percent, amount=amount, status=RefundStatus(row.refund_status))
