"""Where bookings may move: free starts that leave their own times, with their buffers, out of account."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from core.db.uow import Store, UnitOfWork
from core.domain.access import Actor
from core.domain.actions import Case
from core.domain.booking import Booking
from core.domain.errors import Conflict, NotFound
from core.domain.series import shifted
from core.domain.slots import SlotQuery, Taken, TakenKind, find_slots, is_offered
from core.domain.taken import SESSION_KINDS
from core.domain.timespan import to_epoch
from core.ports.clock import Clock
from core.services.hold import MINUTE, check_near, check_offered
from core.services.offers import (
    NEAREST_SEARCH,
    booking_window_end,
    closest,
    first_free,
    query_of,
    slot_rules,
)
from core.services.series_cases import moving_cases

CLOCKS_CHANGE = timedelta(hours=3)
"""More than clocks ever change by within a season: sessions moved alike are moved by nearly the same time."""


class MoveTimes:
    """Questions about other times for one booking, by its client or its counselor.

    The duration and the buffer stay. Neither its present time nor one that waits for an answer is offered.
    With `following`, or where an offer about several sessions of a series stands, only those starts count to
    which the others can follow. NotFound `booking_not_found` for others.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def between(
        self, actor: Actor, booking_id: int, first: datetime, until: datetime, *, following: bool = False
    ) -> list[datetime]:
        """The free starts in [first, until), ascending."""
        async with self._store.read() as uow:
            cases = await self._cases(uow, actor, booking_id, following)
            return await _free(uow, cases, first, until)

    async def earliest(
        self, actor: Actor, booking_id: int, after: datetime, *, following: bool = False
    ) -> datetime | None:
        """The first free start of the booking window, from `after` on."""
        async with self._store.read() as uow:
            cases = await self._cases(uow, actor, booking_id, following)
            counselor = (await uow.practice()).counselor(cases[0].booking.counselor_id)

            async def find(first: datetime, until: datetime) -> list[datetime]:
                return await _free(uow, cases, first, until)

            now = cases[0].now
            return await first_free(find, max(now, after), booking_window_end(counselor, now))

    async def nearest(
        self, actor: Actor, booking_id: int, start: datetime, count: int = 3, *, following: bool = False
    ) -> list[datetime]:
        """The free starts closest to a time that could not be had, in order of time."""
        async with self._store.read() as uow:
            cases = await self._cases(uow, actor, booking_id, following)
            counselor = (await uow.practice()).counselor(cases[0].booking.counselor_id)
            now = cases[0].now
            near = min(max(start, now), booking_window_end(counselor, now))
            slots = await _free(uow, cases, max(now, near - NEAREST_SEARCH), near + NEAREST_SEARCH)
        return closest(slots, start, count)

    async def check(
        self, actor: Actor, booking_id: int, start: datetime, *, following: bool = False
    ) -> list[tuple[datetime, datetime]]:
        """Whether the booking may move there now: Conflict as for `check_free`.

        The present start and the new one of each that would move, in order of time.
        """
        async with self._store.read() as uow:
            cases = await self._cases(uow, actor, booking_id, following)
            starts = await check_free(uow, cases, start)
        return list(zip([each.booking.starts_at for each in cases], starts, strict=True))

    async def together(self, actor: Actor, booking_id: int) -> list[Booking]:
        """The bookings that the open offer about this one is about, or this one alone; in order of time."""
        async with self._store.read() as uow:
            return [each.booking for each in await self._cases(uow, actor, booking_id, following=False)]

    async def _cases(self, uow: UnitOfWork, actor: Actor, booking_id: int, following: bool) -> list[Case]:
        booking = await uow.bookings.get(booking_id)
        return await moving_cases(uow, actor, booking, self._clock.now(), also_following=following)


async def check_free(uow: UnitOfWork, cases: Sequence[Case], start: datetime) -> list[datetime]:
    """Where the bookings go when the first of them goes to `start`.

    Conflict `same_time`, `slot_taken`, `client_busy`, `not_offered`; `series_clash` where it is a later one
    that cannot follow, with its present start in `at`.
    """
    lead = cases[0]
    if start in _known(lead):
        raise Conflict("same_time")
    counselor = (await uow.practice()).counselor(lead.booking.counselor_id)
    check_near(counselor, start, lead.now)
    starts = shifted([each.booking.starts_at for each in cases], start, counselor.zone)
    known = [each for each in starts if each is not None]
    query = await _query(uow, cases, min(known), max(known) + MINUTE)
    for case, wanted in zip(cases, starts, strict=True):
        others = [each for each in known if each is not wanted]
        asked = _beside(query, others, wanted) if wanted is not None else None
        if case is lead and asked is not None:
            check_offered(asked, start)
        elif asked is None or wanted is None or not is_offered(asked, wanted):
            raise Conflict("series_clash", at=case.booking.starts_at)
    return known


async def _free(uow: UnitOfWork, cases: Sequence[Case], first: datetime, until: datetime) -> list[datetime]:
    lead, after = cases[0], [each.booking.starts_at for each in cases[1:]]
    last = max((each - lead.booking.starts_at for each in after), default=timedelta()) + CLOCKS_CHANGE
    query = await _query(uow, cases, first, until + last)
    starts = find_slots(replace(query, until=until))
    known = _known(lead)
    found = [each for each in starts if each not in known]
    if not after or not found:
        return found
    zone = query.schedule.zone
    free = frozenset(
        start
        for each in after
        for ahead in (each - lead.booking.starts_at,)
        for start in find_slots(
            replace(query, first=first + ahead - CLOCKS_CHANGE, until=until + ahead + CLOCKS_CHANGE)
        )
    )
    olds = [lead.booking.starts_at, *after]
    return [each for each in found if free.issuperset(shifted(olds, each, zone)[1:])]


def _beside(query: SlotQuery, others: Sequence[datetime], start: datetime) -> SlotQuery:
    """The question about one start, where sessions like the first one take the other starts."""
    lasting, busy = query.rules.duration, query.rules.duration + query.rules.buffer
    taken = [Taken.between(each, each + lasting, TakenKind.BOOKING, each + busy) for each in others]
    return replace(query, taken=[*query.taken, *taken], first=start, until=start + MINUTE)


def _known(case: Case) -> frozenset[datetime]:
    """Starts that are no news: the present one, and the one that waits for an answer."""
    proposed = {case.proposal.starts_at} if case.proposal else set()
    return frozenset({case.booking.starts_at} | proposed)


async def _query(uow: UnitOfWork, cases: Sequence[Case], first: datetime, until: datetime) -> SlotQuery:
    """What is asked about a stretch of time, as if the bookings themselves had none."""
    booking, practice = cases[0].booking, await uow.practice()
    counselor = practice.counselor(booking.counselor_id)
    if not counselor.active:
        raise NotFound("counselor_not_found")
    rules = slot_rules(counselor, practice.session_type(booking.session_type_id), booking.minutes)
    buffer: timedelta = booking.busy_until - booking.ends_at
    query = await query_of(
        uow,
        counselor,
        replace(rules, buffer=buffer),
        client_id=booking.client_id,
        now=cases[0].now,
        first=first,
        until=until,
        except_id=booking.id,
    )
    own = {to_epoch(each.booking.starts_at) for each in cases[1:]}
    return replace(
        query, taken=[each for each in query.taken if not (each.kind in SESSION_KINDS and each.start in own)]
    )
