"""A small practice in a real database, and bookings to put into it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count

from core.db.engine import Connection, Database
from core.db.uow import Store
from core.domain.availability import AvailabilityRule, DateOverride, OutOfOffice, Schedule, Window
from core.domain.booking import Booking, Status
from core.domain.counselor import Confirmation, Counselor
from core.domain.events import Event
from core.domain.money import Money
from core.domain.program import Program
from core.domain.session_type import Location, SessionType

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
MADE = datetime(2027, 2, 1, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
BUFFER = timedelta(minutes=15)
_numbers = count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Ids of what `fill` made: two counselors, four clients, a session type with both counselors."""

    counselors: tuple[int, ...]
    clients: tuple[int, ...]
    session_type: int


def store_on(database: Database) -> Store:
    """A Store whose events nobody follows."""
    return Store(database, ignore)


async def ignore(_conn: Connection, _events: Sequence[Event]) -> None:
    """Enqueue nothing."""


async def fill(store: Store, clients: int = 4) -> Sample:
    """Make the small practice, and commit it."""
    async with store.write() as uow:
        hosts = [await uow.people.add(name=name) for name in ("Ann Example", "Bob Sample")]
        counselors = [
            await uow.counselors.save(a_counselor(slug, person_id=host.id))
            for slug, host in zip(("ann", "bob"), hosts, strict=True)
        ]
        people = [await uow.people.add(name=f"Client {n}", telegram_id=1000 + n) for n in range(clients)]
        ids = tuple(each.id for each in counselors)
        kind = await uow.session_types.save(a_session_type("intro", ids))
    return Sample(counselors=ids, clients=tuple(each.id for each in people), session_type=kind.id)


def a_counselor(slug: str, *, person_id: int) -> Counselor:
    """A counselor who uses every part of a schedule."""
    morning, night = Window(start_minute=540, end_minute=720), Window(start_minute=1320, end_minute=1560)
    return Counselor(
        id=0,
        person_id=person_id,
        slug=slug,
        name=slug.title(),
        bio="Listens.",
        schedule=Schedule(
            zone="Europe/Berlin",
            weekly=(
                AvailabilityRule(weekday=4, window=night),
                AvailabilityRule(weekday=0, window=morning),
            ),
            overrides=(
                DateOverride(date=date(2026, 12, 24), windows=()),
                DateOverride(date=date(2026, 12, 23), windows=(morning, night)),
            ),
            out_of_office=(OutOfOffice(first=date(2027, 1, 2), last=date(2027, 1, 10)),),
        ),
        daily_limit=8,
    )


def a_session_type(slug: str, counselor_ids: tuple[int, ...], program_id: int | None = None) -> SessionType:
    """A session type that sets every field of its own."""
    return SessionType(
        id=0,
        slug=slug,
        title="Introductory session",
        durations=(45, 60),
        locations=(Location.IN_PERSON, Location.VIDEO),
        counselor_ids=counselor_ids,
        price=Money(minor=6000, currency="USD"),
        address="12 Example Street",
        program_id=program_id,
        confirmation=Confirmation.INSTANT,
        buffer_minutes=10,
        notice_hours=4,
        slot_interval_minutes=60,
    )


def a_program(slug: str, counselor_ids: tuple[int, ...]) -> Program:
    """A program of eight sessions."""
    return Program(
        id=0, slug=slug, title="Python 101", sessions=8, counselor_ids=counselor_ids, enrollment_code="PY101"
    )


def a_booking(
    sample: Sample,
    start: datetime = NOON,
    *,
    counselor: int = 0,
    client: int = 0,
    status: Status = Status.CONFIRMED,
    length: timedelta = HOUR,
    buffer: timedelta = BUFFER,
    made: datetime = MADE,
    expires: datetime | None = None,
) -> Booking:
    """A booking by positions in the sample; a hold runs out ten minutes after it was made."""
    number = next(_numbers)
    if status is Status.HELD and expires is None:
        expires = made + timedelta(minutes=10)
    return Booking(
        id=0,
        reference=f"R{number:06}",
        uid=f"{number}@confer.example",
        status=status,
        counselor_id=sample.counselors[counselor],
        client_id=sample.clients[client],
        session_type_id=sample.session_type,
        starts_at=start,
        ends_at=start + length,
        busy_until=start + length + buffer,
        zone="Europe/Berlin",
        wall_start="2027-03-01T13:00",
        location=Location.VIDEO,
        price=Money(minor=6000, currency="USD"),
        created_at=made,
        expires_at=expires,
        topic="Sleep",
    )
