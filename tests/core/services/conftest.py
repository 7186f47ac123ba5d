"""A small practice on each kind of database: filled once, then copied for each test."""

import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.db.engine import Database
from core.ports.clock import OffsetClock
from tests.conftest import DIALECTS
from tests.core.services.small_practice import Filled, SmallPractice, fill, opened
from tests.servers.postgres import PostgresServer, in_thread


@dataclass(frozen=True, slots=True)
class Place:
    """A database that has been filled, by its URL."""

    url: str
    filled: Filled


@pytest.fixture(scope="session")
def filled_sqlite(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Filled]:
    """A filled file to copy."""
    path = shutil.copyfile(sqlite_template, tmp_path_factory.mktemp("filled") / "confer.db")
    return path, in_thread(_filled(f"sqlite+aiosqlite:///{path}"))


@pytest.fixture(scope="session")
def filled_postgresql(postgres: PostgresServer, postgresql_template: str) -> Iterator[tuple[str, Filled]]:
    """The name of a filled database to copy."""
    with postgres.database(postgresql_template) as name:
        yield name, in_thread(_filled(postgres.url(name)))


@pytest.fixture
def place_on_sqlite(filled_sqlite: tuple[Path, Filled], tmp_path: Path) -> Place:
    """A fresh copy of the file."""
    path = shutil.copyfile(filled_sqlite[0], tmp_path / "practice.db")
    return Place(f"sqlite+aiosqlite:///{path}", filled_sqlite[1])


@pytest.fixture
def place_on_postgresql(postgres: PostgresServer, filled_postgresql: tuple[str, Filled]) -> Iterator[Place]:
    """A fresh copy of the database."""
    with postgres.database(filled_postgresql[0]) as name:
        yield Place(postgres.url(name), filled_postgresql[1])


@pytest.fixture(params=DIALECTS)
def place(request: pytest.FixtureRequest) -> Place:
    """A filled database: the test runs once on each kind."""
    place: Place = request.getfixturevalue(f"place_on_{request.param}")
    return place


@pytest.fixture
async def practice(place: Place, clock: OffsetClock) -> AsyncIterator[SmallPractice]:
    """Two counselors, two clients and an admin, at nine in the morning (UTC) of a Monday."""
    database = Database(place.url)
    yield opened(database, clock, place.filled)
    await database.close()


async def _filled(url: str) -> Filled:
    database = Database(url)
    try:
        return await fill(database)
    finally:
        await database.close()
