"""A small practice in a real database, with the people in it and all its use cases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from core.db.engine import Database
from core.db.tables.trail import audit_entries, funnel_events
from core.db.uow import Store, UnitOfWork
from core.domain.access import Actor
from core.domain.availability import AvailabilityRule, Schedule, Window
from core.domain.booking import Booking
from core.domain.counselor import Confirmation, Counselor
from core.domain.money import Money
from core.domain.person import Person, Role
from core.domain.practice import Practice
from core.domain.program import Program
from core.domain.session_type import Location, SessionType
from core.jobs.job import Handler, Job
from core.jobs.runner import Runner
from core.jobs.table import jobs
from core.kit.links import Links
from core.ports.clock import OffsetClock
from core.services.booking import Details
from core.services.effects import handlers
from core.services.mails import Mails
from core.services.meeting_place import MeetingPlace, meeting_place
from core.services.notifications import Notifications
from core.services.offers import Wanted
from core.services.subscribers import publish
from core.services.unsubscribe_links import UnsubscribeLinks
from core.services.use_cases import UseCases, use_cases
from tests.conftest import START
from tests.core.services.recording_mailer import RecordingMailer
from tests.core.services.recording_messenger import RecordingMessenger
from tests.core.services.recording_provider import RecordingProvider

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
TOMORROW = START + DAY
NOON = TOMORROW + 3 * HOUR
"""Tomorrow at noon in UTC: both counselors are at work."""
DRAFT = 77
"""The draft that a hold belongs to; the core only hands its number on."""
on_sqlite = pytest.mark.parametrize("place", ["sqlite"], indirect=True)
"""For rules that the kind of database has no part in, of which others are tested on both."""

ZONES = {"ann": "Europe/Berlin", "ben": "UTC"}
ROLES = {
    "ann": {Role.CLIENT, Role.COUNSELOR},
    "ben": {Role.CLIENT, Role.COUNSELOR},
    "dora": {Role.CLIENT},
    "emil": {Role.CLIENT},
    "ada": {Role.CLIENT, Role.ADMIN},
}
TELEGRAM_IDS = {name: number for number, name in enumerate(ROLES, start=1001)}


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallPractice:
    """What a test works with; names of people, slugs of everything else.

    ann answers requests (9 to 17 in Berlin, buffer 15 minutes, notice 2 hours), ben's bookings stand at
    once (9 to 17 in UTC, no buffer, no notice). `intro` is with both, `lesson` is with both for those
    enrolled in `python`, `quick` with ann stands at once, `asked` with ben waits for his answer.
    """

    database: Database
    store: Store
    clock: OffsetClock
    core: UseCases
    messenger: RecordingMessenger
    mailer: RecordingMailer
    provider: RecordingProvider
    place: MeetingPlace
    unsubscribe: UnsubscribeLinks
    people: dict[str, Person]
    ids: dict[str, int]

    def actor(self, name: str) -> Actor:
        """Somebody who acts, by first name."""
        return Actor(person=self.people[name])

    def wanted(self, kind: str, minutes: int = 60, counselor: str = "ann") -> Wanted:
        """What a client looks for, by slugs."""
        return Wanted(counselor_id=self.ids[counselor], session_type_id=self.ids[kind], minutes=minutes)

    async def hold(
        self,
        who: str = "dora",
        start: datetime = NOON,
        kind: str = "intro",
        *,
        minutes: int = 60,
        counselor: str = "ann",
        draft: int = DRAFT,
    ) -> Booking:
        """Take a hold."""
        wanted = self.wanted(kind, minutes, counselor)
        return await self.core.holds.take(self.actor(who), wanted, start, draft)

    async def book(
        self, who: str = "dora", start: datetime = NOON, kind: str = "intro", **hold: Any
    ) -> Booking:
        """Take a hold and turn it into a booking; `reminders` goes with the booking."""
        details = Details(reminders=hold.pop("reminders", True))
        held = await self.hold(who, start, kind, **hold)
        return await self.core.bookings.request(self.actor(who), held.id, details)

    async def booking(self, booking_id: int) -> Booking:
        """A booking as it is now."""
        async with self.store.read() as uow:
            return await uow.bookings.get(booking_id)

    async def person(self, name: str) -> Person:
        """Somebody as they are now."""
        return await self.core.people.get(self.people[name].id)

    async def practice(self) -> Practice:
        """The practice as it is now."""
        async with self.store.read() as uow:
            return await uow.practice()

    async def set_counselor(self, slug: str, **changes: Any) -> None:
        """Change a counselor, as the admin would."""
        async with self.store.write() as uow:
            counselor = (await uow.practice()).counselor(self.ids[slug])
            await uow.counselors.save(replace(counselor, **changes))

    async def set_policy(self, **policies: Any) -> None:
        """Choose policies."""
        async with self.store.write() as uow:
            await uow.settings.put("policy", policies)

    async def enroll(self, who: str = "dora") -> Program:
        """Admit somebody to the program."""
        return await self.core.programs.enroll(self.actor(who), "PY101")

    def handlers(self) -> Mapping[str, Handler]:
        """What the runner would carry jobs out with."""
        notifications = Notifications(
            self.store,
            self.clock,
            self.core.people,
            self.core.holds,
            self.messenger,
            self.core.deliveries,
            self.place.links,
        )
        mails = Mails(
            self.store,
            self.clock,
            self.core.people,
            self.core.addresses,
            self.mailer,
            self.core.deliveries,
            self.place.links,
        )
        return handlers(self.core, notifications, mails, self.store, self.clock)

    async def run_due(self) -> int:
        """Carry out every job that is due, and what follows; how many."""
        return await Runner(self.database, self.handlers(), self.clock).drain()

    async def rows(self, table: sa.Table) -> list[dict[str, Any]]:
        """Every row of a table, in the order of their making."""
        return sorted(await self.rows_of(table), key=lambda row: int(row["id"]))

    async def rows_of(self, table: sa.Table) -> list[dict[str, Any]]:
        """Every row of a table, in any order."""
        async with self.database.read() as conn:
            return [dict(row) for row in (await conn.execute(sa.select(table))).mappings()]

    async def jobs(self, kind: str | None = None) -> list[dict[str, Any]]:
        """The jobs that wait, of one kind or of all."""
        return [row for row in await self.rows(jobs) if kind in (None, row["kind"])]

    async def claimed(self, kind: str) -> Job:
        """The only job of this kind, as the runner would hand it over."""
        (row,) = await self.jobs(kind)
        return as_job(row)

    async def audit(self) -> list[dict[str, Any]]:
        """Who did what."""
        return await self.rows(audit_entries)

    async def funnel(self) -> list[tuple[str, int | None, dict[str, Any]]]:
        """The steps of the funnel: name, person and data."""
        return [(row["name"], row["person_id"], row["data"]) for row in await self.rows(funnel_events)]


def as_job(row: Mapping[str, Any]) -> Job:
    """A row of the queue as its handler sees it at the first attempt."""
    return Job(
        id=row["id"],
        kind=row["kind"],
        key=row["key"],
        payload=row["payload"],
        due=row["due"],
        attempt=1,
        max_attempts=row["max_attempts"],
        keep=timedelta(),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What stands in a database that was filled: people by name, ids by slug."""

    people: dict[str, Person] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)


