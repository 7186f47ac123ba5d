"""From a plan to the bookings of a series, all of them or none."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from core.db.uow import UnitOfWork
from core.domain.booking import Booking
from core.domain.errors import Conflict, Forbidden, Invalid
from core.domain.practice import Practice
from core.domain.series import LEAST, MOST, USED_UP, PlannedDate
from core.services.hold import new_hold
from core.services.new_booking import add_new
from core.services.series_plan import wanted_of


def bookable(dates: Sequence[PlannedDate]) -> list[datetime]:
    """The starts of all dates that are not left out: every one of them can be had, and there are several."""
    if any(each.code == USED_UP for each in dates):
        raise Forbidden(USED_UP)
    clashes = [each.number for each in dates if each.code]
    if clashes:
        raise Conflict("series_clash", numbers=clashes)
    starts = [each.start for each in dates if each.start is not None]
    if len(starts) < LEAST:
        raise Invalid("bad_repeat", least=LEAST, most=MOST)
    return starts


def slot_at(practice: Practice, hold: Booking, start: datetime, now: datetime) -> Booking:
    """The same as is held, at another start."""
    return new_hold(practice, wanted_of(hold), start, hold.client_id, now, practice.policy.hold)


def as_one(bookings: Sequence[Booking], series_id: int) -> list[Booking]:
    """The bookings of one series; its requests have one deadline, the earliest of all."""
    deadline = min((each.expires_at for each in bookings if each.expires_at), default=None)
    return [
        replace(each, series_id=series_id, expires_at=deadline, version=each.version if each.id else 1)
        for each in bookings
    ]


async def store_all(uow: UnitOfWork, bookings: Sequence[Booking]) -> list[Booking]:
    """The hold as what it has become, and new rows for the others."""
    try:
        first = await uow.bookings.save(bookings[0])
        return [first, *[await add_new(uow, each) for each in bookings[1:]]]
    except Conflict as conflict:  # taken since it was looked at, in this very moment
        raise Conflict("series_clash", numbers=[]) from conflict
