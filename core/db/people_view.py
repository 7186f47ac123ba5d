"""Finding people: by a piece of their name, those of one counselor in front."""

from dataclasses import dataclass

import sqlalchemy as sa

from core.db.engine import Connection
from core.db.tables.bookings import IS_BOOKED, bookings
from core.db.tables.people import people
from core.domain.counselor import Counselor

ESCAPE = "\\"
NOBODY = 0
SPELLINGS = ("first", "second", "third")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """Somebody by id and name; `known` says that they have booked with the counselor asked about."""

    person_id: int
    name: str
    known: bool


KNOWN = (
    sa.exists()
    .where(
        bookings.c.counselor_id == sa.bindparam("counselor_id"),
        bookings.c.client_id == people.c.id,
        IS_BOOKED,
    )
    .correlate(people)
)
NAMED = sa.or_(*(people.c.name.ilike(sa.bindparam(each), escape=ESCAPE) for each in SPELLINGS))
FIND = (
    sa.select(people.c.id.label("person_id"), people.c.name, KNOWN.label("known"))
    .where(
        NAMED,
        people.c.id != sa.bindparam("except_id"),
        sa.or_(people.c.consented_at.is_not(None), KNOWN, sa.bindparam("everybody", type_=sa.Boolean)),
    )
    .order_by(KNOWN.desc(), sa.func.lower(people.c.name), people.c.id)
    .limit(sa.bindparam("most", type_=sa.Integer))
)


async def find_people(
    conn: Connection, text: str, *, most: int, counselor: Counselor | None = None
) -> list[PersonLine]:
    """Everybody named like the text; for a counselor those who have agreed to be kept or booked with them.

    SQLite knows the cases of plain letters only, so that the text is looked for as it is typed, small, and
    with great initials.
    """
    spellings = (text, text.lower(), text.title())
    patterns = {name: f"%{_escaped(each)}%" for name, each in zip(SPELLINGS, spellings, strict=True)}
    asked = {
        "counselor_id": counselor.id if counselor else NOBODY,
        "except_id": counselor.person_id if counselor else NOBODY,
        "everybody": counselor is None,
        "most": most,
    }
    rows = await conn.execute(FIND, patterns | asked)
    return [PersonLine(person_id=row.person_id, name=row.name, known=bool(row.known)) for row in rows]


def _escaped(text: str) -> str:
    return "".join(f"{ESCAPE}{sign}" if sign in f"%_{ESCAPE}" else sign for sign in text)
