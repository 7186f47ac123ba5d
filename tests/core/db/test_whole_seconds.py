"""Seconds counted by the database are those that the domain counts."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from core.db.engine import Database
from core.db.types import UtcDateTime
from core.db.whole_seconds import SecondsDown, SecondsUp
from core.domain.timespan import to_epoch, to_epoch_up

MOMENTS = [
    datetime(1970, 1, 1, tzinfo=UTC),
    datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=1),
    datetime(2027, 3, 28, 1, 59, 59, 999_999, tzinfo=UTC),
    datetime(2027, 3, 28, 2, tzinfo=UTC),
    datetime(9999, 12, 31, 23, 59, 59, 500_000, tzinfo=UTC),
]


async def test_the_database_rounds_as_the_domain_does(database: Database) -> None:
    moment = sa.bindparam("moment", type_=UtcDateTime)
    asked = sa.select(SecondsDown(moment), SecondsUp(moment))
    async with database.read() as conn:
        counted = [tuple((await conn.execute(asked, {"moment": each})).one()) for each in MOMENTS]
    assert counted == [(to_epoch(each), to_epoch_up(each)) for each in MOMENTS]
