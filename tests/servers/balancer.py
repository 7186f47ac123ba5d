"""A tiny balancer before several `confer` processes: each request goes to the next one."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from itertools import cycle

import aiohttp
from aiohttp import web

PASSED_ON = ("Content-Type", "X-Telegram-Bot-Api-Secret-Token")


class Balancer:
    """Passes requests on to `servers` in turn, and their answers back.

    With `to_all` each request goes to every server at the same moment, as when Telegram repeats an update
    that others are still about; the answer is the one with the worst status, or else the longest. `passed`
    counts by server.
    """

    def __init__(self, servers: Sequence[str]) -> None:
        self.url = ""
        self.to_all = False
        self.passed = dict.fromkeys(servers, 0)
        self._turns = cycle(servers)
        self._session: aiohttp.ClientSession

    @asynccontextmanager
    async def serving(self) -> AsyncIterator["Balancer"]:
        """Listen on a free port, named by `url`."""
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._receive)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as self._session:
                yield self
        finally:
            await runner.cleanup()

    async def _receive(self, request: web.Request) -> web.Response:
        body = await request.read()
        servers = list(self.passed) if self.to_all else [next(self._turns)]
        answers = await asyncio.gather(*(self._pass_on(server, request, body) for server in servers))
        return max(answers, key=lambda answer: (answer.status, answer.content_length or 0))

    async def _pass_on(self, server: str, request: web.Request, body: bytes) -> web.Response:
        self.passed[server] += 1
        headers = {name: request.headers[name] for name in PASSED_ON if name in request.headers}
        url = f"{server}{request.path_qs}"
        try:
            async with self._session.request(request.method, url, data=body, headers=headers) as answer:
                return web.Response(
                    status=answer.status, body=await answer.read(), content_type=answer.content_type
                )
        except aiohttp.ClientError:
            return web.Response(status=web.HTTPBadGateway.status_code)
