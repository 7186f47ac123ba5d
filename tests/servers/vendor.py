"""A vendor's API on a real socket, with troubles that meet its next calls."""

import asyncio
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeAlias

from aiohttp import web
from aiohttp.typedefs import Middleware

Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]
Trouble: TypeAlias = Callable[[web.Request, Handler], Awaitable[web.StreamResponse]]


class Vendor(ABC):
    """Each of `troubles` meets one call, in order; `calls` are the methods and paths that came."""

    def __init__(self) -> None:
        self.url = ""
        self.calls: list[str] = []
        self.troubles: deque[Trouble] = deque()

    @abstractmethod
    def routes(self) -> list[web.RouteDef]:
        """What the vendor answers to."""

    @asynccontextmanager
    async def serving(self) -> AsyncIterator["Vendor"]:
        """Listen on a free port, named by `url`."""
        app = web.Application(middlewares=[self._troubled])
        app.add_routes(self.routes())
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1, handler_cancellation=True)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield self
        finally:
            await runner.cleanup()

    @property
    def _troubled(self) -> Middleware:
        @web.middleware
        async def meet(request: web.Request, handler: Handler) -> web.StreamResponse:
            self.calls.append(f"{request.method} {request.path}")
            trouble = self.troubles.popleft() if self.troubles else None
            return await (trouble(request, handler) if trouble else handler(request))

        return meet


def answers(status: int, body: str = "", **headers: str) -> Trouble:
    """The call is refused with this status, and not carried out."""

    async def refuse(_request: web.Request, _handler: Handler) -> web.StreamResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.Response(status=status, text=body, headers=named)

    return refuse


async def lost(request: web.Request, handler: Handler) -> web.StreamResponse:
    """The call is carried out, but the connection breaks before its answer."""
    answer = await handler(request)
    assert request.transport is not None
    request.transport.close()
    return answer


async def silence(_request: web.Request, _handler: Handler) -> web.StreamResponse:
    """Nothing happens for longer than anybody waits."""
    await asyncio.sleep(30)
    return web.Response()


async def undisturbed(request: web.Request, handler: Handler) -> web.StreamResponse:
    """No trouble this time."""
    return await handler(request)
