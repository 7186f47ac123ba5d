"""Keeping what became of messages: entries that come together are committed together."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import timedelta

from core.db.uow import Store
from core.domain.access import Actor, require
from core.domain.channel import Choices
from core.domain.delivery import Delivery
from core.domain.person import Person, Role
from core.ports.clock import Clock

log = logging.getLogger(__name__)

KEPT = timedelta(days=90)
PAGE = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryPage:
    """A person, what they chose to hear of, and a page of the attempts to reach them; newest first."""

    person: Person
    choices: Choices
    entries: tuple[Delivery, ...]
    total: int


class DeliveryLog:
    """Entries about messages, written at once and read by the admin."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._waiting: list[tuple[Delivery, asyncio.Future[None]]] = []
        self._flushing: asyncio.Task[None] | None = None

    async def add(self, entry: Delivery) -> None:
        """Keep an entry; returns after the commit.

        Never fails: the message has gone out, and for want of an entry it would go out again.
        """
        kept = asyncio.get_running_loop().create_future()
        self._waiting.append((entry, kept))
        if self._flushing is None or self._flushing.done():
            self._flushing = asyncio.create_task(self._flush())
        await kept

    async def read(self, actor: Actor, person_id: int, page: int = 0) -> DeliveryPage:
        """The last attempts to reach a person, newest first; for the admin."""
        require(actor, Role.ADMIN)
        async with self._store.read() as uow:
            return DeliveryPage(
                person=await uow.people.get(person_id),
                choices=await uow.choices.get(person_id),
                entries=tuple(await uow.deliveries.newest(person_id, PAGE, page * PAGE)),
                total=await uow.deliveries.count(person_id),
            )

    async def forget_old(self) -> None:
        """Drop what is older than it is kept."""
        async with self._store.write() as uow:
            await uow.deliveries.purge(self._clock.now() - KEPT)

    async def _flush(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            try:
                async with self._store.write() as uow:
                    await uow.deliveries.add([entry for entry, _ in batch])
            except Exception as error:  # noqa: BLE001 - whatever it is, nothing must be sent again for it
                log.warning("what became of %d messages is not kept: %s", len(batch), type(error).__name__)
            finally:
                for _, kept in batch:
                    if not kept.done():
                        kept.set_result(None)
