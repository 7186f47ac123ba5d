"""Loading a practice file into a real database of each kind."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

import pytest

from core.db.engine import Database
from core.db.uow import Store
from core.domain.access import Actor
from core.domain.availability import AvailabilityRule, DateOverride, OutOfOffice, Schedule, parse_window
from core.domain.counselor import Confirmation, Counselor
from core.domain.money import Money
from core.domain.person import Person, Role
from core.domain.practice import Practice
from core.domain.program import Program
from core.domain.session_type import Location, SessionType
from core.ports.clock import OffsetClock
from core.services.people import Contact, People
from core.services.practice import Change, LoadReport, load
from core.services.practice_file import BadPracticeFile, parse_practice_file
from core.services.subscribers import publish

Slugged = TypeVar("Slugged", Counselor, SessionType, Program)

FILE = """
[practice]
name = "Riverside Counseling"
timezone = "America/New_York"
locale = "de"

[policy]
free_cancellation_hours = 48
reminder_offsets = [24, 2]

[[counselor]]
slug = "ann"
name = "Ann Example"
telegram_id = 1001
email = "ann@example.org"
bio = "Listens."
confirmation = "instant"
buffer_minutes = 10
notice_hours = 3
window_days = 30
slot_interval_minutes = 45
daily_limit = 5
weekly = { mon = ["09:00-12:00", "13:00-17:00"], fri = ["22:00-02:00"] }
override = [{ date = 2026-12-24, windows = [] }, { date = 2026-12-27, windows = ["10:00-11:00"] }]
out_of_office = [{ from = 2027-01-02, to = 2027-01-10 }]

[[counselor]]
slug = "ben"
name = "Ben Example"
timezone = "Europe/Berlin"
weekly = { tue = ["09:00-17:00"] }

[[session_type]]
slug = "intro"
title = "Introductory session"
counselors = ["ben", "ann"]
durations = [90, 45]
locations = ["in_person", "video"]
address = "12 Example Street"
confirmation = "request"
buffer_minutes = 5
notice_hours = 4
slot_interval_minutes = 60
price = "60.50"
currency = "USD"

[[session_type]]
slug = "lesson"
title = "Lesson"
counselors = ["ann"]
durations = [60]

