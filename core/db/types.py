"""Column types that mean the same on SQLite and PostgreSQL."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

import sqlalchemy as sa

JsonValue: TypeAlias = "bool | int | float | str | Sequence[JsonValue] | Mapping[str, JsonValue] | None"

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""A 64-bit id; as the only primary key column it counts up by itself on both databases."""


class UtcDateTime(sa.TypeDecorator[datetime]):
    """An aware instant: integer microseconds since 1970 on SQLite, timestamptz on PostgreSQL.

    Comes back in UTC. A naive datetime is refused with ValueError.
    """

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
        """SQLite has no time type: integers sort, compare and keep every microsecond."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(sa.BigInteger())
        return dialect.type_descriptor(sa.DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | int | None:
        """Refuse what is naive, hand over what the database keeps."""
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError(f"naive datetime refused: {value!r}")
        return (value - EPOCH) // MICROSECOND if dialect.name == "sqlite" else value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> datetime | None:
        """An aware datetime in UTC."""
        if value is None:
            return None
        if dialect.name == "sqlite":
            return EPOCH + timedelta(microseconds=value)
        if value.tzinfo is None:  # asyncpg takes the last microsecond of the calendar for infinity
            return value.replace(tzinfo=UTC)  # type: ignore[no-any-return]
        return value.astimezone(UTC)  # type: ignore[no-any-return]


class Json(sa.TypeDecorator[Any]):
    r"""Plain JSON kept as ASCII text on both databases.

    Text, because PostgreSQL's jsonb refuses `\u0000` and reorders keys, and both refuse lone
    surrogates; escaped to ASCII every string that Python holds comes back as it went in. What JSON
    cannot say (NaN, datetimes, tuples as keys) is refused.
    """

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: JsonValue, dialect: sa.Dialect) -> str | None:
        """None stays NULL."""
        del dialect
        return None if value is None else json.dumps(value, separators=(",", ":"), allow_nan=False)

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> Any:
        """What was stored."""
        del dialect
        return None if value is None else json.loads(value)
