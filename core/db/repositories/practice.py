"""The whole set-up of the practice, read again only when its revision has changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from core.db.engine import Connection
from core.db.repositories.counselors import load_counselors
from core.db.repositories.programs import load_programs
from core.db.repositories.session_types import load_session_types
from core.db.repositories.settings import load_settings
from core.db.tables.settings import practice_revision
from core.domain.policy import Policy
from core.domain.practice import Practice

REVISION = sa.select(practice_revision.c.revision)
RAISE = sa.update(practice_revision).values(revision=practice_revision.c.revision + 1)


@dataclass(slots=True)
class PracticeCache:
    """The last committed set-up that was read, shared by all transactions of a Store."""

    practice: Practice | None = None


class CurrentPractice:
    """The set-up as one transaction sees it."""

    def __init__(self, conn: Connection, cache: PracticeCache) -> None:
        self._conn = conn
        self._cache = cache
        self._revision: int | None = None
        self._changed = False

    async def get(self) -> Practice:
        """The set-up, this transaction's own changes included; those are not shared before the commit."""
        if self._revision is None:
            self.seen(await self._read_revision())
        cached = self._cache.practice
        if not self._changed and cached is not None and cached.revision == self._revision:
            return cached
        practice = await self._load()
        if not self._changed:
            self._cache.practice = practice
        return practice

    def seen(self, revision: int) -> None:
        """The revision as another statement of this transaction has read it, which spares reading it."""
        self._revision = revision

    async def change(self) -> None:
        """Raise the revision, before the first write to the set-up: so its writers wait for each other."""
        if not self._changed:
            await self._conn.execute(RAISE)
            self._changed = True
        self._revision = None

    async def _read_revision(self) -> int:
        revision: int = (await self._conn.scalars(REVISION)).one()
        return revision

    async def _load(self) -> Practice:
        """All of one revision, though others may commit between the statements."""
        before = await self._read_revision()
        while True:
            practice = await _read_all(self._conn, before)
            after = await self._read_revision()
            if after == before:
                return practice
            before = after


async def _read_all(conn: Connection, revision: int) -> Practice:
    settings = await load_settings(conn)
    return Practice(
        revision=revision,
        policy=_policy(settings.pop("policy", {})),
        counselors=await load_counselors(conn),
        session_types=await load_session_types(conn),
        programs=await load_programs(conn),
        **{name: settings[name] for name in ("name", "zone", "locale") if name in settings},
    )


def _policy(chosen: Mapping[str, Any]) -> Policy:
    return Policy(
        chosen={name: tuple(value) if isinstance(value, list) else value for name, value in chosen.items()}
    )
