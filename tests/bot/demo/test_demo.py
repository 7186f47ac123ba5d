"""The demo practice: played by the sandbox's cast, and free tomorrow wherever one is."""

from datetime import UTC, datetime, time, timedelta

import pytest

from bot.demo.cast import ADMINS, CAST
from bot.demo.load import demo_practice, load_demo
from core.db.engine import Database
from core.db.uow import Store
from core.domain.access import SYSTEM
from core.domain.zones import wall_time
from core.ports.clock import FixedClock, OffsetClock
from core.services.offers import Offers, Wanted
from core.services.practice import Change, load
from core.services.practice_file import parse_practice_file
from core.services.subscribers import publish

WEEK = datetime(2026, 11, 2, 9, tzinfo=UTC)  # a Monday
ZONES = ("Pacific/Pago_Pago", "America/Los_Angeles", "America/New_York", "UTC", "Europe/Berlin",
         "Asia/Kolkata", "Asia/Tokyo", "Pacific/Auckland", "Pacific/Kiritimati")  # fmt: skip
HOURS = (0, 7, 12, 18, 23)
OWN = '[practice]\nname = "Own"\ntimezone = "UTC"\n[[counselor]]\nslug = "eve"\nname = "Eve"\ntelegram_id = 7'


def test_the_counselors_are_played_by_the_cast() -> None:
    playing = {person.id: person.full_name for person in CAST if person.label == "Counselor"}
    assert {each.telegram_id: each.name for each in demo_practice().counselors} == playing
    assert len(ADMINS) == 1


def test_the_cast_has_clients_in_both_languages() -> None:
    assert {person.language_code for person in CAST if person.label == "Client"} == {"en", "de"}
    assert len({person.id for person in CAST}) == len(CAST)


def test_there_are_three_zones_both_modes_and_a_program() -> None:
    file = demo_practice()
    modes = {each.confirmation for each in file.counselors} | {
        each.confirmation for each in file.session_types
    }
    assert len({each.schedule.zone for each in file.counselors}) == 3
    assert modes >= {"instant", "request"}
    assert [each.enrollment_code for each in file.programs] == ["CAREER5"]


@pytest.fixture
async def store(sqlite_database: Database) -> Store:
    return Store(sqlite_database, publish)


async def test_from_every_zone_something_is_free_tomorrow(store: Store) -> None:
    await load_demo(store, FixedClock(WEEK))
    async with store.read() as uow:
        practice = await uow.practice()
    kind = next(each for each in practice.session_types.values() if each.slug == "intro")
    empty = []
    for day in range(7):
        for hour in HOURS:
            now = WEEK.replace(hour=hour) + timedelta(days=day)
            offers = Offers(store, FixedClock(now))
            slots = [
                slot
                for counselor in practice.bookable_counselors()
                for slot in await offers.between(
                    SYSTEM,
                    Wanted(counselor_id=counselor.id, session_type_id=kind.id, minutes=45),
                    now,
                    now + timedelta(days=3),
                )
            ]
            for zone in ZONES:
                tomorrow = wall_time(now, zone).date() + timedelta(days=1)
                awake = [wall_time(slot, zone) for slot in slots]
                if not any(each.date() == tomorrow and time(7) <= each.time() <= time(22) for each in awake):
                    empty.append((zone, now))
    assert empty == []


async def test_the_demo_is_for_an_empty_practice_only(store: Store, clock: OffsetClock) -> None:
    await load(store, clock, parse_practice_file(OWN))
    assert await load_demo(store, clock) is None
    async with store.read() as uow:
        assert (await uow.practice()).name == "Own"


async def test_the_demo_is_loaded_at_the_first_start_only(store: Store, clock: OffsetClock) -> None:
    first = await load_demo(store, clock)
    assert first is not None
    assert {row.change for row in first.rows} == {Change.CREATED}
    assert first.invites == {}
    assert await load_demo(store, clock) is None
