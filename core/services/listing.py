"""Reading bookings: lists and single cards, each for those who may see them."""

from dataclasses import dataclass

from core.db.uow import Store, UnitOfWork
from core.db.views import BookingLine, Page, past, requests, upcoming
from core.domain.access import Actor, require
from core.domain.actions import Case, Party
from core.domain.booking import Booking
from core.domain.counselor import Counselor
from core.domain.errors import Conflict
from core.domain.meeting import NOBODY, Attendance
from core.domain.person import Person, Role
from core.domain.session_type import SessionType
from core.domain.side import Side
from core.kit.references import read_reference
from core.ports.clock import Clock
from core.services.case import case_of
from core.services.join_links import JoinLinks
from core.services.meeting_facts import seen_in

__all__ = ["BookingDetails", "BookingLine", "Listing", "Page"]

PAGE_SIZE = 10
ROLES = {Side.CLIENT: Role.CLIENT, Side.COUNSELOR: Role.COUNSELOR}


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingDetails:
    """A booking as somebody may look at it, with everybody and everything it names.

    `join` is the viewer's own link to a meeting, None for an admin and where nobody could open it; `seen` is
    who was there.
    `series` are all sessions of its series in order of time, itself included; empty where it has none.
    """

    case: Case
    counselor: Counselor
    client: Person
    session_type: SessionType
    join: str | None = None
    seen: Attendance = NOBODY
    series: tuple[Booking, ...] = ()

    @property
    def booking(self) -> Booking:
        """The booking itself."""
        return self.case.booking

    @property
    def other(self) -> Counselor | Person:
        """The other side: the counselor to a client, the client to everybody else."""
        return self.counselor if self.case.party is Party.CLIENT else self.client


class Listing:
    """Questions about bookings."""

    def __init__(self, store: Store, clock: Clock, links: JoinLinks) -> None:
        self._store = store
        self._clock = clock
        self._links = links

    async def upcoming(self, actor: Actor, page: int, side: Side = Side.CLIENT) -> Page:
        """The coming bookings of somebody as client or as counselor, soonest first."""
        person = require(actor, ROLES[side])
        now = self._clock.now()
        async with self._store.read() as uow:
            return await upcoming(uow.conn, person.id, now=now, page=page, size=PAGE_SIZE, side=side)

    async def past(self, actor: Actor, page: int, side: Side = Side.CLIENT) -> Page:
        """The bookings of the same that are over or came to nothing, latest first."""
        person = require(actor, ROLES[side])
        now = self._clock.now()
        async with self._store.read() as uow:
            return await past(uow.conn, person.id, now=now, page=page, size=PAGE_SIZE, side=side)

    async def requests(self, actor: Actor) -> list[BookingLine]:
        """The requests that wait for the acting counselor, the most pressing first."""
        person = require(actor, Role.COUNSELOR)
        async with self._store.read() as uow:
            counselor = (await uow.practice()).counselor_of_person(person.id)
            return await requests(uow.conn, counselor.id) if counselor else []

    async def find(self, actor: Actor, reference: str) -> int:
        """The id of the booking with this reference; NotFound `booking_not_found` as for `look`."""
        async with self._store.read() as uow:
            booking = await uow.bookings.by_reference(read_reference(reference) or "")
            return (await case_of(uow, actor, booking, self._clock.now())).booking.id

    async def look(self, actor: Actor, booking_id: int) -> BookingDetails:
        """One booking, by its client, its counselor or an admin, with what they may do now.

        NotFound `booking_not_found` also for those it does not concern, and for a hold.
        """
        async with self._store.read() as uow:
            return await self._details(uow, actor, booking_id)

    async def offer(self, actor: Actor, proposal_id: int, version: int) -> BookingDetails:
        """The booking that an offer of another time is about, while it stands as the actor has seen it.

        Of several sessions of a series that are to move together it is the first. Conflict `stale`
        otherwise; NotFound `proposal_not_found`, or as for `look`.
        """
        async with self._store.read() as uow:
            proposal = await uow.proposals.get(proposal_id)
            found = await self._details(uow, actor, proposal.booking_id)
            if found.case.proposal != proposal or proposal.version != version:
                raise Conflict("stale", booking_id=found.booking.id, status=found.booking.status)
            first = (await uow.proposals.open_with(proposal))[0]
            return found if first == proposal else await self._details(uow, actor, first.booking_id)

    async def _details(self, uow: UnitOfWork, actor: Actor, booking_id: int) -> BookingDetails:
        case = await case_of(uow, actor, await uow.bookings.get(booking_id), self._clock.now())
        practice = await uow.practice()
        kept = await uow.meetings.get(booking_id) if case.booking.location.online else None
        series_id = case.booking.series_id
        return BookingDetails(
            case=case,
            join=None if case.party is Party.ADMIN else self._links.address(booking_id, case.side, kept),
            seen=await seen_in(uow, case.booking) if kept else NOBODY,
            counselor=practice.counselor(case.booking.counselor_id),
            client=await uow.people.get(case.booking.client_id),
            session_type=practice.session_type(case.booking.session_type_id),
            series=() if series_id is None else tuple(await uow.series.bookings(series_id)),
        )
