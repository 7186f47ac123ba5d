"""Taking in updates that Telegram sends: https://core.telegram.org/bots/api#setwebhook."""

import hmac
import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from webhooks.bodies import BODY_SECONDS, read_body

PATH = "/webhooks/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name

Handle = Callable[[dict[str, Any]], Awaitable[dict[str, Any] | None]]
"""Carries out one update; returns after everything about it is committed, raises when it must come again.

What it gives is a call of the Bot API, which Telegram makes when it reads our answer.
"""


def create_telegram_routes(
    secret: str, handle: Handle, *, seconds: float = BODY_SECONDS
) -> list[web.RouteDef]:
    """`POST /webhooks/telegram`: 401 without the secret, 400 for what is no update, 200 after `handle`.

    Telegram repeats an update until it is answered with 2xx, so a failure in `handle` is answered 500.
    A body that is not there after `seconds` is answered 408.
    """
    expected = secret.encode()

    async def receive(request: web.Request) -> web.Response:
        if not hmac.compare_digest(_given(request), expected):
            return web.Response(status=401)
        update = _parse(await read_body(request, seconds))
        if update is None:
            raise web.HTTPBadRequest
        call = await handle(update)
        return web.Response() if call is None else web.json_response(call)

    return [web.post(PATH, receive)]


def _given(request: web.Request) -> bytes:
    return request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")


def _parse(body: bytes) -> dict[str, Any] | None:
    """The update, an object with a whole `update_id`; None for anything else."""
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        return None
    known = isinstance(update, dict) and type(update.get("update_id")) is int
    return update if known else None
