"""Who acts: the actor that every use case checks."""

from dataclasses import dataclass

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


def require_counselor_of(actor: Actor, booking: Booking, counselor: Counselor) -> None:
    """Only the booking's own counselor passes; to others the booking does not exist."""
    if actor.person_id != counselor.person_id or booking.counselor_id != counselor.id:
        raise NotFound("booking_not_found")


def may_read(actor: Actor, booking: Booking, counselor: Counselor) -> None:
    """The booking's client, its counselor and an admin pass; to others it does not exist."""
    person = actor.person
    allowed = person is not None and (
        person.id in {booking.client_id, counselor.person_id} or person.has(Role.ADMIN)
    )
    if not allowed:
        raise NotFound("booking_not_found")
