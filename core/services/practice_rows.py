"""How one row of a practice file becomes a row of the database, or stays out of it."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Protocol, TypeVar

from core.db.uow import UnitOfWork
from core.domain.counselor import Counselor
from core.domain.program import Program
from core.domain.session_type import SessionType
from core.services.practice_file import PracticeFile

Slugged = TypeVar("Slugged", Counselor, Program, SessionType)


class Change(StrEnum):
    """What became of a row; refused: it was changed in the chat since the last load."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of the file: its table, its slug (or the name of the setting), what became of it."""

    table: str
    slug: str
    change: Change

    def __str__(self) -> str:
        return f"{self.table} '{self.slug}'"


@dataclass(slots=True, kw_only=True)
class Loading:
    """One load under way: what it may do, and what it has done so far."""

    uow: UnitOfWork
    file: PracticeFile
    force: bool
    rows: list[Row] = field(default_factory=list)
    unclaimed: list[str] = field(default_factory=list)

    def note(self, table: str, slug: str, change: Change) -> None:
        """Keep what became of a row."""
        self.rows.append(Row(table=table, slug=slug, change=change))


class Repository(Protocol[Slugged]):
    """What the repositories of counselors, session types and programs have in common."""

    async def save(self, row: Slugged, digest: str | None = None, /) -> Slugged:
        """Add or change the row with this slug."""

    async def get_digest(self, slug: str) -> str | None:
        """The digest that the row was last saved with."""


async def load_row(
    loading: Loading,
    repository: Repository[Slugged],
    content: Callable[[Slugged], Slugged],
    current: Slugged | None,
    wanted: Slugged,
) -> Change:
    """Save `wanted` in the place of `current` where that is allowed and makes a difference.

    `content` takes out of a row what a file does not decide.
    """
    fresh = digest(content(wanted))
    if current is None:
        await repository.save(wanted, fresh)
        return Change.CREATED
    standing = digest(content(current))
    untouched = await repository.get_digest(wanted.slug) == standing
    if standing != fresh and not untouched and not loading.force:
        return Change.REFUSED
    if standing != fresh or not untouched:
        await repository.save(wanted, fresh)
    return Change.UNCHANGED if standing == fresh else Change.CHANGED


def digest(row: Counselor | Program | SessionType) -> str:
    """A hash of everything in the row, in 64 characters."""
    text = json.dumps(asdict(row), default=str, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
