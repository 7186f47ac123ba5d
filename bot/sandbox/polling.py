"""getUpdates: one poller at a time waits for news."""

import asyncio
from typing import Any

from bot.sandbox.arguments import Arguments
from bot.sandbox.errors import conflict
from bot.sandbox.store import Json
from bot.sandbox.world import World

_LONGEST_WAIT = 50
_OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
_WEBHOOK_SET = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


class Polling:
    """Hands out pending updates; a newer call ends the older one with 409."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._current: asyncio.Future[str] | None = None
        self._closed = False

    async def get_updates(self, world: World, arguments: Arguments) -> list[Json]:
        """https://core.telegram.org/bots/api#getupdates."""
        if world.settings.get("webhook", {}).get("url"):
            raise conflict(_WEBHOOK_SET)
        read_allowed(world, arguments)
        world.updates.confirm_before(arguments.integer("offset"))
        await world.store.saved()
        limit = min(max(arguments.integer("limit", 100), 1), 100)
        wait = 0 if self._closed else min(max(arguments.integer("timeout"), 0), _LONGEST_WAIT)
        self.end(_OTHER_POLLER)
        mine = self._current = asyncio.get_running_loop().create_future()
        try:
            return await self._wait_for_updates(mine, limit, wait)
        finally:
            if self._current is mine:
                self._current = None

    def end(self, reason: str) -> None:
        """Send the waiting poller away, if there is one; an empty reason means with nothing new."""
        if self._current is not None and not self._current.done():
            self._current.set_result(reason)
        self._current = None

    def close(self) -> None:
        """Send the waiting poller away and let nobody wait any more."""
        self._closed = True
        self.end("")

    async def _wait_for_updates(self, mine: asyncio.Future[str], limit: int, wait: int) -> list[Json]:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + wait
        while True:
            if mine.done():
                if mine.result():
                    raise conflict(mine.result())
                return []
            found = self._world.updates.pending(self._world.now())[:limit]
            left = deadline - loop.time()
            if found or left <= 0:
                await self._world.store.saved()
                return [update.body for update in found]
            await self._news(mine, left)

    async def _news(self, mine: asyncio.Future[str], seconds: float) -> None:
        bell = asyncio.create_task(self._world.updates.bell.wait())
        waiting: set[asyncio.Future[Any]] = {bell, mine}
        await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        bell.cancel()


def read_allowed(world: World, arguments: Arguments) -> None:
    """Take over `allowed_updates` where it is given."""
    kinds = arguments.array("allowed_updates", "allowed updates")
    if kinds is not None:
        world.updates.allow([str(kind) for kind in kinds])
