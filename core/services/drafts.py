"""What a person is in the middle of, kept between two taps; only the chat knows what is inside."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from core.db.repositories.drafts import DraftRow
from core.db.uow import Store
from core.domain.access import Actor, require
from core.domain.analytics import FunnelEvent
from core.domain.errors import NotFound
from core.domain.person import Role
from core.domain.practice import Practice
from core.ports.clock import Clock

__all__ = ["DraftRow", "Drafts"]

KEPT = timedelta(days=30)


class Drafts:
    """Use cases about a person's own drafts; a step of the funnel is kept in the same transaction."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def start(
        self,
        actor: Actor,
        payload: Mapping[str, Any],
        step: FunnelEvent | None = None,
        *,
        message_id: int | None = None,
        **data: object,
    ) -> DraftRow:
        """A new draft, shown by this message; it becomes the one that typed text belongs to."""
        person = require(actor, Role.CLIENT)
        async with self._store.write() as uow:
            row = await uow.drafts.new(person.id, dict(payload), at=self._clock.now())
            if message_id is not None:
                await uow.drafts.hide(person.id, message_id)
                await uow.drafts.set_message(row.id, message_id)
            if step is not None:
                await uow.funnel.add(step, person_id=person.id, at=self._clock.now(), data=data)
            return replace(row, message_id=message_id)

    async def get(self, actor: Actor, draft_id: int) -> DraftRow:
        """One's own draft; to others it does not exist: NotFound `draft_not_found`."""
        person = require(actor, Role.CLIENT)
        async with self._store.read() as uow:
            row = await uow.drafts.get(draft_id)
        if row is None or row.person_id != person.id:
            raise NotFound("draft_not_found")
        return row

    async def practice(self) -> Practice:
        """The practice in which drafts are filled in."""
        async with self._store.read() as uow:
            return await uow.practice()

    async def latest(self, actor: Actor) -> DraftRow | None:
        """The draft that typed text belongs to."""
        person = require(actor, Role.CLIENT)
        async with self._store.read() as uow:
            return await uow.drafts.latest_of(person.id)

    async def save(
        self,
        actor: Actor,
        row: DraftRow,
        payload: Mapping[str, Any],
        step: FunnelEvent | None = None,
        **data: object,
    ) -> None:
        """Keep what was chosen; unchanged and without a step nothing is written."""
        if dict(payload) == row.payload and step is None:
            return
        now = self._clock.now()
        async with self._store.write() as uow:
            await uow.drafts.put(row.id, dict(payload), at=now)
            if step is not None:
                await uow.funnel.add(step, person_id=actor.person_id, at=now, data=data)

    async def shown(self, row: DraftRow, message_id: int) -> None:
        """Remember which message shows the draft."""
        async with self._store.write() as uow:
            await uow.drafts.set_message(row.id, message_id)

    async def left(self, actor: Actor, message_id: int) -> None:
        """Remember that this message shows something else by now: no draft is to be looked for in it."""
        person = require(actor, Role.CLIENT)
        async with self._store.read() as uow:
            if not await uow.drafts.any_shown_by(person.id, message_id):
                return
        async with self._store.write() as uow:
            await uow.drafts.hide(person.id, message_id)

    async def count(self, actor: Actor, step: FunnelEvent, **data: object) -> None:
        """Keep a step of the funnel by itself."""
        async with self._store.write() as uow:
            await uow.funnel.add(step, person_id=actor.person_id, at=self._clock.now(), data=data)

    async def forget_old(self) -> None:
        """Drop the drafts that nobody has touched for a long time."""
        async with self._store.write() as uow:
            await uow.drafts.purge(self._clock.now() - KEPT)
