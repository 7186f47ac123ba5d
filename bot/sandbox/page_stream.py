"""The stream that keeps the chat page true: the whole picture first, then every change."""

import asyncio
import json
from collections.abc import Sequence
from typing import NamedTuple

from aiohttp import web

from bot.sandbox.chats import Chat
from bot.sandbox.commands import commands_for
from bot.sandbox.profile import own_text
from bot.sandbox.store import Json
from bot.sandbox.taps import is_expired
from bot.sandbox.world import World

_HEARTBEAT = 15.0
_SHOWN_MESSAGES = 300
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


class Tab(NamedTuple):
    """Another page the chat page links to."""

    title: str
    path: str


class PageStream:
    """Server-sent events (WHATWG HTML, 9.2) for any number of open pages."""

    def __init__(self, world: World, tabs: Sequence[Tab]) -> None:
        self._world = world
        self._tabs = tabs

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Send events until the page or the sandbox goes away."""
        response = web.StreamResponse(headers={**HEADERS, "Content-Type": "text/event-stream"})
        await response.prepare(request)
        reader = self._world.feed.join()
        try:
            event: Json | None = self._picture()
            while event is not None:
                await response.write(f"data: {json.dumps(event)}\n\n".encode())
                event = await self._next_event(reader)
        except ConnectionResetError:
            pass
        finally:
            self._world.feed.leave(reader)
        return response

    async def _next_event(self, reader: asyncio.Queue[Json | None]) -> Json | None:
        """What happens next, or the time now and then, so that a dead connection is noticed."""
        try:
            async with asyncio.timeout(_HEARTBEAT):
                return await reader.get()
        except TimeoutError:
            return {"kind": "clock", "now": self._world.now().timestamp()}

    def _picture(self) -> Json:
        return {
            "kind": "picture",
            "bot": self._world.bot,
            "now": self._world.now().timestamp(),
            "tabs": [tab._asdict() for tab in self._tabs],
            "people": [self._pane(chat) for chat in self._world.chats.values()],
        }

    def _pane(self, chat: Chat) -> Json:
        taps = [tap for tap in self._world.taps.values() if tap.person_id == chat.person.id]
        waiting = [tap for tap in taps if not tap.answered and not is_expired(self._world, tap)]
        return {
            "person": chat.person.document(),
            "chat": chat.document(),
            "description": own_text(self._world, "description", chat.person.language_code),
            "commands": commands_for(self._world, chat.person),
            "messages": list(chat.messages.values())[-_SHOWN_MESSAGES:],
            "waiting": [tap.document() for tap in waiting],
        }
