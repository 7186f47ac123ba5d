"""The whole program in the sandbox, with its people at their phones and a clock that only we move."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.callbacks import Callback, Consent, SetZone, ZonePractice, unpack
from bot.main import EVERYTHING, Program, build, running
from bot.sandbox.phone import Phone, buttons_of, text_of
from core.db.engine import Database
from core.db.tables.bookings import IS_ACTIVE, bookings
from core.db.tables.people import people
from core.db.tables.trail import audit_entries, funnel_events
from core.db.types import UtcDateTime
from core.db.uow import Store
from core.jobs.table import DEAD, jobs
from core.kit.config import Settings, load_settings
from core.ports.clock import Clock, OffsetClock
from core.services.practice import load
from core.services.practice_file import parse_practice_file
from core.services.subscribers import publish

Json = dict[str, Any]
Row = sa.RowMapping

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For journeys in which the kind of database can make no difference: they are about words and screens."""


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def sandbox_settings(data_dir: Path, database_url: str) -> Settings:
    """Settings of a sandbox on a free port."""
    return load_settings(
        {
            "CONFER_DATA_DIR": str(data_dir),
            "CONFER_DATABASE_URL": database_url,
            "CONFER_SECRET_KEY": "a-key-that-is-only-for-tests-0123456789",
            "CONFER_PORT": str(free_port()),
            "CONFER_LOG_LEVEL": "warning",
        },
        dotenv=None,
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """A button that somebody has seen: by whom, on which message, and its callback data."""

    person_id: int
    message_id: int
    data: str


@dataclass(frozen=True, slots=True)
class House:
    """The running program, and what a journey does with it.

    `said` is what it told its operator, `history` every state of every message of the bot.
    """

    program: Program
    clock: OffsetClock
    said: list[str] = field(default_factory=list)
    history: list[Json] = field(default_factory=list)

    def phone(self, name: str | int) -> Phone:
        """Somebody's phone, by first name or id."""
        assert self.program.sandbox is not None
        return self.program.sandbox.person(name)

    async def pass_time(self, by: timedelta) -> None:
        """Let time pass, and whatever became due be carried out."""
        await self.clock.advance(by)
        await self.settle()

    async def settle(self) -> None:
        """Let everything that is due be carried out, also what the program itself has begun with."""
        async with asyncio.timeout(60):
            while await self.program.runner.drain() or await self._busy():  # noqa: ASYNC110 - two runners
                await asyncio.sleep(0.005)

    async def _busy(self) -> bool:
        """Whether a job is running or could run; one that waits behind another of its lane could not."""
        ahead = jobs.alias("ahead")
        held_up = sa.exists().where(
            ahead.c.lane == jobs.c.lane,
            ahead.c.state != DEAD,
            sa.tuple_(ahead.c.due, ahead.c.id) < sa.tuple_(jobs.c.due, jobs.c.id),
        )
        now = sa.literal(self.clock.now(), UtcDateTime)
        could_run = sa.and_(jobs.c.run_at <= now, sa.or_(jobs.c.lane.is_(None), ~held_up))
        return bool(await self.rows(jobs, jobs.c.state != DEAD, sa.or_(jobs.c.lease.is_not(None), could_run)))

    async def rows(self, table: sa.Table, *where: sa.ColumnExpressionArgument[bool]) -> Sequence[Row]:
        """The rows of a table, by id."""
        async with self.program.database.read() as conn:
            found = await conn.execute(sa.select(table).where(*where).order_by(table.c[0]))
            return found.mappings().all()

    async def bookings(self, *status: str) -> Sequence[Row]:
        """All bookings, or those of some statuses."""
        return await self.rows(bookings, *([bookings.c.status.in_(status)] if status else []))

    async def person_row(self, phone: Phone) -> Row:
        """What the program knows of the person with this phone."""
        (row,) = await self.rows(people, people.c.telegram_id == phone.person.id)
        return row

    async def audit(self) -> Sequence[Row]:
        """The audit trail."""
        return await self.rows(audit_entries)

    async def funnel(self) -> Sequence[Row]:
        """The steps of the funnel."""
        return await self.rows(funnel_events)

    async def overlaps(self) -> list[tuple[int, int]]:
        """Pairs of active bookings of one counselor or one client that overlap; there must be none."""
        one, other = bookings.alias("one"), bookings.alias("other")
        clash = sa.and_(
            sa.text(str(IS_ACTIVE).replace("status", "one.status")),
            sa.text(str(IS_ACTIVE).replace("status", "other.status")),
            one.c.id < other.c.id,
            sa.or_(
                sa.and_(
                    one.c.counselor_id == other.c.counselor_id,
                    one.c.starts_at < other.c.busy_until,
                    other.c.starts_at < one.c.busy_until,
                ),
                sa.and_(
                    one.c.client_id == other.c.client_id,
                    one.c.starts_at < other.c.ends_at,
                    other.c.starts_at < one.c.ends_at,
                ),
            ),
        )
        async with self.program.database.read() as conn:
            pairs = await conn.execute(sa.select(one.c.id, other.c.id).join_from(one, other, clash))
            return [tuple(pair) for pair in pairs]

    def messages_to(self, phone: Phone) -> list[Json]:
        """Every state of every message of the bot in this chat so far, edits included."""
        return [each for each in self.history if each["chat"]["id"] == phone.person.id]

    def shown_to(self, phone: Phone) -> list[Shown]:
        """Every button this person has ever seen, oldest first, each once."""
        found = [
            Shown(phone.person.id, message["message_id"], button["callback_data"])
            for message in self.messages_to(phone)
            for button in buttons_of(message)
            if "callback_data" in button
        ]
        return list(dict.fromkeys(found))


@asynccontextmanager
async def at_work(settings: Settings, clock: OffsetClock) -> AsyncIterator[House]:
    """The program at work on what its data directory and its database hold."""
    house = House(build(settings, clock), clock)
    assert house.program.sandbox is not None
    recorder = asyncio.create_task(_record(house.program.sandbox.world.feed.join(), house.history))
    async with running(house.program, EVERYTHING, house.said.append):
        yield house
    await recorder


async def _record(events: asyncio.Queue[Json | None], history: list[Json]) -> None:
    """Keep each state of the bot's messages, before the next edit changes it; ends with the sandbox."""
    while event := await events.get():
        if event["kind"] == "message" and event["message"]["from"]["is_bot"]:
            history.append(dict(event["message"]))


@pytest.fixture
def practice() -> str:
    """The practice file to begin with; an empty one stands for the demo practice."""
    return ""


@pytest.fixture
async def settings(
    tmp_path: Path, database_url: str, clock: Clock, practice: str, caplog: pytest.LogCaptureFixture
) -> AsyncIterator[Settings]:
    """Settings of a sandbox whose database holds the practice; in the end no error was logged."""
    if practice:
        database = Database(database_url)
        await load(Store(database, publish), clock, parse_practice_file(practice, "practice.toml"))
        await database.close()
    yield sandbox_settings(tmp_path / "data", database_url)
    logged = caplog.get_records("call")
    assert [each.getMessage() for each in logged if each.levelno >= logging.ERROR or each.exc_info] == []


@pytest.fixture
async def house(settings: Settings, clock: OffsetClock) -> AsyncIterator[House]:
    """The practice at work, on each kind of database; in the end nothing is wrong behind the scenes."""
    async with at_work(settings, clock) as house:
        yield house
        await nothing_is_wrong(house)


async def nothing_is_wrong(house: House) -> None:
    """Every tap was answered, and no two active bookings overlap."""
    assert house.program.sandbox is not None
    assert [tap.data for tap in house.program.sandbox.world.taps.values() if not tap.answered] == []
    assert await house.overlaps() == []


async def carried_out(phone: Phone) -> None:
    """Wait until the bot is through with all that was done on the phones so far."""
    world = phone._world
    async with asyncio.timeout(60):
        while world.updates.pending(world.now()):  # noqa: ASYNC110 - the sandbox tells nobody of this
            await asyncio.sleep(0.002)


async def tap(phone: Phone, *labels: str) -> Json:
    """Tap one button after the other, each on the newest message that has it; returns the newest message."""
    for label in labels:
        newest = phone.last["message_id"]
        on = newest if any(label in each["text"] for each in buttons_of(phone.last)) else None
        tapped = await phone.tap(label, message_id=on)
        await carried_out(phone)
        assert tapped.answered, f"no answer to {label!r}"
    return phone.last


async def press(phone: Phone, *kinds: type[Callback]) -> Json:
    """Tap, one after the other, the first button of each kind on the newest message, whatever its label."""
    for kind in kinds:
        buttons = [each["callback_data"] for each in buttons_of(phone.last) if "callback_data" in each]
        found = [data for data in buttons if isinstance(unpack(data), kind)]
        assert found, f"no {kind.__name__} on {labels(phone.last)}"
        await forge(phone, found[0])
    return phone.last


async def toast(phone: Phone, label: str) -> str:
    """Tap a button and return what the answer says above the chat, which may be nothing."""
    tapped = await phone.tap(label)
    await carried_out(phone)
    assert tapped.answered, f"no answer to {label!r}"
    return tapped.text


async def forge(phone: Phone, data: str, message_id: int | None = None) -> str:
    """Send callback data as they are; returns what the answer says above the chat, which may be nothing."""
    tapped = await phone.tap_data(data, message_id or phone.last["message_id"])
    await carried_out(phone)
    assert tapped.answered, f"no answer to {data!r}"
    return tapped.text


async def say(phone: Phone, text: str) -> Json:
    """Type a text; returns the bot's newest message."""
    await phone.send(text)
    await carried_out(phone)
    return phone.last


async def start(phone: Phone, link: str = "") -> Json:
    """Press Start, or open a link; returns the bot's newest message."""
    await phone.start(link)
    await carried_out(phone)
    return phone.last


async def arrive(phone: Phone, city: str | None = "", link: str = "") -> Json:
    """First contact: start, agree, and say where one is: as the practice, in a city, or (None) known."""
    await start(phone, link)
    agreed = await press(phone, Consent)
    if city is None:
        return agreed
    if not city:
        return await press(phone, ZonePractice)
    await say(phone, city)
    return await press(phone, SetZone)


def labels(message: Json) -> list[str]:
    """The labels of a message's buttons."""
    return [each["text"] for each in buttons_of(message)]


def data_of(message: Json, label: str) -> str:
    """The callback data behind the first button of a message whose label contains this."""
    return next(str(each["callback_data"]) for each in buttons_of(message) if label in each["text"])


__all__ = ["House", "arrive", "labels", "say", "tap", "text_of"]
