"""Booking for a client: a counselor picks person and time, the client accepts or declines."""

from dataclasses import dataclass, replace
from datetime import datetime

from core.db.people_view import PersonLine, find_people
from core.db.uow import Store, UnitOfWork
from core.domain.access import Actor
from core.domain.actions import Party
from core.domain.booking import Booking, Status, request_deadline
from core.domain.counselor import Counselor
from core.domain.errors import Conflict, DomainError, Forbidden, Invalid, NotFound
from core.domain.events import Event, EventName
from core.domain.person import Person
from core.domain.practice import Practice
from core.domain.session_type import Location, SessionType
from core.domain.side import Side
from core.kit.references import read_reference
from core.ports.clock import Clock
from core.services.booking import TOPIC_LENGTH
from core.services.case import keep
from core.services.hold import MINUTE, check_admitted, check_near, check_offered, new_hold
from core.services.new_booking import add_new
from core.services.offers import Wanted, check_wanted, slot_query
from core.services.schedule import acting_counselor

__all__ = ["BookFor", "ForClient", "PersonLine"]

MOST_FOUND = 8
THEIR_WORDS = {
    "client_busy": "client_engaged",
    "not_enrolled": "client_not_enrolled",
    "program_used_up": "client_used_up",
}
"""What is said of the client where it would be said to them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForClient:
    """What a counselor has chosen for a client; `location` None means the only, or the first, one."""

    client_id: int
    wanted: Wanted
    start: datetime
    topic: str = ""
    location: Location | None = None


class BookFor:
    """Use cases of a counselor who books for a client."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def find(self, actor: Actor, text: str) -> list[PersonLine]:
        """Whom a typed name may mean, the counselor's own clients first; or the client of a reference."""
        async with self._store.read() as uow:
            counselor = await acting_counselor(uow, actor)
            named = await _named_by_reference(uow, counselor, text)
            if named is not None:
                return [PersonLine(person_id=named.id, name=named.name, known=True)]
            return await find_people(uow.conn, text.strip(), most=MOST_FOUND, counselor=counselor)

    async def client(self, actor: Actor, client_id: int) -> Person:
        """Somebody whom the counselor may book for.

        NotFound `person_not_found`; Conflict `client_unreachable` while they cannot be asked in their chat.
        """
        async with self._store.read() as uow:
            return await _client(uow, await acting_counselor(uow, actor), client_id)

    async def book(self, actor: Actor, chosen: ForClient) -> Booking:
        """Ask a client whether they take a time; doing it twice asks once.

        It waits for their answer in instant mode too. Forbidden `not_yours`; Invalid `too_long`,
        `unknown_location`; Conflict `slot_taken`, `client_engaged`, `not_offered`, `client_not_enrolled`,
        `client_used_up`, `client_unreachable`; NotFound `person_not_found` and as for an offer.
        """
        now = self._clock.now()
        async with self._store.write() as uow:
            counselor = await acting_counselor(uow, actor)
            if counselor.id != chosen.wanted.counselor_id:
                raise Forbidden("not_yours")
            client = await _client(uow, counselor, chosen.client_id)
            made = await uow.bookings.active_at(counselor.id, client.id, chosen.start)
            if made is not None and made.awaits is Side.CLIENT and made.status is Status.PENDING:
                return made
            try:
                booking = await _asked(uow, chosen, client, now)
            except DomainError as error:
                if error.code in THEIR_WORDS:
                    raise Conflict(THEIR_WORDS[error.code], name=client.name) from error
                raise
            await _keep(uow, actor, counselor, booking, now)
            return booking


async def _named_by_reference(uow: UnitOfWork, counselor: Counselor, text: str) -> Person | None:
    reference = read_reference(text)
    if reference is None:
        return None
    try:
        booking = await uow.bookings.by_reference(reference)
    except NotFound:
        return None
    own = booking.counselor_id == counselor.id and booking.status is not Status.HELD
    return await uow.people.get(booking.client_id) if own else None


async def _client(uow: UnitOfWork, counselor: Counselor, client_id: int) -> Person:
    client = await uow.people.get(client_id)
    known = client.consented_at is not None or await uow.bookings.ever(counselor.id, client_id)
    if not known or client.id == counselor.person_id:
        raise NotFound("person_not_found")
    if not client.reachable_in_chat:
        raise Conflict("client_unreachable", name=client.name)
    return client


async def _asked(uow: UnitOfWork, chosen: ForClient, client: Person, now: datetime) -> Booking:
    practice = await uow.practice()
    counselor, kind = check_wanted(practice, chosen.wanted)
    await check_admitted(uow, practice, kind, client)
    check_near(counselor, chosen.start, now)
    query = await slot_query(
        uow,
        chosen.wanted,
        client_id=client.id,
        now=now,
        first=chosen.start,
        until=chosen.start + MINUTE,
    )
    check_offered(query, chosen.start)
    return await add_new(uow, _request(practice, kind, chosen, now))


def _request(practice: Practice, kind: SessionType, chosen: ForClient, now: datetime) -> Booking:
    location = chosen.location or kind.locations[0]
    if location not in kind.locations:
        raise Invalid("unknown_location")
    if len(chosen.topic) > TOPIC_LENGTH:
        raise Invalid("too_long", most=TOPIC_LENGTH, got=len(chosen.topic))
    slot = new_hold(practice, chosen.wanted, chosen.start, chosen.client_id, now, practice.policy.hold)
    return replace(
        slot,
        status=Status.PENDING,
        awaits=Side.CLIENT,
        expires_at=min(request_deadline(now, chosen.start, practice.policy), chosen.start),
        topic=chosen.topic,
        location=location,
        address=kind.address if location is Location.IN_PERSON else "",
    )


async def _keep(uow: UnitOfWork, actor: Actor, counselor: Counselor, booking: Booking, now: datetime) -> None:
    event = Event(
        name=EventName.REQUESTED,
        booking=booking,
        counselor_person_id=counselor.person_id,
        actor_id=actor.person_id,
        at=now,
        policy=(await uow.practice()).policy,
    )
    await keep(uow, event, {"party": Party.COUNSELOR, "for_client": booking.client_id})
