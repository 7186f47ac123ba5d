"""A booking with ordinary values, to be changed where a test needs it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from core.domain.booking import Booking, Status
from core.domain.money import Money
from core.domain.session_type import Location

MADE = datetime(2026, 11, 2, 9, tzinfo=UTC)
START = datetime(2026, 11, 5, 15, tzinfo=UTC)

_EXAMPLE = Booking(
    id=7,
    reference="K3M9Q2T",
    uid="7@confer",
    status=Status.PENDING,
    counselor_id=1,
    client_id=2,
    session_type_id=3,
    starts_at=START,
    ends_at=START + timedelta(minutes=45),
    busy_until=START + timedelta(minutes=60),
    zone="UTC",
    wall_start="2026-11-05T15:00",
    location=Location.VIDEO,
    price=Money(minor=6000, currency="USD"),
    created_at=MADE,
)


def a_booking(**changes: object) -> Booking:
    """The example with other values."""
    return replace(_EXAMPLE, **changes)  # type: ignore[arg-type]
