"""Drafts: what a person has chosen so far, as the chat's own JSON."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from core.db.engine import Connection
from core.db.tables.drafts import drafts
from core.db.types import JsonValue
from core.domain.errors import Conflict, NotFound

RETURNED = (
    drafts.c.id,
    drafts.c.person_id,
    drafts.c.chat_message_id.label("message_id"),
    drafts.c.payload,
    drafts.c.version,
)
NEW = sa.insert(drafts).returning(drafts.c.id)
BY_ID = sa.select(*RETURNED).where(drafts.c.id == sa.bindparam("id"))
LATEST = (
    sa.select(*RETURNED)
    .where(drafts.c.person_id == sa.bindparam("person_id"))
    .order_by(drafts.c.updated_at.desc(), drafts.c.id.desc())
    .limit(sa.literal_column("1"))
)
PUT = (
    sa.update(drafts)
    .where(
        drafts.c.id == sa.bindparam("draft_id"),
        drafts.c.version == sa.func.coalesce(sa.bindparam("seen", type_=sa.Integer), drafts.c.version),
    )
    .values(payload=sa.bindparam("new_payload"), updated_at=sa.bindparam("at"), version=drafts.c.version + 1)
    .returning(*RETURNED)
)
SET_MESSAGE = (
    sa.update(drafts)
    .where(drafts.c.id == sa.bindparam("draft_id"))
    .values(chat_message_id=sa.bindparam("message_id"))
)
SHOWN_BY = sa.and_(
    drafts.c.person_id == sa.bindparam("whose"), drafts.c.chat_message_id == sa.bindparam("message_id")
)
IS_SHOWN = sa.select(sa.exists().where(SHOWN_BY))
HIDE = sa.update(drafts).where(SHOWN_BY).values(chat_message_id=None)
DELETE = sa.delete(drafts).where(drafts.c.id == sa.bindparam("id"))
PURGE = sa.delete(drafts).where(drafts.c.updated_at < sa.bindparam("before"))


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRow:
    """A draft of `person_id`, shown in the chat by `message_id`; `version` rises with every `put`."""

    id: int
    person_id: int
    message_id: int | None
    payload: dict[str, Any]
    version: int


class Drafts:
    """Drafts by id and by person."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    async def new(self, person_id: int, payload: dict[str, Any], *, at: datetime) -> DraftRow:
        """A new draft, which becomes the person's latest."""
        row = {"person_id": person_id, "payload": payload, "version": 1, "updated_at": at}
        draft_id = (await self._conn.execute(NEW, row)).scalar_one()
        return DraftRow(id=draft_id, person_id=person_id, message_id=None, payload=payload, version=1)

    async def get(self, draft_id: int) -> DraftRow | None:
        """The draft with this id, if there is one."""
        return _draft((await self._conn.execute(BY_ID, {"id": draft_id})).mappings().first())

    async def latest_of(self, person_id: int) -> DraftRow | None:
        """The draft that the person worked on last."""
        return _draft((await self._conn.execute(LATEST, {"person_id": person_id})).mappings().first())

    async def put(
        self, draft_id: int, payload: dict[str, Any], *, at: datetime, version: int | None = None
    ) -> DraftRow:
        """Replace the payload, if the draft is still at `version` where one is given: Conflict `stale`.

        NotFound `draft_not_found`.
        """
        new: dict[str, JsonValue | datetime] = {
            "draft_id": draft_id,
            "new_payload": payload,
            "at": at,
            "seen": version,
        }
        draft = _draft((await self._conn.execute(PUT, new)).mappings().first())
        if draft is not None:
            return draft
        if await self.get(draft_id) is None:
            raise NotFound("draft_not_found")
        raise Conflict("stale")

    async def set_message(self, draft_id: int, message_id: int) -> None:
        """Remember which message shows the draft."""
        await self._conn.execute(SET_MESSAGE, {"draft_id": draft_id, "message_id": message_id})

    async def any_shown_by(self, person_id: int, message_id: int) -> bool:
        """Whether this message shows a draft of the person's."""
        asked = {"whose": person_id, "message_id": message_id}
        return bool(await self._conn.scalar(IS_SHOWN, asked))

    async def hide(self, person_id: int, message_id: int) -> None:
        """Remember that this message shows no draft any more."""
        await self._conn.execute(HIDE, {"whose": person_id, "message_id": message_id})

    async def delete(self, draft_id: int) -> None:
        """Drop the draft, if it is there."""
        await self._conn.execute(DELETE, {"id": draft_id})

    async def purge(self, before: datetime) -> None:
        """Drop the drafts that have not changed since `before`."""
        await self._conn.execute(PURGE, {"before": before})


def _draft(row: sa.RowMapping | None) -> DraftRow | None:
    return None if row is None else DraftRow(**row)
