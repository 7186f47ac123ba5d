"""Reading what a request brings, and not waiting for ever for it."""

import asyncio

from aiohttp import web

BODY_SECONDS = 10.0


async def read_body(request: web.Request, seconds: float = BODY_SECONDS) -> bytes:
    """The whole body; one that is not there after `seconds` is answered 408."""
    try:
        async with asyncio.timeout(seconds):
            return await request.read()
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
