"""What every request passes on its way in: its name for the log, and the limit on its size."""

import secrets

from aiohttp import web
from aiohttp.typedefs import Handler

from core.kit.logs import log_context

REQUEST_ID = web.RequestKey("request_id", str)


@web.middleware
async def identify(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Give the request an id of our own making; what a stranger sends as one would end up in our log."""
    request[REQUEST_ID] = secrets.token_hex(8)
    with log_context(request_id=request[REQUEST_ID]):
        return await handler(request)


@web.middleware
async def limit_body(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse a body that says it is too large before reading any of it; reading stops at the limit anyway."""
    if (request.content_length or 0) > request.client_max_size:
        raise web.HTTPRequestEntityTooLarge(request.client_max_size, request.content_length or 0)
    return await handler(request)
