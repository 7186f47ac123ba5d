"""Fifty clients and one time, two taps and one booking: on SQLite in one process, on PostgreSQL in five."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from shutil import copyfile

import pytest
import pytest_asyncio
import sqlalchemy as sa

from bot.callbacks import PickTime, unpack
from bot.sandbox.people import Person
from bot.sandbox.phone import Phone, buttons_of, text_of
from core.db.tables.bookings import bookings
from core.db.tables.trail import audit_entries
from core.domain.booking import Status
from core.domain.events import EventName
from tests.campaign import report, times
from tests.journeys.office import ALWAYS, Office, alone, beside_each_other
from tests.journeys.walk import FIRST_CONTACT, THE_TIME, TO_THE_TIMES, Walk, labelled, offers, tapping
from tests.servers.patience import until
from tests.servers.postgres import PostgresServer

PRACTICE = f"""
[practice]
name = "Riverside Counseling"
timezone = "UTC"

[[counselor]]
slug = "ann"
name = "Ann Rivera"
telegram_id = 1001
confirmation = "instant"
buffer_minutes = 15
slot_interval_minutes = 60
weekly = {{ {ALWAYS} }}

[[session_type]]
slug = "counseling"
title = "Counseling session"
counselors = ["ann"]
durations = [45]
locations = ["video"]
"""
ANN = Person(id=1001, first_name="Ann")
CLIENTS = 50
SERVERS = 4
LONGEST = 2.0
"""Seconds that anybody may wait for an answer; on a slow machine twice as long as where nobody competes."""
TO_THE_SUMMARY = (
    *FIRST_CONTACT,
    tapping("the beginning", labelled("Book a session"), offers(labelled("Next week"))),
    *TO_THE_TIMES,
    THE_TIME,
    tapping("the summary", labelled("Continue"), offers(labelled("Book session"))),
)
THE_DAY = TO_THE_SUMMARY.index(TO_THE_TIMES[-1])
THE_CHOICE = TO_THE_SUMMARY.index(THE_TIME)
DEADLOCKS = sa.text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
TAKEN = "This time is no longer available. Select another."
KEPT = "Kept for you"
BOOKED = "Session booked!"

pytestmark = [pytest.mark.campaign, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=["sqlite", "postgresql"])
async def office(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Office]:
    """The practice at work on each kind of database."""
    folder = tmp_path_factory.mktemp("office")
    with ExitStack() as stack:
        if request.param == "sqlite":
            template: Path = request.getfixturevalue("sqlite_template")
            url = f"sqlite+aiosqlite:///{copyfile(template, folder / 'confer.db')}"
            running = alone(url, folder, PRACTICE, [ANN], "polling")
        else:
            server: PostgresServer = request.getfixturevalue("postgres")
            name = stack.enter_context(server.database(request.getfixturevalue("postgresql_template")))
            running = beside_each_other(server.url(name), folder, PRACTICE, [ANN], SERVERS)
        async with running as office:
            await office.telegram.phone(ANN.id).start()
            yield office


async def test_of_fifty_clients_one_gets_the_time_and_49_are_offered_others(office: Office) -> None:
    for number in range(times(1, soak=4)):
        start = _midnight(days=7) + timedelta(hours=2 + 4 * number)
        crowd = _clients(office, [start] * CLIENTS)
        await asyncio.gather(*(walk.go(THE_DAY) for walk in crowd))
        unhindered = await asyncio.gather(*(_seconds(walk.go(1)) for walk in crowd))
        seconds = await asyncio.gather(*(_seconds(_pick(walk.client, walk.start)) for walk in crowd))
        report(f"{CLIENTS} clients, one time, {_name(office)}: {_figures(unhindered, seconds)}")
        lost = [walk.client for walk in crowd if TAKEN in text_of(walk.client.last)]
        (won,) = [walk.client for walk in crowd if KEPT in text_of(walk.client.last)]
        assert len(lost) == CLIENTS - 1
        assert max(seconds) < max(LONGEST, 2 * max(unhindered))
        others = {each for phone in lost for each in _times(phone)}
        assert all(_times(phone) for phone in lost)
        assert start not in others
        await _go_on_with_others(lost, len(others))
        for label, words in (("Continue", "Please check and confirm"), ("Book session", BOOKED)):
            await won.tap(label)
            await won.wait_for(words)
        assert await _statuses(office, start) == [Status.CONFIRMED]
    await _nothing_broke(office)


async def _go_on_with_others(lost: Sequence[Phone], count: int) -> None:
    """Each takes one of the times offered instead: again one client gets each, and the rest others."""
    wanted = [_times(phone)[number % count] for number, phone in enumerate(lost)]
    await asyncio.gather(*map(_pick, lost, wanted))
    kept = [start for start, phone in zip(wanted, lost, strict=True) if KEPT in text_of(phone.last)]
    refused = [phone for phone in lost if TAKEN in text_of(phone.last)]
    assert sorted(kept) == sorted(set(wanted))
    assert len(refused) == len(lost) - len(kept)


async def test_two_taps_on_book_session_at_once_make_one_booking(office: Office) -> None:
    crowd = _clients(office, [_midnight(days=7) + timedelta(hours=hour) for hour in range(16, 24)])
    await asyncio.gather(*(walk.go(THE_CHOICE) for walk in crowd))
    if office.balancer is not None:
        office.balancer.to_all = True  # every tap is with all processes at the same moment
    await asyncio.gather(*(walk.go(len(TO_THE_SUMMARY) - THE_CHOICE) for walk in crowd))
    await asyncio.gather(*(_taps_twice(walk.client, "Book session") for walk in crowd))
    kept = await office.rows(bookings, audit_entries)
    for walk in crowd:
        (booking,) = [each for each in kept["bookings"] if each["starts_at"] == walk.start]
        entries = [each["action"] for each in kept["audit_entries"] if each["booking_id"] == booking["id"]]
        assert (booking["status"], entries) == (Status.CONFIRMED, [EventName.CONFIRMED])
        assert booking["reference"] in text_of(walk.client.last)
    await until(office.nothing_is_due)
    for walk in crowd:
        (booking,) = [each for each in kept["bookings"] if each["starts_at"] == walk.start]
        assert sum(booking["reference"] in text_of(each) for each in walk.counselor.answers) == 1
    await _nothing_broke(office)


def _clients(office: Office, starts: Sequence[datetime]) -> list[Walk]:
    """A new client for each of these times."""
    world = office.telegram.world
    known = len(world.chats)
    return [
        Walk(
            world=world,
            client=office.telegram.let_in(f"Client{number}"),
            counselor=office.telegram.phone(ANN.id),
            counselor_name="Ann Rivera",
            start=start,
            steps=TO_THE_SUMMARY,
        )
        for number, start in enumerate(starts, start=known)
    ]


async def _pick(phone: Phone, start: datetime) -> None:
    """Tap this time, and wait until the tap is answered and the message shows what became of it."""
    seen = dict(phone.last)
    (data,) = [each["callback_data"] for each in buttons_of(seen) if _time_of(each) == start]
    tap = await phone.tap_data(data, seen["message_id"])
    await phone.wait_until(lambda: tap.answered and phone.last != seen, what="an answer", seconds=60)


async def _seconds(work: Awaitable[None]) -> float:
    """How long this takes."""
    clock = asyncio.get_running_loop().time
    begun = clock()
    await work
    return clock() - begun


def _figures(unhindered: Sequence[float], seconds: Sequence[float]) -> str:
    return f"slowest answer {max(seconds):.2f} s (to {CLIENTS} other taps at once: {max(unhindered):.2f} s)"


async def _taps_twice(phone: Phone, label: str) -> None:
    """Tap the same button two times at once, and wait until the chat shows a booking."""
    message = phone.last["message_id"]
    taps = [await phone.tap(label, message_id=message) for _ in range(2)]
    await phone.wait_until(lambda: all(tap.answered for tap in taps), what="both answers")
    await phone.wait_for("Reference:")


def _times(phone: Phone) -> list[datetime]:
    """The times that the newest message offers."""
    return [start for each in buttons_of(phone.last) if (start := _time_of(each))]


def _time_of(button: dict[str, str]) -> datetime | None:
    meant = unpack(button["callback_data"]) if "callback_data" in button else None
    return meant.start if isinstance(meant, PickTime) else None


async def _statuses(office: Office, start: datetime) -> list[str]:
    """Those of all bookings at this time."""
    kept = await office.rows(bookings)
    return [each["status"] for each in kept["bookings"] if each["starts_at"] == start]


async def _nothing_broke(office: Office) -> None:
    """No process has told of a failure, and PostgreSQL of none that waited for each other in a circle."""
    assert "Traceback" not in office.output
    if office.database.dialect == "postgresql":
        async with office.database.read() as conn:
            assert await conn.scalar(DEADLOCKS) == 0


def _name(office: Office) -> str:
    return f"{office.database.dialect} in {len(office.processes)} process(es)"


def _midnight(*, days: int) -> datetime:
    return datetime.combine(datetime.now(UTC).date() + timedelta(days=days), time(), UTC)
