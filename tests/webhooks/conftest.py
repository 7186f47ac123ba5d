"""A web server on a free port for the routes of one test, and a client for it."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable

import aiohttp
import pytest
from aiohttp import web

from core.kit.metrics import Metrics
from webhooks.app import create_app
from webhooks.server import Server, start

Serve = Callable[[Iterable[web.AbstractRouteDef]], Awaitable[str]]
HOST = "127.0.0.1"


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """Serves routes and gives their address; stops at the end."""
    running: list[Server] = []

    async def serve(routes: Iterable[web.AbstractRouteDef]) -> str:
        server = await start(create_app(Metrics(), routes), HOST, 0)
        running.append(server)
        return server.url

    yield serve
    for server in running:
        await server.stop()


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    """A client that gives up after five seconds."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as session:
        yield session
