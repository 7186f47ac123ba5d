"""Programs with their counselors."""

from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from core.db.engine import Connection
from core.db.repositories.change import Change
from core.db.repositories.slugged import CounselorLinks, SluggedTable
from core.db.tables.programs import program_counselors, programs
from core.domain.program import Program

PROGRAMS = SluggedTable(programs)
HELD_BY = CounselorLinks(program_counselors, "program_id")
ALL = sa.select(programs).order_by(programs.c.id)


class Programs:
    """Writes programs; they are read with the whole practice."""

    def __init__(self, conn: Connection, change: Change) -> None:
        self._conn = conn
        self._change = change

    async def save(self, program: Program, digest: str | None = None) -> Program:
        """Add the program, or change the one with this slug; without a digest the last one stays."""
        await self._change()
        return await self._linked(program, await PROGRAMS.save(self._conn, _row(program), digest))

    async def get_digest(self, slug: str) -> str | None:
        """The digest that this program was last saved with, None if never."""
        return await PROGRAMS.digest(self._conn, slug)

    async def _linked(self, program: Program, program_id: int) -> Program:
        await HELD_BY.replace(self._conn, program_id, program.counselor_ids)
        return replace(program, id=program_id)


async def load_programs(conn: Connection) -> dict[int, Program]:
    """Every program, by id."""
    held_by = await HELD_BY.load(conn)
    return {row.id: _program(row, held_by.get(row.id, [])) for row in await conn.execute(ALL)}


PLAIN = ("slug", "title", "sessions", "enrollment_code", "active")


def _row(program: Program) -> dict[str, Any]:
    return {name: getattr(program, name) for name in PLAIN}


def _program(row: sa.Row[Any], counselor_ids: list[int]) -> Program:
    return Program(
        id=row.id, counselor_ids=tuple(counselor_ids), **{name: getattr(row, name) for name in PLAIN}
    )
