"""The sandbox as one object: a Bot API server, the people in it, and their chat page."""

import json
import re
from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from aiohttp import web

from bot.sandbox import errors
from bot.sandbox.arguments import Arguments, as_texts, read_arguments
from bot.sandbox.clock import SandboxClock
from bot.sandbox.delivery import LONGEST_DELAY, Delivery
from bot.sandbox.files import stored_file
from bot.sandbox.guard import guarded
from bot.sandbox.limits import Limits, Pace
from bot.sandbox.methods import method_table
from bot.sandbox.page import Page
from bot.sandbox.page_stream import Tab
from bot.sandbox.people import Person
from bot.sandbox.phone import Phone
from bot.sandbox.polling import Polling
from bot.sandbox.store import Store
from bot.sandbox.webhook import Described, Webhook
from bot.sandbox.world import World

_TOKEN = re.compile(r"(\d{1,15}):[A-Za-z0-9_-]{1,100}", re.ASCII)


class Sandbox:
    """A local Telegram for one bot.

    Requests go to `<url>/bot<token>/<method>`, people play at `<url>/sandbox`. With a `data_dir`
    everything is kept in `sandbox.db` there, so that chats survive a kill of the process; without
    one it is forgotten. `people` are let in at first; `tabs` are further pages the chat page links
    to. `limits` of None lets the bot write as fast as it likes.
    """

    def __init__(
        self,
        *,
        token: str,
        clock: SandboxClock,
        data_dir: Path | None = None,
        people: Sequence[Person] = (),
        bot_name: str = "Confer",
        bot_username: str = "confer_sandbox_bot",
        limits: Limits | None = None,
        tabs: Sequence[Tab] = (),
        webhook_retry_seconds: float = 1.0,
        webhook_longest_delay: float = LONGEST_DELAY,
    ) -> None:
        parts = _TOKEN.fullmatch(token)
        if parts is None:
            raise ValueError("A bot's token is a number, a colon and letters, digits, _ or -.")
        self._token = token
        self._people = people
        bot = {"id": int(parts[1]), "is_bot": True, "first_name": bot_name, "username": bot_username}
        store = Store(data_dir / "sandbox.db" if data_dir else None)
        self.world = World(bot=bot, clock=clock, store=store, pace=Pace(limits))
        self._polling = Polling(self.world)
        self._delivery = Delivery(
            self.world,
            self._call_from_answer,
            retry_seconds=webhook_retry_seconds,
            longest_delay=webhook_longest_delay,
        )
        self._methods = method_table(self._polling, Webhook(self._polling, self._delivery))
        self._page = Page(self.world, tabs)

    async def start(self) -> None:
        """Load what was kept and begin delivering to a webhook that was set before."""
        await self.world.open(self._people)
        self._delivery.start()

    async def close(self) -> None:
        """End all waiting requests and deliveries and write what is left."""
        self.hang_up()
        await self._delivery.stop()
        await self.world.store.close()

    def hang_up(self) -> None:
        """End long polls and page streams, so that a web server can stop without waiting for them."""
        self._polling.close()
        self.world.feed.end()

    @cached_property
    def app(self) -> web.Application:
        """An application with the sandbox alone in it."""
        app = web.Application()
        self.add_routes(app)
        return app

    def add_routes(self, app: web.Application) -> None:
        """Add the Bot API and the page to an application; local requests only get through."""
        app.router.add_route("*", "/bot{token}/{method}", guarded(self._call))
        app.router.add_get("/file/bot{token}/documents/{file_id}", guarded(self._download))
        self._page.add_routes(app)

        async def hang_up(_app: web.Application) -> None:
            self.hang_up()

        app.on_shutdown.append(hang_up)

    def person(self, who: int | str) -> Phone:
        """The phone of the person with this id or first name; raises KeyError."""
        for chat in self.world.chats.values():
            if who in (chat.person.id, chat.person.first_name):
                return Phone(self.world, chat.person.id)
        raise KeyError(who)

    async def add_person(self, person: Person) -> Phone:
        """Let somebody in and return their phone."""
        self.world.add_person(person)
        await self.world.store.saved()
        return Phone(self.world, person.id)

    async def _call(self, request: web.Request) -> web.Response:
        try:
            self._check_token(request.match_info["token"])
            result = await self._carry_out(request.match_info["method"], await read_arguments(request))
        except errors.ApiError as error:
            retry = {"Retry-After": str(error.retry_after)} if error.retry_after else {}
            return web.json_response(error.answer(), status=error.code, headers=retry)
        if isinstance(result, Described):
            return web.json_response({"ok": True, "result": result.result, "description": result.description})
        return web.Response(
            body=json.dumps({"ok": True, "result": result}).encode(), content_type="application/json"
        )

    async def _carry_out(self, name: str, arguments: Arguments) -> object:
        method = self._methods.get(name.lower())
        if method is None:
            raise errors.unknown_method()
        result = await method(self.world, arguments)
        await self.world.store.saved()
        return result

    async def _call_from_answer(self, call: dict[str, object]) -> None:
        with suppress(errors.ApiError):
            await self._carry_out(str(call.pop("method", "")), Arguments(values=as_texts(call)))

    async def _download(self, request: web.Request) -> web.Response:
        try:
            self._check_token(request.match_info["token"])
            file = stored_file(self.world, request.match_info["file_id"])
        except (errors.ApiError, KeyError):
            return web.json_response(errors.not_found().answer(), status=404)
        return web.Response(body=file.content, content_type="application/octet-stream")

    def _check_token(self, token: str) -> None:
        if not _TOKEN.fullmatch(token):
            raise errors.not_found()
        if token != self._token:
            raise errors.unauthorized()
