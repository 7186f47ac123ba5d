"""What counselors, session types and programs share: a slug, a digest, and links to counselors."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from core.db.engine import Connection
from core.db.insert import insert_or_update


class SluggedTable:
    """The statements for a table of the set-up."""

    def __init__(self, table: sa.Table) -> None:
        columns = [each.name for each in table.c if each.name not in {"id", "slug", "file_digest"}]
        self._save = insert_or_update(table, ["slug"], columns, table.c.id)
        self._save_loaded = insert_or_update(table, ["slug"], [*columns, "file_digest"], table.c.id)
        self._digest = sa.select(table.c.file_digest).where(table.c.slug == sa.bindparam("slug"))

    async def save(self, conn: Connection, row: Mapping[str, Any], digest: str | None) -> int:
        """Insert or change the row with this slug and return its id; without a digest the last one stays."""
        if digest is None:
            result = await conn.execute(self._save[conn.dialect.name], row)
        else:
            new = {**row, "file_digest": digest}
            result = await conn.execute(self._save_loaded[conn.dialect.name], new)
        row_id: int = result.scalar_one()
        return row_id

    async def digest(self, conn: Connection, slug: str) -> str | None:
        """The digest that the row was last saved with, None if never."""
        return (await conn.execute(self._digest, {"slug": slug})).scalar()


class CounselorLinks:
    """The counselors of each row of another table, in order."""

    def __init__(self, table: sa.Table, owner: str) -> None:
        self._owner = owner
        self._insert = sa.insert(table)
        self._clear = sa.delete(table).where(table.c[owner] == sa.bindparam("owner"))
        self._all = sa.select(table.c[owner], table.c.counselor_id).order_by(table.c.position)

    async def replace(self, conn: Connection, owner_id: int, counselor_ids: Sequence[int]) -> None:
        """Link these counselors and no others."""
        await conn.execute(self._clear, {"owner": owner_id})
        links = [
            {self._owner: owner_id, "counselor_id": each, "position": position}
            for position, each in enumerate(counselor_ids)
        ]
        if links:
            await conn.execute(self._insert, links)

    async def load(self, conn: Connection) -> dict[int, list[int]]:
        """The counselors' ids by the id of their row."""
        linked: dict[int, list[int]] = {}
        for owner_id, counselor_id in await conn.execute(self._all):
            linked.setdefault(owner_id, []).append(counselor_id)
        return linked
