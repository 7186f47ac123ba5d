"""What providers tell of meetings: kept as a set, and read anew whenever something is added."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.db.uow import Store, UnitOfWork
from core.domain.booking import Booking
from core.domain.errors import NotFound
from core.domain.meeting import Attendance, Happening, MeetingFact, attendance
from core.domain.side import Side
from core.jobs.job import Job
from core.jobs.queue import NewJob
from core.ports.clock import Clock
from core.services.inbox import Inbox
from core.services.running import observed

LEARN_OF_MEETING = "learn_of_meeting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a provider has told at once: in which of its meetings, by our name or its own, what happened.

    `id` is the provider's own for this delivery, or one made of its content.
    """

    provider: str
    id: str
    meeting: str
    facts: tuple[MeetingFact, ...]


class MeetingFacts:
    """Takes in what providers tell."""

    def __init__(self, store: Store, clock: Clock, inbox: Inbox) -> None:
        self._store = store
        self._clock = clock
        self._inbox = inbox

    async def take_in(self, told: Told) -> bool:
        """Keep what was told, to be looked at later; False when it was told before.

        Returns after the commit.
        """
        source = f"meetings/{told.provider}"
        return await self._inbox.keep(source, told.id, [_job(told, self._clock.now())])

    async def carry_out(self, job: Job) -> None:
        """Add what was told to what is known; nothing is kept of meetings that are not ours."""
        payload = job.payload
        async with self._store.write() as uow:
            kept = await uow.meetings.called(payload["provider"], payload["meeting"])
            if kept is None:
                return
            try:
                booking = await uow.bookings.lock(kept.booking_id)
            except NotFound:
                return
            await uow.meetings.add_facts(booking.id, map(_fact, payload["facts"]))
            await observed(uow, booking, await seen_in(uow, booking), self._clock.now())


async def seen_in(uow: UnitOfWork, booking: Booking) -> Attendance:
    """Who was seen in a booking's meeting so far."""
    return attendance(await uow.meetings.facts(booking.id), booking)


def _job(told: Told, now: datetime) -> NewJob:
    return NewJob(
        kind=LEARN_OF_MEETING,
        key=f"{LEARN_OF_MEETING}:{told.provider}:{told.id}",
        payload={"provider": told.provider, "meeting": told.meeting, "facts": _written(told.facts)},
        due=now,
    )


def _written(facts: Sequence[MeetingFact]) -> list[dict[str, Any]]:
    return [
        {
            "happening": fact.happening.value,
            "at": fact.at.isoformat(),
            "visit": fact.visit,
            "side": fact.side and fact.side.value,
        }
        for fact in facts
    ]


def _fact(written: dict[str, Any]) -> MeetingFact:
    return MeetingFact(
        happening=Happening(written["happening"]),
        at=datetime.fromisoformat(written["at"]),
        visit=written["visit"],
        side=None if written["side"] is None else Side(written["side"]),
    )
