"""Who is admitted to which program, and how many of its sessions they have used."""

from typing import Any

import sqlalchemy as sa

from core.db.engine import Connection
from core.db.insert import insert_or_leave
from core.db.tables.bookings import IS_ACTIVE, IS_BOOKED, bookings
from core.db.tables.programs import enrollments
from core.db.tables.session_types import session_types
from core.domain.booking import Status
from core.domain.program import Enrollment
from core.domain.side import Side

ONE = sa.select(enrollments).where(
    enrollments.c.program_id == sa.bindparam("program_id"),
    enrollments.c.client_id == sa.bindparam("client_id"),
)
USED = (
    sa.select(sa.func.count())
    .select_from(bookings.join(session_types))
    .where(
        bookings.c.client_id == sa.bindparam("client_id"),
        session_types.c.program_id == sa.bindparam("program_id"),
        sa.or_(
            sa.and_(IS_ACTIVE, IS_BOOKED),
            bookings.c.status == Status.COMPLETED.value,
            bookings.c.absent == Side.CLIENT.value,
        ),
    )
)
ADD = insert_or_leave(enrollments, enrollments.c.client_id)
SAVE = sa.update(enrollments).where(
    enrollments.c.program_id == sa.bindparam("program"), enrollments.c.client_id == sa.bindparam("client")
)
FIELDS = tuple(each.name for each in enrollments.c)


class Enrollments:
    """Admissions of clients to programs."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def get(self, program_id: int, client_id: int) -> Enrollment | None:
        """The client's admission, if there is one."""
        row = (await self._conn.execute(ONE, {"program_id": program_id, "client_id": client_id})).first()
        return None if row is None else _enrollment(row)

    async def add(self, enrollment: Enrollment) -> None:
        """Admit; an admission that is there already stays as it is."""
        await self._conn.execute(ADD[self._conn.dialect.name], _row(enrollment))

    async def save(self, enrollment: Enrollment) -> None:
        """Store every field of an admission."""
        key = {"program": enrollment.program_id, "client": enrollment.client_id}
        await self._conn.execute(SAVE, {**key, **_row(enrollment)})

    async def used(self, program_id: int, client_id: int) -> int:
        """How many of the program's sessions the client has booked, had, or did not come to.

        A mere hold does not count, and neither does one to which the counselor did not come.
        """
        used = {"program_id": program_id, "client_id": client_id}
        return (await self._conn.scalars(USED, used)).one()


def _row(enrollment: Enrollment) -> dict[str, Any]:
    return {name: getattr(enrollment, name) for name in FIELDS}


def _enrollment(row: sa.Row[Any]) -> Enrollment:
    return Enrollment(**{name: getattr(row, name) for name in FIELDS})
