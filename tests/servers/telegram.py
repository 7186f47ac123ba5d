"""The sandbox as Telegram outside of the bot's process: it outlives the bot, and can be watched."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from enum import Enum, auto

import aiohttp
from aiohttp import web
from aiohttp.typedefs import Middleware

from bot.sandbox.clock import StandaloneClock
from bot.sandbox.people import Person
from bot.sandbox.phone import Phone
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World

TOKEN = "100200300:a-test-token"
PUBLIC_URL = "https://confer.test"
POLL, SET_WEBHOOK = "getupdates", "setwebhook"
FIRST_ID = 5000
ROUTED = "X-Routed"


class Stage(Enum):
    """How far a call of the bot has come."""

    ARRIVING = auto()
    ACCEPTED = auto()


Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Telegram:
    """A Bot API server with people at their phones.

    `watch` is told of each call of the bot but its polls: when it arrives (an answer of False loses it on
    the way), and when it is carried out and the bot does not know yet. So many `calls` are being carried
    out. A webhook at PUBLIC_URL, which nobody can reach, is delivered to `receiver`.
    """

    def __init__(self, people: Sequence[Person]) -> None:
        self.url = ""
        self.receiver = ""
        self.calls = 0
        self.watch: Callable[[Stage], bool] = lambda _: True
        self._sandbox = Sandbox(
            token=TOKEN,
            clock=StandaloneClock(),
            people=people,
            webhook_retry_seconds=0.02,
            webhook_longest_delay=1.0,
        )

    @property
    def world(self) -> World:
        """All that Telegram remembers."""
        return self._sandbox.world

    def phone(self, who: int | str) -> Phone:
        """The phone of the person with this id or first name."""
        return self._sandbox.person(who)

    def let_in(self, name: str) -> Phone:
        """The phone of somebody new."""
        person = Person(id=FIRST_ID + len(self.world.chats), first_name=name)
        self.world.add_person(person)
        return self.phone(person.id)

    @asynccontextmanager
    async def serving(self) -> AsyncIterator["Telegram"]:
        """Listen on a free port, named by `url`."""
        app = web.Application(middlewares=[self._middleware()])
        self._sandbox.add_routes(app)
        await self._sandbox.start()
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield self
        finally:
            await runner.cleanup()
            await self._sandbox.close()

    def _middleware(self) -> Middleware:
        @web.middleware
        async def watched(request: web.Request, handler: Handler) -> web.StreamResponse:
            method = request.match_info.get("method", "").lower()
            if method == POLL:
                return await handler(request)
            if method == SET_WEBHOOK and ROUTED not in request.headers:
                return await self._route(request)
            return await self._watched(request, handler)

        return watched

    async def _watched(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if not self.watch(Stage.ARRIVING):
            return web.Response(status=503)
        self.calls += 1
        try:
            answer = await handler(request)
        finally:
            self.calls -= 1
        self.watch(Stage.ACCEPTED)
        return answer

    async def _route(self, request: web.Request) -> web.Response:
        """Set the webhook where the public address really is."""
        call = await request.json()
        call["url"] = call["url"].replace(PUBLIC_URL, self.receiver)
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{self.url}{request.path}", json=call, headers={ROUTED: "yes"}) as answer,
        ):
            return web.json_response(await answer.json(), status=answer.status)
