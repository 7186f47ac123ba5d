"""Sends updates to the bot's webhook: in order within a lane, lanes side by side, until accepted."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp

from bot.sandbox.updates import Update
from bot.sandbox.world import World

_ANSWER_WITHIN = aiohttp.ClientTimeout(total=60)
LONGEST_DELAY = 60.0
_LONGEST_RETRY_AFTER = 3600.0
_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header

CarryOut = Callable[[dict[str, Any]], Awaitable[None]]


class Delivery:
    """Delivers while a webhook is set; `retry_seconds` is the first delay of the back-off.

    As on the real server a first failure is tried again at once, then after 2, 4, 8 … times
    `retry_seconds`, `longest_delay` at most; `Retry-After` is respected (WebhookActor.cpp). A call in the
    answer to an update is handed to `carry_out`; nobody learns what comes of it.
    """

    def __init__(
        self,
        world: World,
        carry_out: CarryOut,
        *,
        retry_seconds: float = 1.0,
        longest_delay: float = LONGEST_DELAY,
    ) -> None:
        self._world = world
        self._carry_out = carry_out
        self._retry_seconds = retry_seconds
        self._longest_delay = longest_delay
        self._task: asyncio.Task[None] | None = None
        self._lanes: set[str] = set()

    def start(self) -> None:
        """Begin delivering, if a webhook is set."""
        if self._world.settings.get("webhook", {}).get("url"):
            self._task = asyncio.create_task(self._deliver())

    async def stop(self) -> None:
        """Stop; what was not accepted stays in the queue."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    async def _deliver(self) -> None:
        self._lanes.clear()
        slots = asyncio.Semaphore(self._world.settings["webhook"]["max_connections"])
        async with aiohttp.ClientSession(timeout=_ANSWER_WITHIN) as session, asyncio.TaskGroup() as group:
            while True:
                for lane in self._world.updates.lanes(self._world.now()):
                    if lane not in self._lanes:
                        self._lanes.add(lane)
                        group.create_task(self._serve(lane, session, slots))
                await self._world.updates.bell.wait()

    async def _serve(self, lane: str, session: aiohttp.ClientSession, slots: asyncio.Semaphore) -> None:
        failures = 0
        while update := self._world.updates.first_of(lane, self._world.now()):
            async with slots:
                delay = await self._post(session, update)
            if delay is None:
                failures = 0
                self._world.updates.forget(update.id)
                await self._world.store.saved()
            else:
                back_off = self._retry_seconds * 2**failures if failures else 0.0
                await asyncio.sleep(delay or min(back_off, self._longest_delay))
                failures += 1
        self._lanes.discard(lane)

    async def _post(self, session: aiohttp.ClientSession, update: Update) -> float | None:
        """None when accepted, else the seconds the receiver asks to wait (0: it did not say)."""
        webhook = self._world.settings["webhook"]
        headers = {_SECRET_HEADER: webhook["secret_token"]} if webhook["secret_token"] else {}
        await self._world.store.saved()
        try:
            async with session.post(
                webhook["url"], json=update.body, headers=headers, allow_redirects=False
            ) as answer:
                if 200 <= answer.status < 300:
                    if answer.content_type == "application/json":
                        await self._carry_out(await answer.json())
                    return None
                self._note(f"Wrong response from the webhook: {answer.status} {answer.reason}")
                return _retry_after(answer.headers.get("Retry-After", ""))
        except TimeoutError:
            self._note("Read timeout expired")
        except aiohttp.ClientConnectorError:
            self._note("Connection refused")
        except aiohttp.ClientError:
            self._note("Webhook connection closed")
        return 0.0

    def _note(self, error: str) -> None:
        webhook = self._world.settings["webhook"]
        webhook["last_error_date"] = int(self._world.now().timestamp())
        webhook["last_error_message"] = error
        self._world.keep_setting("webhook", webhook)


def _retry_after(header: str) -> float:
    return min(float(header), _LONGEST_RETRY_AFTER) if header.isascii() and header.isdigit() else 0.0
