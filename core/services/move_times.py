"""Where a booking may move: free starts that leave its own time, with its buffer, out of account."""

from dataclasses import replace
from datetime import datetime, timedelta

from core.db.uow import Store, UnitOfWork
from core.domain.access import Actor
from core.domain.actions import Case
from core.domain.errors import Conflict, NotFound
from core.domain.slots import SlotQuery, find_slots
from core.ports.clock import Clock
from core.services.case import case_of
from core.services.hold import MINUTE, check_near, check_offered
from core.services.offers import (
    NEAREST_SEARCH,
    booking_window_end,
    closest,
    first_free,
    query_of,
    slot_rules,
)


class MoveTimes:
    """Questions about other times for one booking, by its client or its counselor.

    The duration and the buffer stay. Neither its present time nor one that waits for an answer is offered.
    NotFound `booking_not_found` for others.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def between(
        self, actor: Actor, booking_id: int, first: datetime, until: datetime
    ) -> list[datetime]:
        """The free starts in [first, until), ascending."""
        async with self._store.read() as uow:
            case = await self._case(uow, actor, booking_id)
            return await _free(uow, case, first, until)

    async def earliest(self, actor: Actor, booking_id: int, after: datetime) -> datetime | None:
        """The first free start of the booking window, from `after` on."""
        async with self._store.read() as uow:
            case = await self._case(uow, actor, booking_id)
            counselor = (await uow.practice()).counselor(case.booking.counselor_id)

            async def find(first: datetime, until: datetime) -> list[datetime]:
                return await _free(uow, case, first, until)

            return await first_free(find, max(case.now, after), booking_window_end(counselor, case.now))

    async def nearest(self, actor: Actor, booking_id: int, start: datetime, count: int = 3) -> list[datetime]:
        """The free starts closest to a time that could not be had, in order of time."""
        async with self._store.read() as uow:
            case = await self._case(uow, actor, booking_id)
            counselor = (await uow.practice()).counselor(case.booking.counselor_id)
            near = min(max(start, case.now), booking_window_end(counselor, case.now))
            slots = await _free(uow, case, max(case.now, near - NEAREST_SEARCH), near + NEAREST_SEARCH)
        return closest(slots, start, count)

    async def check(self, actor: Actor, booking_id: int, start: datetime) -> None:
        """Whether the booking may move there now: Conflict as for `check_free`."""
        async with self._store.read() as uow:
            await check_free(uow, await self._case(uow, actor, booking_id), start)

    async def _case(self, uow: UnitOfWork, actor: Actor, booking_id: int) -> Case:
        return await case_of(uow, actor, await uow.bookings.get(booking_id), self._clock.now())


async def check_free(uow: UnitOfWork, case: Case, start: datetime) -> None:
    """The booking may move there: Conflict `same_time`, `slot_taken`, `client_busy`, `not_offered`."""
    if start in _known(case):
        raise Conflict("same_time")
    practice = await uow.practice()
    check_near(practice.counselor(case.booking.counselor_id), start, case.now)
    check_offered(await _query(uow, case, start, start + MINUTE), start)


async def _free(uow: UnitOfWork, case: Case, first: datetime, until: datetime) -> list[datetime]:
    known = _known(case)
    return [each for each in find_slots(await _query(uow, case, first, until)) if each not in known]


def _known(case: Case) -> frozenset[datetime]:
    """Starts that are no news: the present one, and the one that waits for an answer."""
    proposed = {case.proposal.starts_at} if case.proposal else set()
    return frozenset({case.booking.starts_at} | proposed)


async def _query(uow: UnitOfWork, case: Case, first: datetime, until: datetime) -> SlotQuery:
    booking, practice = case.booking, await uow.practice()
    counselor = practice.counselor(booking.counselor_id)
    if not counselor.active:
        raise NotFound("counselor_not_found")
    rules = slot_rules(counselor, practice.session_type(booking.session_type_id), booking.minutes)
    buffer: timedelta = booking.busy_until - booking.ends_at
    return await query_of(
        uow,
        counselor,
        replace(rules, buffer=buffer),
        client_id=booking.client_id,
        now=case.now,
        first=first,
        until=until,
        except_id=booking.id,
    )
