"""The pool hands out only connections that live."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from core.db.engine import database_url
from core.db.errors import DatabaseUnavailable
from core.db.postgresql import postgresql_engine

PID = sa.text("SELECT pg_backend_pid()")


@pytest.fixture
async def engine(postgresql_url: str) -> AsyncIterator[AsyncEngine]:
    url = database_url(postgresql_url)
    engine = postgresql_engine(url, place="here", pool_size=1, wait=5, idle=0.1, slowest=0.3)
    yield engine
    await engine.dispose()


async def _pid(engine: AsyncEngine) -> int:
    async with engine.begin() as conn:
        pid: int = (await conn.execute(PID)).scalar_one()
        return pid


async def test_a_connection_is_used_again(engine: AsyncEngine) -> None:
    assert await _pid(engine) == await _pid(engine)


async def test_a_connection_that_was_idle_for_long_is_replaced(engine: AsyncEngine) -> None:
    first = await _pid(engine)
    await asyncio.sleep(0.15)
    assert await _pid(engine) != first


async def _sleep(engine: AsyncEngine) -> None:
    async with engine.begin() as conn:
        await conn.execute(sa.text("SELECT pg_sleep(20)"))


async def test_a_statement_without_an_answer_is_told_and_its_connection_not_used_again(
    engine: AsyncEngine,
) -> None:
    first = await _pid(engine)
    with pytest.raises(DatabaseUnavailable, match=r"^here: no answer in time$"):
        await _sleep(engine)
    assert await _pid(engine) != first
