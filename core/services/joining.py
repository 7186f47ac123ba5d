"""Joining a meeting: by one's own link, or from the chat."""

import logging
from dataclasses import dataclass
from datetime import datetime

from core.db.repositories.meetings import KeptMeeting
from core.db.uow import Store, UnitOfWork
from core.domain.access import Actor, party_of
from core.domain.actions import Action, require
from core.domain.booking import Booking
from core.domain.counselor import Counselor
from core.domain.errors import Conflict, NotFound
from core.domain.meeting import Door, closes_at, door
from core.domain.person import Person
from core.domain.practice import Practice
from core.domain.side import Side
from core.ports.clock import Clock
from core.ports.meetings import Participant
from core.ports.trouble import AuthExpired, Rejected, Unavailable
from core.services.case import case_of
from core.services.meeting import Meetings, meeting_of
from core.services.meeting_place import MeetingPlace

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """Somebody at the door of a meeting: who it is, to which booking, and how the door is at `now`."""

    booking: Booking
    side: Side
    counselor: Counselor
    client: Person
    host: Person
    practice: Practice
    now: datetime

    @property
    def door(self) -> Door:
        """Whether they may go in."""
        return door(self.booking, self.now)

    @property
    def person(self) -> Person:
        """The guest, whose language and clock are theirs."""
        return self.host if self.side is Side.COUNSELOR else self.client

    @property
    def name(self) -> str:
        """How the others see them."""
        return self.counselor.name if self.side is Side.COUNSELOR else self.client.name

    @property
    def other(self) -> str:
        """With whom they meet."""
        return self.client.name if self.side is Side.COUNSELOR else self.counselor.name


class Joining:
    """Use cases at the door of a meeting."""

    def __init__(self, store: Store, clock: Clock, meetings: Meetings, place: MeetingPlace) -> None:
        self._store = store
        self._clock = clock
        self._meetings = meetings
        self._place = place

    async def look(self, capability: str) -> Guest:
        """Whose link this is, without any effect; NotFound `join_link_not_found`, also once it is void."""
        link = self._place.links.open(capability)
        if link is None:
            raise NotFound("join_link_not_found")
        async with self._store.read() as uow:
            kept = await uow.meetings.get(link.booking_id)
            if link.generation != (kept.generation(link.side) if kept else 0):
                raise NotFound("join_link_not_found")
            return await self._guest(uow, await uow.bookings.get(link.booking_id), link.side)

    async def enter(self, capability: str) -> str:
        """Where the holder of this link joins now; NotFound as above, Conflict as for `enter_from_chat`."""
        return await self._address(await self.look(capability))

    async def enter_from_chat(self, actor: Actor, booking_id: int) -> str:
        """Where a client or counselor joins now.

        Conflict as `actions.require` says, and `meeting_unavailable` when the provider is in trouble.
        """
        async with self._store.read() as uow:
            case = await case_of(uow, actor, await uow.bookings.get(booking_id), self._clock.now())
            require(Action.JOIN, case)
            guest = await self._guest(uow, case.booking, case.side)
        return await self._address(guest)

    async def renew(self, actor: Actor, booking_id: int, side: Side) -> None:
        """Make every link to this meeting void that was given to one side so far; NotFound for strangers."""
        async with self._store.write() as uow:
            booking = await uow.bookings.lock(booking_id)
            party_of(actor, booking, (await uow.practice()).counselor(booking.counselor_id))
            kept = KeptMeeting(booking_id=booking_id, name=self._place.name(booking))
            await uow.meetings.renew(kept, side)

    async def _guest(self, uow: UnitOfWork, booking: Booking, side: Side) -> Guest:
        practice = await uow.practice()
        counselor = practice.counselor(booking.counselor_id)
        return Guest(
            booking=booking,
            side=side,
            counselor=counselor,
            client=await uow.people.get(booking.client_id),
            host=await uow.people.get(counselor.person_id),
            practice=practice,
            now=self._clock.now(),
        )

    async def _address(self, guest: Guest) -> str:
        booking = guest.booking
        if guest.door is not Door.OPEN:
            raise Conflict("moved_on", booking_id=booking.id, status=booking.status)
        try:
            address = await self._ask(guest)
        except (Unavailable, AuthExpired, Rejected) as error:
            log.warning("nobody can join booking %s: %s", booking.reference, error)
            raise Conflict("meeting_unavailable", booking_id=booking.id) from error
        if address is None:
            raise Conflict("meeting_unavailable", booking_id=booking.id)
        return address

    async def _ask(self, guest: Guest) -> str | None:
        """The provider's address for this guest, of a meeting that is made now if there is none yet."""
        booking, provider = guest.booking, self._place.provider
        async with self._store.read() as uow:
            kept = await uow.meetings.get(booking.id)
        if provider is None:
            return None
        if kept is None or kept.ref is None or kept.provider != provider.name:
            kept = await self._meetings.keep(booking.id)
        if kept is None:  # called off at this very moment
            return None
        return await provider.join_address(
            meeting_of(kept),
            self._place.plan(booking, guest.practice, guest.host),
            Participant(side=guest.side, name=guest.name),
            now=guest.now,
            until=closes_at(booking),
        )
