"""Finding a booking for somebody: the admin looks for a person, and at what they have booked."""

from dataclasses import dataclass

from core.db.people_view import PersonLine, find_people
from core.db.uow import Store
from core.db.views import Page, past, upcoming
from core.domain.access import Actor, require
from core.domain.person import Person, Role
from core.domain.side import Side
from core.ports.clock import Clock

__all__ = ["OnBehalf", "PersonLine", "TheirBookings"]

MOST_FOUND = 8
PAGE_SIZE = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class TheirBookings:
    """A page of what somebody has booked, or of the sessions that others have booked with them.

    `counselor` says that there are such sessions to ask for.
    """

    person: Person
    page: Page
    counselor: bool


class OnBehalf:
    """Questions of an admin who acts for somebody else; Forbidden `not_yours` for everybody else."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def find(self, actor: Actor, text: str) -> list[PersonLine]:
        """Whom a typed name may mean."""
        require(actor, Role.ADMIN)
        async with self._store.read() as uow:
            return await find_people(uow.conn, text.strip(), most=MOST_FOUND)

    async def bookings(
        self, actor: Actor, person_id: int, page: int, side: Side, *, over: bool = False
    ) -> TheirBookings:
        """A page of somebody's bookings as client or as counselor: those to come, or those that are `over`.

        NotFound `person_not_found`.
        """
        require(actor, Role.ADMIN)
        now, read = self._clock.now(), past if over else upcoming
        async with self._store.read() as uow:
            person = await uow.people.get(person_id)
            counselor = (await uow.practice()).counselor_of_person(person_id)
            found = await read(uow.conn, person_id, now=now, page=page, size=PAGE_SIZE, side=side)
            return TheirBookings(person=person, page=found, counselor=counselor is not None)
