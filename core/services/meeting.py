"""A booking's meeting at its provider: made when needed, moved and removed as the booking is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from core.db.repositories.meetings import KeptMeeting
from core.db.uow import Store, UnitOfWork
from core.domain.booking import Booking
from core.domain.errors import NotFound
from core.domain.events import Event
from core.domain.meeting import Door, door
from core.jobs.job import Job
from core.jobs.queue import NewJob, enqueue
from core.ports.clock import Clock
from core.ports.meetings import Meeting, MeetingPlan, MeetingProvider
from core.services.meeting_place import MeetingPlace
from core.services.outside import trouble_outside

KEEP_MEETING = "keep_meeting"
ATTEMPTS = 30
"""A provider may be down for a day: from the twelfth attempt on there is one an hour."""
SWEPT = 100
NEEDED = frozenset({Door.EARLY, Door.OPEN})
UNWANTED = frozenset({Door.CALLED_OFF, Door.NOT_AGREED, Door.ELSEWHERE})


def keep_meeting(event: Event) -> Iterator[NewJob]:
    """What follows from an event that changes whether or when people meet online."""
    booking = event.booking
    if booking.location.online:
        yield _job(booking.id, str(booking.version), event.at)


def _job(booking_id: int, occasion: str, due: datetime) -> NewJob:
    return NewJob(
        kind=KEEP_MEETING,
        key=f"{KEEP_MEETING}:{booking_id}:{occasion}",
        payload={"booking": booking_id},
        due=due,
        lane=f"meeting:{booking_id}",
        max_attempts=ATTEMPTS,
    )


class Meetings:
    """Keeps meetings in line with their bookings."""

    def __init__(self, store: Store, clock: Clock, place: MeetingPlace) -> None:
        self._store = store
        self._clock = clock
        self._place = place

    async def carry_out(self, job: Job) -> None:
        """`keep` as a job: a provider in trouble is tried again, one that refuses is given up on."""
        with trouble_outside():
            await self.keep(job.payload["booking"])

    async def keep(self, booking_id: int) -> KeptMeeting | None:
        """Make, move or remove the meeting of a booking by what the booking is now; None when there is none.

        Raises the troubles of the port. May be repeated, and by several at once.
        """
        provider = self._place.provider
        if provider is None:
            return None
        async with self._store.read() as uow:
            booking, kept = await _found(uow, booking_id), await uow.meetings.get(booking_id)
            plan = await self._plan(uow, booking) if booking and self._is(booking, NEEDED) else None
        if booking is None or self._is(booking, UNWANTED):
            await self._remove(provider, kept, forget=booking is None)
            return None
        if plan is None:  # it is over: what was told of it stays
            return kept
        there = kept if kept and kept.provider == provider.name and kept.ref is not None else None
        if there is not None and (there.starts_at, there.ends_at) == (plan.starts_at, plan.ends_at):
            return there
        meeting = await (provider.move(meeting_of(there), plan) if there else provider.create(plan))
        return await self._made(provider, booking_id, plan, meeting, instead_of=there)

    async def sweep(self) -> None:
        """Have meetings removed whose booking is gone or called off, should their own job have been lost."""
        now = self._clock.now()
        async with self._store.write() as uow:
            astray = await uow.meetings.astray(SWEPT)
            await enqueue(uow.conn, [_job(each, f"swept:{now:%Y%m%dT%H}", now) for each in astray])

    def _is(self, booking: Booking, doors: frozenset[Door]) -> bool:
        return door(booking, self._clock.now()) in doors

    async def _plan(self, uow: UnitOfWork, booking: Booking) -> MeetingPlan:
        practice = await uow.practice()
        host = practice.counselor(booking.counselor_id).person_id
        return self._place.plan(booking, practice, await uow.people.get(host))

    async def _made(
        self,
        provider: MeetingProvider,
        booking_id: int,
        plan: MeetingPlan,
        meeting: Meeting,
        *,
        instead_of: KeptMeeting | None,
    ) -> KeptMeeting | None:
        """Store a meeting that was made or moved; one that nobody wants any more is removed again."""
        made = KeptMeeting(
            booking_id=booking_id,
            name=plan.name,
            provider=provider.name,
            ref=meeting.ref,
            address=meeting.address,
            starts_at=plan.starts_at,
            ends_at=plan.ends_at,
        )
        async with self._store.write() as uow:
            booking = await _found(uow, booking_id, lock=True)
            known = await uow.meetings.get(booking_id)
            kept = made
            if known and known.provider == provider.name and known.ref not in {None, _ref(instead_of)}:
                kept = known  # somebody was faster
            else:
                await uow.meetings.put(made)
        if kept.ref != made.ref:
            await provider.cancel(meeting)
        if booking is None or self._is(booking, UNWANTED):
            await self._remove(provider, kept, forget=booking is None)
            return None
        return kept

    async def _remove(self, provider: MeetingProvider, kept: KeptMeeting | None, *, forget: bool) -> None:
        if kept is None:
            return
        if kept.provider == provider.name and kept.ref is not None:
            await provider.cancel(meeting_of(kept))
        async with self._store.write() as uow:
            if forget:
                await uow.meetings.delete(kept.booking_id)
            else:
                await uow.meetings.put(replace(kept, ref=None, address=""))


def meeting_of(kept: KeptMeeting) -> Meeting:
    """The meeting as its provider knows it."""
    return Meeting(ref=kept.ref or "", address=kept.address)


def _ref(kept: KeptMeeting | None) -> str | None:
    return kept.ref if kept else None


async def _found(uow: UnitOfWork, booking_id: int, *, lock: bool = False) -> Booking | None:
    try:
        return await (uow.bookings.lock(booking_id) if lock else uow.bookings.get(booking_id))
    except NotFound:
        return None
