"""A practice at work in processes of its own, with Telegram and the people outside of them."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.sandbox.people import Person
from core.db.engine import Database
from core.db.uow import Store
from core.jobs.table import jobs
from core.ports.clock import SystemClock
from core.services.practice import load
from core.services.practice_file import parse_practice_file
from core.services.subscribers import publish
from tests.servers.balancer import Balancer
from tests.servers.processes import Confer
from tests.servers.telegram import PUBLIC_URL, TOKEN, Telegram

ALWAYS = ", ".join(f'{day} = ["00:00-24:00"]' for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
"""Hours of a counselor who never sleeps: journeys on the real clock find a time on any day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What runs: the processes, Telegram, and the database they all work on."""

    telegram: Telegram
    database: Database
    processes: Sequence[Confer]
    balancer: Balancer | None = None

    async def rows(self, *tables: sa.Table) -> dict[str, list[dict[str, Any]]]:
        """All rows of these tables, by the table's name, as they stand at one moment."""
        async with self.database.read() as conn:
            return {
                table.name: [dict(row) for row in (await conn.execute(sa.select(table))).mappings()]
                for table in tables
            }

    async def nothing_is_due(self) -> bool:
        """Whether all jobs whose time has come are done."""
        now = datetime.now(UTC)
        return all(each["run_at"] > now for each in (await self.rows(jobs))["jobs"])

    @property
    def output(self) -> str:
        """What the processes have said."""
        return "\n".join(each.output for each in self.processes)


@asynccontextmanager
async def alone(
    url: str, folder: Path, practice: str, people: Sequence[Person], mode: str
) -> AsyncIterator[Office]:
    """`confer run` alone, which gets its updates by polling or as a webhook."""
    async with _outside(url, practice, people) as (telegram, database):
        confer = Confer("run", folder, **_settings(telegram, url, mode))
        telegram.receiver = confer.url
        async with _running([confer]):
            yield Office(telegram=telegram, database=database, processes=[confer])


@asynccontextmanager
async def beside_each_other(
    url: str, folder: Path, practice: str, people: Sequence[Person], servers: int
) -> AsyncIterator[Office]:
    """Several `confer serve` behind a balancer, and one `confer worker`."""
    async with _outside(url, practice, people) as (telegram, database):
        settings = _settings(telegram, url, "webhook")
        serving = [Confer("serve", folder, **settings) for _ in range(servers)]
        async with Balancer([each.url for each in serving]).serving() as balancer:
            telegram.receiver = balancer.url
            processes = [*serving, Confer("worker", folder, **settings)]
            async with _running(processes):
                yield Office(telegram=telegram, database=database, processes=processes, balancer=balancer)


@asynccontextmanager
async def _outside(
    url: str, practice: str, people: Sequence[Person]
) -> AsyncIterator[tuple[Telegram, Database]]:
    database = Database(url)
    try:
        await load(Store(database, publish), SystemClock(), parse_practice_file(practice, "practice.toml"))
        async with Telegram(people).serving() as telegram:
            yield telegram, database
    finally:
        await database.close()


@asynccontextmanager
async def _running(processes: Sequence[Confer]) -> AsyncIterator[None]:
    try:
        await asyncio.gather(*(each.start() for each in processes))
        yield
    finally:
        await asyncio.gather(*(each.stop() for each in processes))


def _settings(telegram: Telegram, url: str, mode: str) -> dict[str, str]:
    settings = {
        "DATABASE_URL": url,
        "LOG_LEVEL": "warning",
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API_URL": telegram.url,
        "TELEGRAM_MODE": mode,
    }
    return settings | ({"BASE_URL": PUBLIC_URL} if mode == "webhook" else {})