async def small_practice(database: Database, clock: OffsetClock) -> SmallPractice:
    """Fill an empty database."""
    return opened(database, clock, await fill(database))


def opened(database: Database, clock: OffsetClock, filled: Filled) -> SmallPractice:
    """The small practice in a database that has been filled, or in a copy of it."""
    store, provider = Store(database, publish), RecordingProvider()
    unsubscribe = UnsubscribeLinks(links=Links("a-key-of-the-small-practice"), base="https://confer.test")
    place = meeting_place("a-key-of-the-small-practice", provider, "https://confer.test")
    return SmallPractice(
        database=database,
        store=store,
        clock=clock,
        core=use_cases(store, clock, place=place, unsubscribe=unsubscribe, mail_ready=True),
        messenger=RecordingMessenger(),
        mailer=RecordingMailer(),
        provider=provider,
        place=place,
        unsubscribe=unsubscribe,
        people=dict(filled.people),
        ids=dict(filled.ids),
    )


async def fill(database: Database) -> Filled:
    """Put the people and the practice into an empty database."""
    made = Filled()
    async with Store(database, publish).write() as uow:
        for name, roles in ROLES.items():
            made.people[name] = await uow.people.add(
                name=name.title(), telegram_id=TELEGRAM_IDS[name], zone=ZONES.get(name), roles=roles
            )
        await _fill(uow, made)
    return made


async def _fill(uow: UnitOfWork, made: Filled) -> None:
    for counselor in _counselors(made.people):
        made.ids[counselor.slug] = (await uow.counselors.save(counselor)).id
    both = (made.ids["ann"], made.ids["ben"])
    program = Program(
        id=0, slug="python", title="Python 101", sessions=2, counselor_ids=both, enrollment_code="PY101"
    )
    made.ids["python"] = (await uow.programs.save(program)).id
    for kind in _session_types(made.ids, both):
        made.ids[kind.slug] = (await uow.session_types.save(kind)).id


def _counselors(people: Mapping[str, Person]) -> Sequence[Counselor]:
    working_hours = Window(start_minute=9 * 60, end_minute=17 * 60)
    every_day = tuple(AvailabilityRule(weekday=day, window=working_hours) for day in range(7))
    ann = Counselor(
        id=0,
        person_id=people["ann"].id,
        slug="ann",
        name="Ann",
        schedule=Schedule(zone=ZONES["ann"], weekly=every_day),
        window_days=30,
    )
    ben = replace(
        ann,
        person_id=people["ben"].id,
        slug="ben",
        name="Ben",
        schedule=Schedule(zone=ZONES["ben"], weekly=every_day),
        confirmation=Confirmation.INSTANT,
        buffer_minutes=0,
        notice_hours=0,
    )
    return [ann, ben]


def _session_types(ids: Mapping[str, int], both: tuple[int, ...]) -> Sequence[SessionType]:
    intro = SessionType(
        id=0,
        slug="intro",
        title="Introductory session",
        durations=(30, 60),
        locations=(Location.VIDEO, Location.IN_PERSON),
        counselor_ids=both,
        price=Money(minor=6000, currency="EUR"),
        address="12 Example Street",
    )
    return [
        intro,
        replace(intro, slug="lesson", title="Lesson", program_id=ids["python"]),
        replace(
            intro,
            slug="quick",
            title="Quick question",
            counselor_ids=(ids["ann"],),
            locations=(Location.AUDIO,),
            confirmation=Confirmation.INSTANT,
            buffer_minutes=0,
            notice_hours=0,
            slot_interval_minutes=15,
        ),
        replace(
            intro,
            slug="asked",
            title="By request",
            counselor_ids=(ids["ben"],),
            confirmation=Confirmation.REQUEST,
        ),
    ]
