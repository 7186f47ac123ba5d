"""E-mail addresses that a code was sent to, to see whose they are."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from core.db.engine import Connection
from core.db.tables.addresses import address_checks as table

ADD = sa.insert(table).returning(table.c.id)
LAST = (
    sa.select(table)
    .where(table.c.person_id == sa.bindparam("of_person"))
    .order_by(table.c.id.desc())
    .limit(1)
)
GET = sa.select(table).where(table.c.id == sa.bindparam("check_id"))
SENT = (
    sa.select(sa.func.count())
    .select_from(table)
    .where(
        sa.or_(table.c.person_id == sa.bindparam("of_person"), table.c.address == sa.bindparam("to")),
        table.c.created_at > sa.bindparam("since"),
    )
)
TRIED = (
    sa.update(table)
    .where(table.c.id == sa.bindparam("check_id"), table.c.tries == sa.bindparam("before"))
    .values(tries=table.c.tries + 1)
)
USED = (
    sa.update(table)
    .where(table.c.id == sa.bindparam("check_id"), table.c.used_at.is_(None))
    .values(used_at=sa.bindparam("now"))
)
PURGE = sa.delete(table).where(table.c.expires_at < sa.bindparam("before"))


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressCheck:
    """A code that was sent to an address; `tries` are the wrong codes so far."""

    id: int
    person_id: int
    address: str
    created_at: datetime
    expires_at: datetime
    tries: int
    used_at: datetime | None


class AddressChecks:
    """Codes by the people who asked for them."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def add(self, person_id: int, address: str, now: datetime, expires_at: datetime) -> int:
        """A new code's id."""
        row = {
            "person_id": person_id,
            "address": address,
            "created_at": now,
            "expires_at": expires_at,
            "tries": 0,
        }
        check_id: int = (await self._conn.execute(ADD, row)).scalar_one()
        return check_id

    async def get(self, check_id: int) -> AddressCheck | None:
        """The code with this id."""
        row = (await self._conn.execute(GET, {"check_id": check_id})).mappings().first()
        return None if row is None else AddressCheck(**row)

    async def last(self, person_id: int) -> AddressCheck | None:
        """The last code that a person asked for: the only one that counts."""
        row = (await self._conn.execute(LAST, {"of_person": person_id})).mappings().first()
        return None if row is None else AddressCheck(**row)

    async def sent_since(self, person_id: int, address: str, since: datetime) -> int:
        """How many codes this person asked for, or this address was sent, since then."""
        wanted = {"of_person": person_id, "to": address, "since": since}
        return (await self._conn.execute(SENT, wanted)).scalar_one()

    async def tried(self, check: AddressCheck) -> bool:
        """Count a try before it is looked at; False when another try came between."""
        tried = await self._conn.execute(TRIED, {"check_id": check.id, "before": check.tries})
        return tried.rowcount == 1

    async def use(self, check_id: int, now: datetime) -> bool:
        """Use the code up; False when it was used already."""
        return (await self._conn.execute(USED, {"check_id": check_id, "now": now})).rowcount == 1

    async def purge(self, before: datetime) -> None:
        """Forget what expired before then."""
        await self._conn.execute(PURGE, {"before": before})
