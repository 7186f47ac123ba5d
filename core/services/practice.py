"""Loading a practice file: what it says becomes the practice; what the chat has changed since is kept."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.db.uow import Store
from core.ports.clock import Clock
from core.services.people import People
from core.services.practice_counselors import load_counselors
from core.services.practice_file import PracticeFile
from core.services.practice_offers import load_programs, load_session_types
from core.services.practice_rows import Change, Loading, Row
from core.services.practice_settings import load_settings
from core.services.waitlist_rounds import look_everywhere

__all__ = ["Change", "LoadReport", "Row", "load"]

ACTION = "practice.loaded"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadReport:
    """What became of every row of the file, in its order, and new invite tokens by counselor's slug."""

    rows: tuple[Row, ...]
    invites: Mapping[str, str]

    def having(self, change: Change) -> list[Row]:
        """The rows of which this became."""
        return [row for row in self.rows if row.change is change]


async def load(store: Store, clock: Clock, file: PracticeFile, *, force: bool = False) -> LoadReport:
    """Make the practice what `file` says, all in one transaction; a second time it changes nothing.

    A row that was changed in the chat since the last load is left as it is unless `force`. What the
    file does not name stays. Each counselor whom no Telegram account plays yet gets a fresh invite.
    BadPracticeFile when a counselor's account or address is somebody else's.
    """
    async with store.write() as uow:
        loading = Loading(uow=uow, file=file, force=force)
        await load_settings(loading)
        await load_counselors(loading)
        await load_programs(loading)
        await load_session_types(loading)
        changed = [str(row) for row in loading.rows if row.change in {Change.CREATED, Change.CHANGED}]
        if changed:
            await uow.audit.add(action=ACTION, at=clock.now(), details={"rows": changed})
            await look_everywhere(uow, clock.now())
    people = People(store, clock)
    invites = {slug: await people.counselor_invite(slug) for slug in loading.unclaimed}
    return LoadReport(rows=tuple(loading.rows), invites=invites)
