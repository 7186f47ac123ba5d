"""Killing the program while a crowd of clients walks, and foreseeing what a kill may double."""

import asyncio
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import Enum, auto
from random import Random
from typing import Any

import sqlalchemy as sa

from bot.sandbox.people import Person
from bot.sandbox.phone import text_of
from core.db.tables.bookings import bookings
from core.domain.notification import Kind
from core.jobs.table import jobs
from core.services.subscribers import NOTIFY
from tests.journeys.office import Office
from tests.journeys.walk import TO_AN_APPROVED_SESSION, Walk
from tests.servers.patience import until
from tests.servers.processes import Confer
from tests.servers.telegram import Stage

COUNSELORS = ("Ann Rivera", "Ben Hale")
ANN, BEN = Person(id=1001, first_name="Ann"), Person(id=1002, first_name="Ben")
CROWD = 6
"""So many clients walk at a time, each a step behind the one before."""
ROUNDS = len(TO_AN_APPROVED_SESSION) + CROWD - 1
CONFIRMED = "Your session is confirmed"

UNDER_WAY = sa.select(jobs.c.payload).where(jobs.c.lease.is_not(None), jobs.c.kind == NOTIFY)
TOPICS = sa.select(bookings.c.id, bookings.c.topic)
END_LEASES = (
    sa.update(jobs).where(jobs.c.lease.is_not(None)).values(leased_until=datetime(2000, 1, 1, tzinfo=UTC))
)
"""What lasts half a minute otherwise: nobody else may take what a dead process has taken."""


class Moment(Enum):
    """When the program is killed in a round."""

    BEFORE = auto()
    """Nothing runs when people tap."""
    WORKING = auto()
    """Some milliseconds after the taps."""
    ARRIVING = auto()
    """As one of its calls reaches Telegram, which never sees it."""
    ACCEPTED = auto()
    """When Telegram has carried out one of its calls, and it does not know yet."""
    SEEN = auto()
    """When people see the answers."""


STAGES = {Moment.ARRIVING: Stage.ARRIVING, Moment.ACCEPTED: Stage.ACCEPTED}


@dataclass(slots=True, kw_only=True)
class Struck:
    """The program under attack, and what the kills have met.

    `foreseen` counts, by booking and kind, the kills between Telegram's yes to a notification and our
    record of it: so often, and no more, it may come once again. `struck_while_typing` counts, by topic, the
    kills that may have come between a reply to typed text and the record of it.
    """

    office: Office
    chance: Random
    first_day: datetime
    kills: Counter[Moment] = field(default_factory=Counter)
    interrupted: Counter[str] = field(default_factory=Counter)
    foreseen: Counter[tuple[int, str]] = field(default_factory=Counter)
    struck_while_typing: Counter[str] = field(default_factory=Counter)
    walks: list[Walk] = field(default_factory=list)

    @property
    def confer(self) -> Confer:
        """The process that is killed."""
        return self.office.processes[0]

    async def crowd(self) -> Sequence[Walk]:
        """New clients, each with a counselor and a time of their own."""
        fresh = [self._walk(number) for number in range(len(self.walks), len(self.walks) + CROWD)]
        self.walks += fresh
        return fresh

    def _walk(self, number: int) -> Walk:
        which = number % len(COUNSELORS)
        telegram = self.office.telegram
        return Walk(
            world=telegram.world,
            client=telegram.let_in(f"Client{number}"),
            counselor=telegram.phone((ANN, BEN)[which].id),
            counselor_name=COUNSELORS[which],
            start=self.first_day + timedelta(hours=number // len(COUNSELORS)),
            steps=TO_AN_APPROVED_SESSION,
            topic=f"Topic no. {number:03}.",
            impatient=number % 3 == 0,
        )

    def next_moment(self) -> Moment:
        """One of those that have come least often."""
        return min(Moment, key=lambda each: (self.kills[each], self.chance.random()))

    async def round(self, walks: Collection[Walk], moment: Moment | None) -> None:
        """Everybody does a step, with a kill at this moment; returns when all steps have come through."""
        if moment is Moment.BEFORE:
            self.confer.kill()
        struck = self._strike(
            STAGES.get(moment) if moment else None, calls=self.chance.randint(1, 2 * len(walks))
        )
        for walk in walks:
            await walk.act()
        seen = asyncio.gather(*(walk.see() for walk in walks))
        if moment is Moment.WORKING:
            await asyncio.sleep(self.chance.uniform(0, 0.02 * len(walks)))
        elif moment is not Moment.BEFORE:
            await _first(seen, struck)
        if moment is not None:
            await self._restart(moment, walks)
        await seen
        await asyncio.gather(*(walk.arrive() for walk in walks))

    def _strike(self, stage: Stage | None, calls: int) -> asyncio.Event:
        """Kill when so many calls to come are at this stage; the event is set once it has happened."""
        struck, left = asyncio.Event(), calls

        def watch(this: Stage) -> bool:
            nonlocal left
            left -= this is stage
            if this is not stage or left != 0:
                return True
            self.confer.kill()
            struck.set()
            return False

        self.office.telegram.watch = watch
        return struck

    async def _restart(self, moment: Moment, walks: Collection[Walk]) -> None:
        self.confer.kill()
        self.kills[moment] += 1
        self.interrupted.update(walk.step.name for walk in walks)
        self.struck_while_typing.update(walk.topic for walk in walks if walk.step.types)
        self.office.telegram.watch = lambda _: True
        await self._foresee()
        await self.confer.start()

    async def _foresee(self) -> None:
        """Look at the messages that were on their way; then nobody waits for the dead one's leases."""
        await asyncio.sleep(0.02)
        await until(lambda: not self.office.telegram.calls)
        async with self.office.database.write() as conn:
            topics = {row.id: row.topic for row in await conn.execute(TOPICS)}
            for payload in await conn.scalars(UNDER_WAY):
                booking_id, kind = payload["booking"], payload["kind"]
                (walk,) = [each for each in self.walks if each.topic == topics[booking_id]]
                self.foreseen[booking_id, kind] += self.told(walk, kind) > self.foreseen[booking_id, kind]
            await conn.execute(END_LEASES)

    def told(self, walk: Walk, kind: str) -> int:
        """How often the walk's notification of this kind has come."""
        if kind == Kind.CONFIRMED:
            return sum(CONFIRMED in text_of(each) for each in walk.client.answers)
        return sum(walk.topic in text_of(each) for each in walk.counselor.answers)

    def repeated_replies(self, walk: Walk) -> int:
        """How many messages the client has beside the one of the walk and the confirmations."""
        return len(walk.client.answers) - 1 - self.told(walk, Kind.CONFIRMED)


async def _first(seen: asyncio.Future[list[None]], struck: asyncio.Event) -> None:
    """Wait for whichever comes first."""
    waiting = asyncio.create_task(struck.wait())
    either: set[asyncio.Future[Any]] = {seen, waiting}
    await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
