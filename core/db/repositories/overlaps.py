"""What stands in a booking's way, and the locks that let two writers of one calendar take turns."""

from collections.abc import Sequence

import sqlalchemy as sa

from core.db.engine import Connection
from core.db.tables.bookings import IS_ACTIVE, IS_HELD, bookings
from core.db.types import UtcDateTime
from core.domain.booking import Booking, Status
from core.domain.errors import Conflict

LOCK = sa.text(
    "SELECT pg_advisory_xact_lock(space, number)"
    " FROM unnest(CAST(:spaces AS integer[]), CAST(:numbers AS integer[])) AS wanted (space, number)"
)
COUNSELOR, CLIENT = 1, 2
NUMBERS = 2**31
ASKED = ("id", "reference", "uid", "counselor_id", "client_id", "starts_at", "ends_at", "busy_until")

_starts_at = sa.bindparam("starts_at", type_=UtcDateTime)
_ends_at = sa.bindparam("ends_at", type_=UtcDateTime)
_busy_until = sa.bindparam("busy_until", type_=UtcDateTime)
_another = bookings.c.id != sa.bindparam("id")
_same_client = bookings.c.client_id == sa.bindparam("client_id")
_same_counselor = bookings.c.counselor_id == sa.bindparam("counselor_id")
_named_alike = sa.or_(
    bookings.c.reference == sa.bindparam("reference"), bookings.c.uid == sa.bindparam("uid")
)


def _exists(*conditions: sa.ColumnExpressionArgument[bool]) -> sa.Exists:
    return sa.exists().where(_another, *conditions)


IN_THE_WAY = sa.select(
    sa.and_(
        sa.bindparam("active", type_=sa.Boolean),
        _exists(IS_ACTIVE, _same_client, bookings.c.starts_at < _ends_at, bookings.c.ends_at > _starts_at),
    ).label("client_busy"),
    sa.and_(
        sa.bindparam("active", type_=sa.Boolean),
        _exists(
            IS_ACTIVE, _same_counselor, bookings.c.starts_at < _busy_until, bookings.c.busy_until > _starts_at
        ),
    ).label("slot_taken"),
    sa.and_(sa.bindparam("held", type_=sa.Boolean), _exists(IS_HELD, _same_client)).label("stale"),
    _exists(_named_alike).label("reference_taken"),
)


async def conflict_with(conn: Connection, booking: Booking) -> Conflict | None:
    """Why the database refuses this row, or None when nothing is in the way any more.

    `client_busy`, `slot_taken`, `stale` (the client has taken another hold at the same moment) or
    `reference_taken`.
    """
    asked = {name: getattr(booking, name) for name in ASKED}
    asked |= {"active": booking.active, "held": booking.status is Status.HELD}
    row = (await conn.execute(IN_THE_WAY, asked)).mappings().one()
    code = next((name for name, found in row.items() if found), None)
    return None if code is None else Conflict(code)


async def take_turns(conn: Connection, counselors: Sequence[int] = (), clients: Sequence[int] = ()) -> None:
    """Wait until no other transaction changes the times of these people; until this one ends others wait.

    SQLite has one writer at a time anyway. The order of locking is the same for all, so that nobody waits in
    a circle.
    """
    if conn.dialect.name == "sqlite":
        return
    wanted = sorted({(COUNSELOR, each % NUMBERS) for each in counselors})
    wanted += sorted({(CLIENT, each % NUMBERS) for each in clients})
    spaces, numbers = [space for space, _ in wanted], [number for _, number in wanted]
    await conn.execute(LOCK, {"spaces": spaces, "numbers": numbers})
