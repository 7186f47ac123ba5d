"""Putting a new booking into the database, under a reference that nobody else has."""

from dataclasses import replace

from core.db.uow import UnitOfWork
from core.domain.booking import Booking
from core.domain.errors import Conflict
from core.kit.references import new_reference

AGAIN = 5
"""So many references are drawn anew; that one is taken is a chance in a million already."""


async def add_new(uow: UnitOfWork, booking: Booking, *, beside_hold: bool = False) -> Booking:
    """As the repository's `add`; where its reference is taken it gets another one."""
    for _ in range(AGAIN):
        try:
            return await uow.bookings.add(booking, beside_hold=beside_hold)
        except Conflict as conflict:
            if conflict.code != "reference_taken":
                raise
        booking = replace(booking, reference=new_reference())
    return await uow.bookings.add(booking, beside_hold=beside_hold)
