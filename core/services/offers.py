"""What is free: the slots that a client may take, by the same rules that the booking obeys."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.db.uow import Store, UnitOfWork
from core.domain.access import Actor, require_self
from core.domain.counselor import Counselor
from core.domain.errors import NotFound
from core.domain.explain import Refusal, explain
from core.domain.practice import Practice, notice_seconds
from core.domain.session_type import SessionType
from core.domain.slots import SlotQuery, SlotRules, find_slots, is_offered, relevant_span
from core.ports.clock import Clock

NEAREST_SEARCH = timedelta(days=21)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a client is looking for, by ids; `minutes` is the duration."""

    counselor_id: int
    session_type_id: int
    minutes: int


def slot_rules(counselor: Counselor, kind: SessionType, minutes: int) -> SlotRules:
    """The rules of one session type with one counselor; the session type's own values come first."""
    buffer = counselor.buffer_minutes if kind.buffer_minutes is None else kind.buffer_minutes
    interval = kind.slot_interval_minutes or counselor.slot_interval_minutes
    return SlotRules(
        duration=timedelta(minutes=minutes),
        interval=timedelta(minutes=interval),
        buffer=timedelta(minutes=buffer),
        notice=timedelta(seconds=notice_seconds(counselor, kind)),
        window_days=counselor.window_days,
        daily_limit=counselor.daily_limit,
    )


def check_wanted(practice: Practice, wanted: Wanted) -> tuple[Counselor, SessionType]:
    """The counselor and session type behind the ids; NotFound when they are not on offer together."""
    counselor = practice.counselor(wanted.counselor_id)
    kind = practice.session_type(wanted.session_type_id)
    if not counselor.active:
        raise NotFound("counselor_not_found")
    offered = kind.active and counselor.id in kind.counselor_ids and wanted.minutes in kind.durations
    if not offered:
        raise NotFound("session_type_not_found")
    return counselor, kind


async def slot_query(
    uow: UnitOfWork,
    wanted: Wanted,
    *,
    client_id: int | None,
    now: datetime,
    first: datetime,
    until: datetime,
    except_id: int | None = None,
) -> SlotQuery:
    """Everything the engine needs about the range [first, until), read in one transaction."""
    counselor, kind = check_wanted(await uow.practice(), wanted)
    return await query_of(
        uow,
        counselor,
        slot_rules(counselor, kind, wanted.minutes),
        client_id=client_id,
        now=now,
        first=first,
        until=until,
        except_id=except_id,
    )


async def query_of(
    uow: UnitOfWork,
    counselor: Counselor,
    rules: SlotRules,
    *,
    client_id: int | None,
    now: datetime,
    first: datetime,
    until: datetime,
    except_id: int | None,
) -> SlotQuery:
    """The same for rules that are known already."""
    span = relevant_span(rules, first, until)
    taken = await uow.bookings.taken(
        counselor.id, span.start, span.end, now=now, client_id=client_id, except_id=except_id
    )
    return SlotQuery(
        schedule=counselor.schedule,
        rules=rules,
        taken=taken,
        now=now,
        first=first,
        until=until,
    )


async def first_free(
    find: Callable[[datetime, datetime], Awaitable[list[datetime]]], first: datetime, end: datetime
) -> datetime | None:
    """The first start that `find` knows in [first, end); looked for week by week at first."""
    step = timedelta(days=7)
    while first < end:
        until = min(first + step, end)
        slots = await find(first, until)
        if slots:
            return slots[0]
        first, step = until, step * 2
    return None


def closest(slots: list[datetime], start: datetime, count: int) -> list[datetime]:
    """The starts nearest to a time that could not be had, in order of time."""
    return sorted(sorted(slots, key=lambda slot: (abs(slot - start), slot))[:count])


def booking_window_end(counselor: Counselor, now: datetime) -> datetime:
    """An instant after which nothing is on offer, whatever the zone."""
    return now + timedelta(days=counselor.window_days + 2)


class Offers:
    """Questions about free time.

    The client is who asks, unless a counselor asks about their own time for the client `for_id`: Forbidden
    `not_yours` for everybody else.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def between(
        self,
        actor: Actor,
        wanted: Wanted,
        first: datetime,
        until: datetime,
        *,
        except_id: int | None = None,
        for_id: int | None = None,
    ) -> list[datetime]:
        """The free slots in [first, until), ascending, without the client's own sessions.

        A hold of the client's own is not in the way: another time would take its place.
        """
        async with self._store.read() as uow:
            query = await self._query(uow, actor, wanted, first, until, except_id, for_id)
        return find_slots(query)

    async def earliest(
        self, actor: Actor, wanted: Wanted, after: datetime | None = None, *, for_id: int | None = None
    ) -> datetime | None:
        """The first free slot of the booking window, from `after` on."""
        now = self._clock.now()
        async with self._store.read() as uow:
            counselor, _ = check_wanted(await uow.practice(), wanted)
            end = booking_window_end(counselor, now)

            async def find(first: datetime, until: datetime) -> list[datetime]:
                return find_slots(await self._query(uow, actor, wanted, first, until, None, for_id))

            return await first_free(find, max(now, after or now), end)

    async def nearest(
        self, actor: Actor, wanted: Wanted, start: datetime, count: int = 3, *, for_id: int | None = None
    ) -> list[datetime]:
        """The free slots closest to a time that could not be had, in order of time."""
        now = self._clock.now()
        async with self._store.read() as uow:
            counselor, _ = check_wanted(await uow.practice(), wanted)
        near = min(max(start, now), booking_window_end(counselor, now))
        first, until = max(now, near - NEAREST_SEARCH), near + NEAREST_SEARCH
        slots = await self.between(actor, wanted, first, until, for_id=for_id)
        return closest(slots, start, count)

    async def why_not(self, actor: Actor, wanted: Wanted, start: datetime) -> Refusal | None:
        """Why a time is not offered; None when it is."""
        async with self._store.read() as uow:
            query = await self._query(uow, actor, wanted, start, start + timedelta(minutes=1), None)
        return None if is_offered(query, start) else explain(query, start)

    async def _query(
        self,
        uow: UnitOfWork,
        actor: Actor,
        wanted: Wanted,
        first: datetime,
        until: datetime,
        except_id: int | None,
        for_id: int | None = None,
    ) -> SlotQuery:
        if for_id is not None:
            counselor, _ = check_wanted(await uow.practice(), wanted)
            require_self(actor, counselor)
        return await slot_query(
            uow,
            wanted,
            client_id=actor.person_id if for_id is None else for_id,
            now=self._clock.now(),
            first=first,
            until=until,
            except_id=except_id,
        )
