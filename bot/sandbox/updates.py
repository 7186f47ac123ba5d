"""The queue of updates a bot has not confirmed yet."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.sandbox.feed import Bell
from bot.sandbox.store import Json, Kept, Store

KEPT_FOR = timedelta(hours=24)
_ONLY_IF_ASKED = ("chat_member", "message_reaction", "message_reaction_count")


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """Something the bot is to learn; `lane` names the order it must keep with others."""

    id: int
    lane: str
    made_at: float
    body: Json


class UpdateQueue:
    """Updates in the order of their ids, kept until confirmed or a day old.

    Messages of one chat share a lane and the taps of one person another, as on the real server:
    within a lane a webhook gets one update after the other, lanes run side by side.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._pending: dict[int, Update] = {}
        self._next_id = 100_000_000 + secrets.randbelow(800_000_000)
        self._allowed: list[str] = []
        self.bell = Bell()

    def load(self, kept: Kept) -> None:
        """Take over what was found in the store."""
        if kept.kind == "update":
            update = Update(**kept.body)
            self._pending[update.id] = update
        elif kept.kind == "updates":
            self._next_id, self._allowed = kept.body["next_id"], kept.body["allowed"]

    @property
    def allowed(self) -> list[str]:
        """Kinds the bot asked for; empty means the usual ones."""
        return self._allowed

    def allow(self, kinds: list[str]) -> None:
        """Set the kinds made from now on."""
        self._allowed = kinds
        self._keep_settings()

    def add(self, kind: str, body: Json, *, lane: str, now: datetime) -> None:
        """Queue an update of this kind, unless the bot does not want such."""
        wanted = kind in self._allowed if self._allowed else kind not in _ONLY_IF_ASKED
        if not wanted:
            return
        update = Update(
            id=self._next_id,
            lane=lane,
            made_at=now.timestamp(),
            body={"update_id": self._next_id, kind: body},
        )
        self._next_id += 1
        self._pending[update.id] = update
        self._keep_settings()
        self._store.put("update", update.id, _document(update))
        self.bell.ring()

    def pending(self, now: datetime) -> list[Update]:
        """All that waits, oldest first; what is older than a day is gone."""
        limit = (now - KEPT_FOR).timestamp()
        for update in [update for update in self._pending.values() if update.made_at < limit]:
            self.forget(update.id)
        return list(self._pending.values())

    def lanes(self, now: datetime) -> Iterator[str]:
        """The lanes that hold something."""
        return iter(dict.fromkeys(update.lane for update in self.pending(now)))

    def first_of(self, lane: str, now: datetime) -> Update | None:
        """The oldest update of a lane."""
        return next((update for update in self.pending(now) if update.lane == lane), None)

    def confirm_before(self, offset: int) -> None:
        """Forget updates below `offset`; a negative one keeps only that many of the newest."""
        ids = list(self._pending)
        gone = [each for each in ids if each < offset] if offset >= 0 else ids[:offset]
        for update_id in gone:
            self.forget(update_id)

    def forget(self, update_id: int) -> None:
        """The bot has it."""
        self._pending.pop(update_id, None)
        self._store.drop("update", update_id)

    def _keep_settings(self) -> None:
        self._store.put("updates", "", {"next_id": self._next_id, "allowed": self._allowed})


def _document(update: Update) -> dict[str, Any]:
    return {"id": update.id, "lane": update.lane, "made_at": update.made_at, "body": update.body}
