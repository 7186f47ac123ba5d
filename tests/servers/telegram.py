"""The sandbox as Telegram outside of the bot's process: it outlives the bot, and can be watched."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

import aiohttp
from aiohttp import web

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

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Telegram:
    """A Bot API server with people at their phones.

    `arriving` is asked with the method of each call of the bot but its polls (False: it is lost on the
    way), `accepted` is told once it is carried out and before the bot knows. `calls` are being carried
    out. A webhook at PUBLIC_URL, which nobody else can reach, is delivered to `receiver`.
    """

    def __init__(self, people: Sequence[Person]) -> None:
        self.url = ""
        self.receiver = ""
        self.calls = 0
        self.arriving: Callable[[str], bool] = lambda _: True
        self.accepted: Callable[[str], None] = lambda _: None
        self._sandbox = Sandbox(
            token=TOKEN, clock=StandaloneClock(), people=people, webhook_retry_seconds=0.02
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
        app = web.Application(middlewares=[self._watched])
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

    @property
    def _watched(self) -> Callable[[web.Request, Handler], Awaitable[web.StreamResponse]]:
        @web.middleware
        async def watch(request: web.Request, handler: Handler) -> web.StreamResponse:
            method = request.match_info.get("method", "").lower()
            if method == POLL:
                return await handler(request)
            if method == SET_WEBHOOK and ROUTED not in request.headers:
                return await self._route(request)
            if not self.arriving(method):
                return web.Response(status=503)
            self.calls += 1
            try:
                answer = await handler(request)
            finally:
                self.calls -= 1
            self.accepted(method)
            return answer

        return watch

    async def _route(self, request: web.Request) -> web.Response:
        """Set the webhook where the public address really is."""
        call = await request.json()
        call["url"] = call["url"].replace(PUBLIC_URL, self.receiver)
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{self.url}{request.path}", json=call, headers={ROUTED: "yes"}) as answer,
        ):
            return web.json_response(await answer.json(), status=answer.status)
