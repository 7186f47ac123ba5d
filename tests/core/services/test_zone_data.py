"""Zone data that changed under a booking are noticed, on real databases of both kinds."""

from datetime import datetime, timedelta

import pytest

from bot.demo.load import demo_practice
from core.db.agreed_times import AgreedTime
from core.db.engine import Database
from core.db.uow import Store
from core.domain.access import Actor
from core.domain.booking import Booking
from core.domain.zones import tzdata_version, wall_time
from core.ports.clock import OffsetClock
from core.services.hold import Holds
from core.services.offers import Offers, Wanted
from core.services.people import Contact, People
from core.services.practice import load
from core.services.subscribers import publish
from core.services.zone_data import KEPT, ZoneData

ZONE = "Asia/Tokyo"


@pytest.fixture
def store(database: Database) -> Store:
    return Store(database, publish)


@pytest.fixture
async def booking(store: Store, clock: OffsetClock) -> Booking:
    """A slot that a client of the demo practice holds in Tokyo."""
    await load(store, clock, demo_practice())
    client, practice = await People(store, clock).meet(Contact(telegram_id=5, name="Maya"))
    counselor = next(each for each in practice.counselors.values() if each.slug == "yuki")
    kind = next(each for each in practice.session_types.values() if each.slug == "intro")
    wanted = Wanted(counselor_id=counselor.id, session_type_id=kind.id, minutes=45)
    actor = Actor(person=client)
    first = await Offers(store, clock).earliest(actor, wanted)
    assert first is not None
    return await Holds(store, clock).take(actor, wanted, first, draft_id=1)


async def agree(database: Database, wall: datetime, zone: str = ZONE) -> None:
    """Make the booking one that was agreed under other zone data."""
    written = wall.isoformat(timespec="minutes")
    async with database.write() as conn:
        await conn.exec_driver_sql(f"UPDATE bookings SET wall_start = '{written}', zone = '{zone}'")  # noqa: S608


async def test_bookings_made_under_the_same_rules_agree(
    store: Store, clock: OffsetClock, booking: Booking
) -> None:
    report = await ZoneData(store, clock).examine()
    assert (report.version, report.kept, report.moved) == (tzdata_version(), None, ())
    assert booking.zone == ZONE


async def test_a_booking_whose_clock_would_show_another_time_is_listed(
    store: Store, clock: OffsetClock, database: Database, booking: Booking
) -> None:
    agreed = wall_time(booking.starts_at, ZONE) + timedelta(hours=1)
    await agree(database, agreed)
    report = await ZoneData(store, clock).examine()
    moved = AgreedTime(reference=booking.reference, starts_at=booking.starts_at, zone=ZONE, wall_start=agreed)
    assert report.moved == (moved,)


async def test_a_zone_that_is_gone_is_listed(
    store: Store, clock: OffsetClock, database: Database, booking: Booking
) -> None:
    await agree(database, wall_time(booking.starts_at, ZONE), "Asia/Edo")
    report = await ZoneData(store, clock).examine()
    assert [each.zone for each in report.moved] == ["Asia/Edo"]


async def test_what_is_past_does_not_matter(
    store: Store, clock: OffsetClock, database: Database, booking: Booking
) -> None:
    await agree(database, wall_time(booking.starts_at, ZONE) + timedelta(hours=1))
    await clock.advance(booking.starts_at - clock.now())
    assert (await ZoneData(store, clock).examine()).moved == ()


async def test_the_version_is_kept_only_once_all_bookings_agree(
    store: Store, clock: OffsetClock, database: Database, booking: Booking
) -> None:
    async with store.write() as uow:
        await uow.settings.put(KEPT, "2020.1")
    await agree(database, wall_time(booking.starts_at, ZONE) + timedelta(hours=1))
    assert (await ZoneData(store, clock).keep()).kept == "2020.1"
    assert (await ZoneData(store, clock).examine()).kept == "2020.1"
    await agree(database, wall_time(booking.starts_at, ZONE))
    await ZoneData(store, clock).keep()
    assert (await ZoneData(store, clock).examine()).kept == tzdata_version()
