"""The chat page: its files, and the requests of the people on it."""

import json
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from aiohttp import web

from bot.sandbox.files import stored_file
from bot.sandbox.guard import Handler, guarded
from bot.sandbox.page_actions import ACTIONS
from bot.sandbox.page_stream import HEADERS, PageStream, Tab
from bot.sandbox.people import Person
from bot.sandbox.phone import CannotDo, Phone
from bot.sandbox.world import World

_FOLDER = Path(__file__).parent / "page"
_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_LONGEST_LEAP = timedelta(days=366)


class Page:
    """Routes under `/sandbox`."""

    def __init__(self, world: World, tabs: Sequence[Tab]) -> None:
        self._world = world
        self._tabs = tabs
        self._files = {path.name: path.read_bytes() for path in _FOLDER.iterdir() if path.suffix in _TYPES}

    def add_routes(self, app: web.Application) -> None:
        """Add the page's routes, guarded and with headers that keep strange scripts out."""
        routes: list[tuple[str, str, Handler]] = [
            ("GET", "/sandbox", self._index),
            ("GET", "/sandbox/page/{name}", self._file),
            ("GET", "/sandbox/events", PageStream(self._world, self._tabs).serve),
            ("GET", "/sandbox/files/{file_id}", self._download),
            ("POST", "/sandbox/people", self._add_person),
            ("POST", "/sandbox/people/{person_id}/{action}", self._act),
            ("POST", "/sandbox/clock", self._advance),
        ]
        for method, path, handler in routes:
            app.router.add_route(method, path, guarded(_explained(handler)))

    async def _index(self, _request: web.Request) -> web.Response:
        return self._page_file("index.html")

    async def _file(self, request: web.Request) -> web.Response:
        return self._page_file(request.match_info["name"])

    def _page_file(self, name: str) -> web.Response:
        if name not in self._files:
            raise web.HTTPNotFound
        kind = _TYPES[Path(name).suffix]
        return web.Response(body=self._files[name], content_type=kind, charset="utf-8", headers=HEADERS)

    async def _download(self, request: web.Request) -> web.Response:
        file = stored_file(self._world, request.match_info["file_id"])
        disposition = f"attachment; filename*=UTF-8''{quote(file.name)}"
        headers = {**HEADERS, "Content-Disposition": disposition, "Content-Type": file.mime_type}
        return web.Response(body=file.content, headers=headers)

    async def _act(self, request: web.Request) -> web.Response:
        phone = Phone(self._world, int(request.match_info["person_id"]))
        result = await ACTIONS[request.match_info["action"]](phone, await _body(request))
        return web.json_response(result, headers=HEADERS)

    async def _add_person(self, request: web.Request) -> web.Response:
        body = await _body(request)
        fields = ("first_name", "last_name", "username", "language_code", "label", "time_zone")
        person = Person(
            id=max([*self._world.chats, 100_000]) + 1,
            **{field: str(body[field])[:64] for field in fields if body.get(field)},
        )
        self._world.add_person(person)
        await self._world.store.saved()
        return web.json_response(person.document(), headers=HEADERS)

    async def _advance(self, request: web.Request) -> web.Response:
        by = timedelta(seconds=float((await _body(request))["seconds"]))
        if not timedelta() < by <= _LONGEST_LEAP:
            raise CannotDo("The clock goes forward, by a year at most.")
        await self._world.clock.advance(by)
        self._world.feed.publish("clock", now=self._world.now().timestamp())
        return web.json_response({"now": self._world.now().timestamp()}, headers=HEADERS)


async def _body(request: web.Request) -> dict[str, Any]:
    if request.content_type != "application/json":
        raise CannotDo("The page speaks JSON.")
    body = json.loads(await request.read())
    if not isinstance(body, dict):
        raise CannotDo("The page sends an object.")
    return body


def _explained(handler: Handler) -> Handler:
    """Answer what cannot be done with 400 and what is not there with 404, in a sentence."""

    async def explain(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except (CannotDo, ValueError, TypeError) as error:
            return web.json_response({"error": str(error)}, status=400, headers=HEADERS)
        except KeyError as error:
            return web.json_response({"error": f"There is no {error}."}, status=404, headers=HEADERS)

    return explain
