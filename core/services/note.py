"""Private notes: a counselor's own words about a session, for nobody else, the admin included."""

from dataclasses import replace

from core.db.uow import Store, UnitOfWork
from core.domain.access import Actor
from core.domain.actions import Action, Case
from core.domain.actions import require as require_action
from core.domain.errors import Invalid
from core.domain.note import PrivateNote
from core.ports.clock import Clock
from core.services.case import case_of, locked_case
from core.services.running import check_seen


class Notes:
    """Use cases about private notes; the audit trail knows that something was written, never what."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def read(self, actor: Actor, booking_id: int) -> PrivateNote | None:
        """The note about one's own session, if there is one; Conflict `moved_on` for everybody else."""
        async with self._store.read() as uow:
            case = await case_of(uow, actor, await uow.bookings.get(booking_id), self._clock.now())
            require_action(Action.NOTE, case)
            note = await uow.private_notes.get(booking_id)
            return note if note is not None and note.text else None

    async def write(self, actor: Actor, booking_id: int, text: str) -> PrivateNote:
        """Put these words in the place of any before; Invalid `empty` or `too_long`."""
        if not text:
            raise Invalid("empty")
        async with self._store.write() as uow:
            case = await locked_case(uow, actor, booking_id, self._clock.now())
            require_action(Action.NOTE, case)
            return await _put(uow, actor, case, await uow.private_notes.get(booking_id), text)

    async def remove(self, actor: Actor, booking_id: int, version: int) -> None:
        """Remove the words that were seen at this version; Conflict `stale` when they are others by now."""
        async with self._store.write() as uow:
            case = await locked_case(uow, actor, booking_id, self._clock.now())
            require_action(Action.NOTE, case)
            known = await uow.private_notes.get(booking_id)
            if known is None or not known.text:
                return
            check_seen(case.booking, version, known.version)
            await _put(uow, actor, case, known, "")


async def _put(
    uow: UnitOfWork, actor: Actor, case: Case, known: PrivateNote | None, text: str
) -> PrivateNote:
    note = PrivateNote(booking_id=case.booking.id, text=text, updated_at=case.now)
    if known is not None:
        if known.text == text:
            return known
        note = replace(note, version=known.version + 1)
    await uow.private_notes.put(note)
    await uow.audit.add(
        booking_id=note.booking_id,
        actor_id=actor.person_id,
        action="note.written" if text else "note.removed",
        at=case.now,
    )
    return note
