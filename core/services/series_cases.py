"""The cases of a session and of those of its series that follow it, or are moved together with it."""

from datetime import datetime

from core.db.uow import UnitOfWork
from core.domain.access import Actor
from core.domain.actions import Case
from core.domain.booking import Booking
from core.domain.series import edition, following
from core.services.case import case_of


async def following_cases(
    uow: UnitOfWork, actor: Actor, booking: Booking, now: datetime, *, lock: bool = False
) -> tuple[list[Case], int]:
    """A session with those after it that are still to come, and the edition of the whole series.

    The session itself is the first, whatever has become of it. One without a series stands alone, and its
    edition is its version. With `lock` nobody else changes any of them until this transaction ends.
    NotFound `booking_not_found` as for a single one.
    """
    if booking.series_id is None:
        alone = await uow.bookings.lock(booking.id) if lock else booking
        return [await case_of(uow, actor, alone, now)], alone.version
    every = await (uow.series.lock if lock else uow.series.bookings)(booking.series_id)
    first = next(each for each in every if each.id == booking.id)
    after = [each for each in following(every, first) if each.id != first.id]
    return [await case_of(uow, actor, each, now) for each in (first, *after)], edition(every)


async def moving_cases(
    uow: UnitOfWork, actor: Actor, booking: Booking, now: datetime, *, also_following: bool
) -> list[Case]:
    """The sessions that one offer of another time is about, the first in front.

    While an offer stands those that it is about; otherwise this one, and those after it where that is wanted.
    """
    case = await case_of(uow, actor, booking, now)
    if case.proposal is not None:
        answered = [
            await uow.bookings.get(each.booking_id) for each in await uow.proposals.open_with(case.proposal)
        ]
        return [await case_of(uow, actor, each, now) for each in answered]
    if not also_following:
        return [case]
    return (await following_cases(uow, actor, booking, now))[0]
