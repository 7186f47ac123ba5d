"""The small practice on SQLite, for pages and hooks: the kind of database has no part in them."""

from collections.abc import AsyncIterator

import pytest

from core.db.engine import Database
from core.ports.clock import OffsetClock
from tests.core.services.conftest import Place, filled_sqlite, place_on_sqlite
from tests.core.services.small_practice import SmallPractice, opened

__all__ = ["filled_sqlite", "place_on_sqlite"]


@pytest.fixture(name="practice")
async def practice_on_sqlite(place_on_sqlite: Place, clock: OffsetClock) -> AsyncIterator[SmallPractice]:
    """Two counselors, two clients and an admin, at nine in the morning (UTC) of a Monday."""
    database = Database(place_on_sqlite.url)
    yield opened(database, clock, place_on_sqlite.filled)
    await database.close()
