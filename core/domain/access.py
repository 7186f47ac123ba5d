"""Who acts: the actor that every use case checks."""

from dataclasses import dataclass

from core.domain.actions import Party
from core.domain.booking import Booking
from core.domain.counselor import Counselor
from core.domain.errors import Forbidden, NotFound
from core.domain.person import Person, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person who does something, or the system when `person` is None."""

    person: Person | None = None

    @property
    def person_id(self) -> int | None:
        """The person behind the act; None for the system."""
        return self.person.id if self.person else None


SYSTEM = Actor()


def require(actor: Actor, role: Role) -> Person:
    """The acting person when they play this role; Forbidden `not_yours` otherwise."""
    if actor.person is None or not actor.person.has(role):
        raise Forbidden("not_yours")
    return actor.person


def require_self(actor: Actor, counselor: Counselor) -> None:
    """Only the person who is this counselor passes; Forbidden `not_yours` otherwise."""
    if actor.person_id != counselor.person_id:
        raise Forbidden("not_yours")


def require_awaited(actor: Actor, booking: Booking, counselor: Counselor) -> None:
    """Only the side whose answer is awaited passes; to others the request does not exist."""
    party = party_of(actor, booking, counselor)
    if booking.counselor_id != counselor.id or party.value != booking.awaits.value:
        raise NotFound("booking_not_found")


def party_of(actor: Actor, booking: Booking, counselor: Counselor) -> Party:
    """As what somebody acts on a booking: its counselor before its client, and both before the admin.

    To others it does not exist: NotFound `booking_not_found`.
    """
    person = actor.person
    if person is not None and person.id == counselor.person_id:
        return Party.COUNSELOR
    if person is not None and person.id == booking.client_id:
        return Party.CLIENT
    if person is not None and person.has(Role.ADMIN):
        return Party.ADMIN
    raise NotFound("booking_not_found")
