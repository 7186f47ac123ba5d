"""The sandbox on a real socket, with troubles that come before or after a call is carried out."""

import asyncio
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import TypeAlias

from aiohttp import web
from aiohttp.typedefs import Middleware
from telegram import Bot

from bot.sandbox.clock import SandboxClock
from bot.sandbox.people import Person
from bot.sandbox.phone import Phone
from bot.sandbox.server import Sandbox
from bot.transport import AiohttpRequest

TOKEN = "100200300:a-test-token"
SHORT = 0.25
"""Seconds that the bot waits for an answer."""

Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]
Trouble: TypeAlias = Callable[[web.Request, Handler], Awaitable[web.StreamResponse]]


class TroubledTelegram:
    """A Bot API server; each trouble listed for a method (in lower case) meets one call of it, in order.

    `calls` are the methods that were called, polls aside.
    """

    def __init__(self, clock: SandboxClock, people: Sequence[Person]) -> None:
        self.url = ""
        self.calls: list[str] = []
        self.troubles: defaultdict[str, deque[Trouble]] = defaultdict(deque)
        self.sandbox = Sandbox(token=TOKEN, clock=clock, people=people)

    def phone(self, who: str) -> Phone:
        """Somebody's phone, by first name."""
        return self.sandbox.person(who)

    @asynccontextmanager
    async def serving(self) -> AsyncIterator["TroubledTelegram"]:
        """Listen on a free port, named by `url`."""
        app = web.Application(middlewares=[self._troubled])
        self.sandbox.add_routes(app)
        await self.sandbox.start()
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1, handler_cancellation=True)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield self
        finally:
            await runner.cleanup()
            await self.sandbox.close()

    @asynccontextmanager
    async def bot(self, token: str = TOKEN) -> AsyncIterator[Bot]:
        """A bot of this server over our own transport; nothing is asked yet."""
        requests = [AiohttpRequest(read_timeout=SHORT), AiohttpRequest(connections=2)]
        bot = Bot(token, base_url=f"{self.url}/bot", request=requests[0], get_updates_request=requests[1])
        for each in requests:
            await each.initialize()
        try:
            yield bot
        finally:
            for each in requests:
                await each.shutdown()

    @property
    def _troubled(self) -> Middleware:
        @web.middleware
        async def meet(request: web.Request, handler: Handler) -> web.StreamResponse:
            method = request.match_info.get("method", "").lower()
            if method != "getupdates":
                self.calls.append(method)
            waiting = self.troubles[method]
            return await (waiting.popleft()(request, handler) if waiting else handler(request))

        return meet


def refused(code: int, description: str, retry_after: int | None = None) -> Trouble:
    """The call is refused in these words, and not carried out."""
    body: dict[str, object] = {"ok": False, "error_code": code, "description": description}
    if retry_after is not None:
        body["parameters"] = {"retry_after": retry_after}

    async def refuse(_request: web.Request, _handler: Handler) -> web.StreamResponse:
        return web.json_response(body, status=code)

    return refuse


def wait(seconds: int) -> Trouble:
    """The bot is told to wait."""
    return refused(429, f"Too Many Requests: retry after {seconds}", seconds)


async def lost(request: web.Request, handler: Handler) -> web.StreamResponse:
    """The connection breaks before the call is carried out."""
    assert request.transport is not None
    request.transport.close()
    return await silence(request, handler)


async def unanswered(request: web.Request, handler: Handler) -> web.StreamResponse:
    """The call is carried out, but its answer never comes."""
    await handler(request)
    return await silence(request, handler)


async def silence(_request: web.Request, _handler: Handler) -> web.StreamResponse:
    """Nothing happens at all."""
    await asyncio.Event().wait()
    raise AssertionError
