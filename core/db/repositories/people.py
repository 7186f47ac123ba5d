"""People by id, by Telegram id and by role."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from core.db.engine import Connection
from core.db.insert import insert_or_leave
from core.db.tables.inbox import inbox
from core.db.tables.people import people
from core.db.tables.settings import practice_revision
from core.domain.errors import Conflict, NotFound
from core.domain.person import Person, Role

BY_ID = sa.select(people).where(people.c.id == sa.bindparam("id"))
LOCK = BY_ID.with_for_update()
BY_TELEGRAM = sa.select(people).where(people.c.telegram_id == sa.bindparam("telegram_id"))
BY_EMAIL = sa.select(people).where(people.c.email == sa.bindparam("email"))
WITH_REVISION = sa.select(practice_revision.c.revision, *people.c).select_from(
    practice_revision.outerjoin(people, people.c.telegram_id == sa.bindparam("telegram_id"))
)
FINISHED = (
    sa.select(inbox.c.finished_at.is_not(None))
    .where(inbox.c.source == sa.bindparam("source"), inbox.c.external_id == sa.bindparam("external_id"))
    .scalar_subquery()
)
WITH_FACT = WITH_REVISION.add_columns(FINISHED.label("finished"))
WITH_ROLE = {role: sa.select(people).where(sa.text(f"is_{role}")).order_by(people.c.id) for role in Role}
ADD = insert_or_leave(people, people.c.id)
SAVE = sa.update(people).where(people.c.id == sa.bindparam("person_id"))


class People:
    """Everybody known to the practice."""

    def __init__(self, conn: Connection, revision_seen: Callable[[int], None]) -> None:
        self._conn = conn
        self._revision_seen = revision_seen

    async def get(self, person_id: int) -> Person:
        """The person with this id; NotFound `person_not_found`."""
        return _found((await self._conn.execute(BY_ID, {"id": person_id})).first())

    async def lock(self, person_id: int) -> Person:
        """The same, to be saved: until this transaction ends nobody else changes them."""
        statement = BY_ID if self._conn.dialect.name == "sqlite" else LOCK
        return _found((await self._conn.execute(statement, {"id": person_id})).first())

    async def by_telegram(self, telegram_id: int) -> Person | None:
        """The person with this Telegram id; the same statement brings the practice's revision."""
        row = (await self._conn.execute(WITH_REVISION, {"telegram_id": telegram_id})).one()
        self._revision_seen(row.revision)
        return None if row.id is None else _person(row)

    async def by_fact(self, telegram_id: int, source: str, external_id: str) -> tuple[bool, Person | None]:
        """As `by_telegram`, and whether what they did, a fact in the inbox, has been carried out already."""
        fact = {"telegram_id": telegram_id, "source": source, "external_id": external_id}
        row = (await self._conn.execute(WITH_FACT, fact)).one()
        self._revision_seen(row.revision)
        return bool(row.finished), None if row.id is None else _person(row)

    async def by_email(self, email: str) -> Person | None:
        """The person with this verified address."""
        row = (await self._conn.execute(BY_EMAIL, {"email": email})).first()
        return None if row is None else _person(row)

    async def add(
        self,
        *,
        name: str,
        telegram_id: int | None = None,
        email: str | None = None,
        locale: str = "en",
        zone: str | None = None,
        roles: Iterable[Role] = (Role.CLIENT,),
    ) -> Person:
        """A new person, or the one who is known by this Telegram id or, being a guest, by this address.

        Conflict `email_taken` when the address is somebody else's.
        """
        person = Person(
            id=0,
            name=name,
            telegram_id=telegram_id,
            email=email,
            locale=locale,
            zone=zone,
            roles=frozenset(roles),
        )
        new_id = (await self._conn.execute(ADD[self._conn.dialect.name], _row(person))).scalar()
        return await self._known(person) if new_id is None else replace(person, id=new_id)

    async def save(self, person: Person) -> None:
        """Store every field; NotFound `person_not_found`, Conflict `contact_taken` when it is another's."""
        try:
            result = await self._conn.execute(SAVE, {"person_id": person.id, **_row(person)})
        except IntegrityError as error:
            raise Conflict("contact_taken") from error
        if result.rowcount == 0:
            raise NotFound("person_not_found")

    async def with_role(self, role: Role) -> list[Person]:
        """Everybody who plays this role, by id."""
        return [_person(row) for row in await self._conn.execute(WITH_ROLE[role])]

    async def _known(self, wanted: Person) -> Person:
        if wanted.telegram_id is not None:
            found = await self._conn.execute(BY_TELEGRAM, {"telegram_id": wanted.telegram_id})
        else:
            found = await self._conn.execute(BY_EMAIL, {"email": wanted.email})
        row = found.first()
        if row is None:
            raise Conflict("email_taken")
        return _person(row)


PLAIN = (
    "name",
    "telegram_id",
    "email",
    "locale",
    "zone",
    "reminders",
    "chat_blocked",
    "mail_refused",
    "consented_at",
)


def _row(person: Person) -> dict[str, Any]:
    roles = {f"is_{role}": role in person.roles for role in Role}
    return {name: getattr(person, name) for name in PLAIN} | roles


def _found(row: sa.Row[Any] | None) -> Person:
    if row is None:
        raise NotFound("person_not_found")
    return _person(row)


def _person(row: sa.Row[Any]) -> Person:
    return Person(
        id=row.id,
        roles=frozenset(role for role in Role if getattr(row, f"is_{role}")),
        **{name: getattr(row, name) for name in PLAIN},
    )
