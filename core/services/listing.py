"""Reading bookings: lists and single cards, each for those who may see them."""

from dataclasses import dataclass

from core.db.uow import Store
from core.db.views import BookingLine, Page, past, requests, upcoming
from core.domain.access import Actor, may_read, require
from core.domain.booking import Booking, Status
from core.domain.counselor import Counselor
from core.domain.errors import NotFound
from core.domain.person import Person, Role
from core.domain.session_type import SessionType
from core.kit.references import read_reference
from core.ports.clock import Clock

__all__ = ["BookingDetails", "BookingLine", "Listing"]

PAGE_SIZE = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingDetails:
    """A booking with everybody and everything it names."""

    booking: Booking
    counselor: Counselor
    client: Person
    session_type: SessionType


class Listing:
    """Questions about bookings."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def upcoming(self, actor: Actor, page: int) -> Page:
        """The client's coming bookings, soonest first."""
        client = require(actor, Role.CLIENT)
        async with self._store.read() as uow:
            return await upcoming(uow.conn, client.id, now=self._clock.now(), page=page, size=PAGE_SIZE)

    async def past(self, actor: Actor, page: int) -> Page:
        """The client's bookings that are over or came to nothing, latest first."""
        client = require(actor, Role.CLIENT)
        async with self._store.read() as uow:
            return await past(uow.conn, client.id, now=self._clock.now(), page=page, size=PAGE_SIZE)

    async def requests(self, actor: Actor) -> list[BookingLine]:
        """The requests that wait for the acting counselor, the most pressing first."""
        person = require(actor, Role.COUNSELOR)
        async with self._store.read() as uow:
            counselor = (await uow.practice()).counselor_of_person(person.id)
            return await requests(uow.conn, counselor.id) if counselor else []

    async def find(self, actor: Actor, reference: str) -> int:
        """The id of the booking with this reference; NotFound `booking_not_found` as for `booking`."""
        async with self._store.read() as uow:
            booking = await uow.bookings.by_reference(read_reference(reference) or "")
        return (await self.booking(actor, booking.id)).booking.id

    async def booking(self, actor: Actor, booking_id: int) -> BookingDetails:
        """One booking with its names; NotFound `booking_not_found` also for those it does not concern."""
        async with self._store.read() as uow:
            booking = await uow.bookings.get(booking_id)
            practice = await uow.practice()
            counselor = practice.counselor(booking.counselor_id)
            may_read(actor, booking, counselor)
            if booking.status is Status.HELD:
                raise NotFound("booking_not_found")
            return BookingDetails(
                booking=booking,
                counselor=counselor,
                client=await uow.people.get(booking.client_id),
                session_type=practice.session_type(booking.session_type_id),
            )
