"""A counselor's clients, and what each has had with them."""

from dataclasses import dataclass

from core.db.clients_view import ClientLine, HistoryPage, client, clients, history
from core.db.uow import Store
from core.domain.access import Actor
from core.domain.errors import NotFound
from core.ports.clock import Clock
from core.services.schedule import acting_counselor

__all__ = ["ClientLine", "ClientPage", "Clients", "History"]

PAGE_SIZE = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientPage:
    """Some of a counselor's clients, `page` of `pages` counted from 0."""

    clients: tuple[ClientLine, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A client, and some of what they have booked with the counselor, the latest first."""

    client: ClientLine
    bookings: HistoryPage


class Clients:
    """Questions of a counselor about their own clients."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def page(self, actor: Actor, page: int) -> ClientPage:
        """Those who have ever booked with the counselor, who had a session last first."""
        now = self._clock.now()
        async with self._store.read() as uow:
            counselor = await acting_counselor(uow, actor)
            found, page, pages = await clients(uow.conn, counselor.id, now=now, page=page, size=PAGE_SIZE)
            return ClientPage(clients=tuple(found), page=page, pages=pages)

    async def history(self, actor: Actor, client_id: int, page: int) -> History:
        """One of them; NotFound `person_not_found` for anybody who has never booked with the counselor."""
        async with self._store.read() as uow:
            counselor = await acting_counselor(uow, actor)
            known = await client(uow.conn, counselor.id, client_id, now=self._clock.now())
            if known is None:
                raise NotFound("person_not_found")
            found = await history(uow.conn, counselor.id, client_id, page=page, size=PAGE_SIZE)
            return History(client=known, bookings=found)
