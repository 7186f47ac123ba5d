"""The practice's settings: any JSON value by its name."""

from typing import Any

import sqlalchemy as sa

from core.db.engine import Connection
from core.db.insert import insert_or_update
from core.db.repositories.change import Change
from core.db.tables.settings import settings
from core.db.types import JsonValue

ALL = sa.select(settings.c.key, settings.c.value)
ONE = sa.select(settings.c.value).where(settings.c.key == sa.bindparam("key"))
PUT = insert_or_update(settings, ["key"], ["value"])


class Settings:
    """Settings by name: `name`, `zone`, `locale` and `policy` (a mapping) make up the practice."""

    def __init__(self, conn: Connection, change: Change) -> None:
        self._conn = conn
        self._change = change

    async def get(self, key: str, default: Any = None) -> Any:
        """The value as JSON gives it, or `default`."""
        row = (await self._conn.execute(ONE, {"key": key})).first()
        return default if row is None else row.value

    async def put(self, key: str, value: JsonValue) -> None:
        """Set a value."""
        await self._change()
        await self._conn.execute(PUT[self._conn.dialect.name], {"key": key, "value": value})


async def load_settings(conn: Connection) -> dict[str, Any]:
    """Every setting."""
    return {row.key: row.value for row in await conn.execute(ALL)}