[[program]]
slug = "python-101"
title = "Python 101"
sessions = 8
counselors = ["ann"]
session_types = ["lesson"]
enrollment_code = "PY101"
"""


class Loads:
    """Loads texts into one database."""

    def __init__(self, database: Database, clock: OffsetClock) -> None:
        self.database, self.clock = database, clock
        self.store = Store(database, publish)

    async def __call__(self, text: str = FILE, *, force: bool = False) -> LoadReport:
        return await load(self.store, self.clock, parse_practice_file(text), force=force)

    async def practice(self) -> Practice:
        async with Store(self.database, publish).read() as uow:
            return await uow.practice()

    async def people(self) -> list[Person]:
        async with self.store.read() as uow:
            return await uow.people.with_role(Role.COUNSELOR)


@pytest.fixture
def loads(database: Database, clock: OffsetClock) -> Loads:
    return Loads(database, clock)


def named(rows: Mapping[int, Slugged], slug: str) -> Slugged:
    return next(each for each in rows.values() if each.slug == slug)


def changes(report: LoadReport) -> dict[str, Change]:
    return {str(row): row.change for row in report.rows if row.change is not Change.UNCHANGED}


async def test_everything_in_the_file_becomes_the_practice(loads: Loads) -> None:
    await loads()
    practice = await loads.practice()
    people = {person.telegram_id: person for person in await loads.people()}
    ann, ben = named(practice.counselors, "ann"), named(practice.counselors, "ben")
    intro = named(practice.session_types, "intro")
    (program,) = practice.programs.values()
    assert (practice.name, practice.zone) == ("Riverside Counseling", "America/New_York")
    assert practice.locale == "de"
    assert practice.policy.chosen == {"free_cancellation_hours": 48, "reminder_offsets": (24, 2)}
    assert ann == Counselor(
        id=ann.id,
        person_id=people[1001].id,
        slug="ann",
        name="Ann Example",
        bio="Listens.",
        schedule=Schedule(
            zone="America/New_York",
            weekly=(
                AvailabilityRule(weekday=0, window=parse_window("09:00-12:00")),
                AvailabilityRule(weekday=0, window=parse_window("13:00-17:00")),
                AvailabilityRule(weekday=4, window=parse_window("22:00-02:00")),
            ),
            overrides=(
                DateOverride(date=date(2026, 12, 24), windows=()),
                DateOverride(date=date(2026, 12, 27), windows=(parse_window("10:00-11:00"),)),
            ),
            out_of_office=(OutOfOffice(first=date(2027, 1, 2), last=date(2027, 1, 10)),),
        ),
        confirmation=Confirmation.INSTANT,
        buffer_minutes=10,
        notice_hours=3,
        window_days=30,
        slot_interval_minutes=45,
        daily_limit=5,
    )
    assert ben.zone == "Europe/Berlin"
    assert intro == SessionType(
        id=intro.id,
        slug="intro",
        title="Introductory session",
        durations=(45, 90),
        locations=(Location.IN_PERSON, Location.VIDEO),
        counselor_ids=(ben.id, ann.id),
        price=Money(minor=6050, currency="USD"),
        address="12 Example Street",
        confirmation=Confirmation.REQUEST,
        buffer_minutes=5,
        notice_hours=4,
        slot_interval_minutes=60,
    )
    assert named(practice.session_types, "lesson").program_id == program.id
    assert program == Program(
        id=program.id,
        slug="python-101",
        title="Python 101",
        sessions=8,
        counselor_ids=(ann.id,),
        enrollment_code="PY101",
    )


async def test_the_counselor_named_by_telegram_id_can_act_at_once(loads: Loads) -> None:
    await loads()
    people = {person.telegram_id: person for person in await loads.people()}
    ann = people[1001]
    assert (ann.name, ann.email) == ("Ann Example", "ann@example.org")
    assert (ann.locale, ann.zone) == ("de", "America/New_York")
    assert ann.roles == {Role.CLIENT, Role.COUNSELOR}


async def test_loading_twice_changes_nothing(loads: Loads) -> None:
    first = await loads()
    before = await loads.practice()
    second = await loads()
    assert {row.change for row in first.rows} == {Change.CREATED}
    assert [replace(row, change=Change.CREATED) for row in second.rows] == list(first.rows)
    assert {row.change for row in second.rows} == {Change.UNCHANGED}
    assert await loads.practice() == before


async def test_a_changed_line_changes_its_row_and_no_other(loads: Loads) -> None:
    await loads()
    text = FILE.replace('bio = "Listens."', 'bio = "Listens well."').replace("hours = 48", "hours = 12")
    report = await loads(text)
    practice = await loads.practice()
    assert changes(report) == {
        "policy 'free_cancellation_hours'": Change.CHANGED,
        "counselor 'ann'": Change.CHANGED,
    }
    assert {each.bio for each in practice.counselors.values()} == {"Listens well.", ""}
    assert practice.policy["free_cancellation_hours"] == 12


async def test_what_the_file_no_longer_names_stays(loads: Loads) -> None:
    await loads()
    before = await loads.practice()
    report = await loads(FILE.partition("[policy]")[0])
    assert changes(report) == {}
    assert await loads.practice() == before


async def test_a_row_changed_in_the_chat_is_refused_until_forced(loads: Loads) -> None:
    await loads()
    async with loads.store.write() as uow:
        practice = await uow.practice()
        await uow.counselors.save(replace(named(practice.counselors, "ann"), buffer_minutes=20))
        await uow.session_types.save(replace(named(practice.session_types, "intro"), title="First meeting"))
        await uow.programs.save(replace(named(practice.programs, "python-101"), sessions=10))
        await uow.settings.put("policy", {**practice.policy.chosen, "free_cancellation_hours": 6})
        await uow.settings.put("name", "Hillside")
    refused = {
        "practice 'name'": Change.REFUSED,
        "policy 'free_cancellation_hours'": Change.REFUSED,
        "counselor 'ann'": Change.REFUSED,
        "program 'python-101'": Change.REFUSED,
        "session_type 'intro'": Change.REFUSED,
    }
    before = await loads.practice()
    assert changes(await loads()) == refused
    assert await loads.practice() == before
    assert changes(await loads(force=True)) == dict.fromkeys(refused, Change.CHANGED)
    practice = await loads.practice()
    assert (practice.name, practice.policy["free_cancellation_hours"]) == ("Riverside Counseling", 48)
    assert {each.slug: each.buffer_minutes for each in practice.counselors.values()} == {"ann": 10, "ben": 15}
    assert changes(await loads()) == {}


async def test_the_same_change_in_chat_and_file_is_no_conflict_then_or_later(loads: Loads) -> None:
    await loads()
    async with loads.store.write() as uow:
        ann = named((await uow.practice()).counselors, "ann")
        await uow.counselors.save(replace(ann, buffer_minutes=20))
    text = FILE.replace("buffer_minutes = 10", "buffer_minutes = 20")
    assert changes(await loads(text)) == {}
    assert changes(await loads(FILE)) == {"counselor 'ann'": Change.CHANGED}


async def test_a_session_type_taken_off_offer_in_the_chat_stays_off(loads: Loads) -> None:
    await loads()
    async with loads.store.write() as uow:
        kind = named((await uow.practice()).session_types, "intro")
        await uow.session_types.save(replace(kind, active=False))
    report = await loads(FILE.replace('"60.50"', '"70.00"'))
    assert changes(report) == {"session_type 'intro'": Change.CHANGED}
    kind = named((await loads.practice()).session_types, "intro")
    assert (kind.active, kind.price.minor) == (False, 7000)


async def test_a_counselor_without_a_chat_is_invited_until_somebody_accepts(loads: Loads) -> None:
    report = await loads()
    assert list(report.invites) == ["ben"]
    people = People(loads.store, loads.clock)
    ben, _ = await people.meet(Contact(telegram_id=1002, name="Ben"))
    await people.accept_invite(Actor(person=ben), report.invites["ben"])
    again = await loads()
    assert (changes(again), again.invites) == ({}, {})
    practice = await loads.practice()
    assert {each.slug for each in practice.counselors.values() if each.person_id == ben.id} == {"ben"}


async def test_each_load_gives_a_fresh_invite_and_the_earlier_one_still_works(loads: Loads) -> None:
    first, second = await loads(), await loads()
    assert first.invites["ben"] != second.invites["ben"]
    people = People(loads.store, loads.clock)
    ben, _ = await people.meet(Contact(telegram_id=1002, name="Ben"))
    await loads.clock.advance(timedelta(days=13))
    await people.accept_invite(Actor(person=ben), first.invites["ben"])


async def test_a_client_named_by_the_file_becomes_the_counselor(loads: Loads) -> None:
    people = People(loads.store, loads.clock)
    known, _ = await people.meet(Contact(telegram_id=1001, name="Annie", language="en"))
    await loads()
    practice = await loads.practice()
    person = await people.get(known.id)
    assert {each.slug for each in practice.counselors.values() if each.person_id == known.id} == {"ann"}
    assert (person.name, person.email, person.locale) == ("Annie", "ann@example.org", "en")
    assert person.roles == {Role.CLIENT, Role.COUNSELOR}


async def test_a_telegram_id_added_later_claims_the_counselor(loads: Loads) -> None:
    await loads()
    text = FILE.replace('name = "Ben Example"', 'name = "Ben Example"\ntelegram_id = 1002')
    report = await loads(text)
    assert (changes(report), report.invites) == ({"counselor 'ben'": Change.CHANGED}, {})
    assert {person.telegram_id for person in await loads.people()} == {1001, 1002}
    assert changes(await loads(text)) == {}


async def test_another_account_in_the_file_needs_force(loads: Loads) -> None:
    await loads()
    text = FILE.replace("telegram_id = 1001", "telegram_id = 1009").replace("ann@", "anna@")
    assert changes(await loads(text)) == {"counselor 'ann'": Change.REFUSED}
    assert changes(await loads(text, force=True)) == {"counselor 'ann'": Change.CHANGED}
    playing = {person.telegram_id for person in await loads.people()}
    assert playing == {1009, None}  # None is Ben, whom nobody plays yet
    assert changes(await loads(text)) == {}


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (
            ('name = "Ben Example"', 'name = "Ben Example"\ntelegram_id = 1001'),
            "counselor 'ben': this telegram_id or email is that of another counselor",
        ),
        (
            ('name = "Ben Example"', 'name = "Ben Example"\ntelegram_id = 1002\nemail = "ann@example.org"'),
            "counselor 'ben': this telegram_id or email is somebody else's",
        ),
    ],
)
async def test_somebody_elses_account_or_address_is_refused_and_nothing_changes(
    loads: Loads, change: tuple[str, str], line: str
) -> None:
    await loads()
    before = await loads.practice()
    text = FILE.replace("telegram_id = 1001\n", "").replace('email = "ann@example.org"\n', "")
    with pytest.raises(BadPracticeFile) as caught:
        await loads(text.replace(*change).replace("Riverside", "Hillside"))
    assert list(caught.value) == [line]
    assert await loads.practice() == before


async def test_a_load_that_changes_something_leaves_an_audit_entry(loads: Loads) -> None:
    await loads()
    await loads()
    await loads(FILE.replace('bio = "Listens."', 'bio = ""'))
    async with loads.database.read() as conn:
        rows = (await conn.exec_driver_sql("SELECT action, details FROM audit_entries ORDER BY id")).all()
    assert [row.action for row in rows] == ["practice.loaded", "practice.loaded"]
    assert rows[1].details == '{"rows":["counselor \'ann\'"]}'
