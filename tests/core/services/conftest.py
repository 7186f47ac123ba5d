"""A small practice on each kind of database."""

import pytest

from core.db.engine import Database
from core.ports.clock import OffsetClock
from tests.core.services.small_practice import SmallPractice, small_practice


@pytest.fixture
async def practice(database: Database, clock: OffsetClock) -> SmallPractice:
    """Two counselors, two clients and an admin, at nine in the morning (UTC) of a Monday."""
    return await small_practice(database, clock)
