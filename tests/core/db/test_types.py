"""Column types mean the same on both databases."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import StatementError

from core.db.engine import Database
from core.db.types import BigId, Json, UtcDateTime

samples = sa.Table(
    "samples",
    sa.MetaData(),
    sa.Column("id", BigId, primary_key=True),
    sa.Column("at", UtcDateTime),
    sa.Column("data", Json),
)


@pytest.fixture
async def database(database: Database) -> Database:
    async with database.write() as conn:
        await conn.run_sync(samples.create)
    return database


async def _stored(database: Database, **values: Any) -> Any:
    async with database.write() as conn:
        return (await conn.execute(samples.insert().values(**values).returning(*samples.c))).one()


@pytest.mark.parametrize(
    "instant",
    [
        datetime(2026, 11, 2, 9, 0, 0, 1, tzinfo=UTC),
        datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
        datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=ZoneInfo("Europe/Berlin")),
        datetime(2026, 6, 1, 12, 0, tzinfo=timezone(timedelta(hours=5, minutes=45))),
        datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
    ],
)
async def test_an_instant_comes_back_to_the_microsecond_in_utc(database: Database, instant: datetime) -> None:
    stored = (await _stored(database, at=instant)).at
    assert stored == instant.astimezone(UTC)
    assert stored.utcoffset() == timedelta()


async def test_a_naive_datetime_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="naive datetime refused"):
        await _stored(database, at=datetime(2026, 11, 2, 9))  # noqa: DTZ001


async def test_instants_sort_and_compare_as_instants(database: Database) -> None:
    first = datetime(2026, 11, 2, 9, tzinfo=UTC)
    moments = [first + timedelta(microseconds=offset) for offset in (5, -1, 0, 10**13)]
    async with database.write() as conn:
        await conn.execute(samples.insert(), [{"at": moment} for moment in moments])
        later = sa.select(samples.c.at).where(samples.c.at > first).order_by(samples.c.at)
        assert (await conn.scalars(later)).all() == [moments[0], moments[3]]


@pytest.mark.parametrize(
    "value",
    [
        {},
        [],
        {"z": 1, "a": [None, True, 1.5, "x"], "": {"deep": [[]]}},
        "text with \x00, \ud800 alone, 😀 and שלום",
        2**70,
    ],
)
async def test_json_comes_back_as_it_went_in(database: Database, value: Any) -> None:
    assert (await _stored(database, data=value)).data == value


async def test_none_is_stored_as_null(database: Database) -> None:
    await _stored(database, data=None)
    async with database.read() as conn:
        nulls = sa.select(sa.func.count()).select_from(samples).where(samples.c.data.is_(None))
        assert await conn.scalar(nulls) == 1


@pytest.mark.parametrize("value", [float("nan"), {"at": datetime(2026, 1, 1, tzinfo=UTC)}, {1, 2}])
async def test_what_json_cannot_say_is_refused(database: Database, value: Any) -> None:
    with pytest.raises(StatementError):
        await _stored(database, data=value)


async def test_ids_count_up_by_themselves_beyond_32_bits(database: Database) -> None:
    await _stored(database, id=2**40)
    if database.dialect == "postgresql":
        async with database.write() as conn:
            await conn.execute(sa.text(f"SELECT setval('samples_id_seq', {2**40})"))
    assert (await _stored(database)).id == 2**40 + 1
