"""Taking in what vendors tell: verified, kept once, answered, and only then looked at."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeAlias, TypeVar

from aiohttp import web

from core.ports.clock import Clock
from webhooks.bodies import read_body

T = TypeVar("T")


class Forged(Exception):
    """Not from whom it says it is, or too old to tell."""


class Malformed(Exception):
    """From whom it says it is, and still not to be understood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery(Generic[T]):
    """What a genuine delivery tells, None where it does not concern us, and what its sender wants to hear."""

    told: T | None = None
    answer: Mapping[str, Any] | None = None


Verify: TypeAlias = Callable[[Mapping[str, str], bytes, datetime], Delivery[T]]
"""Reads a delivery from headers (found in any case), body and the present instant, and nothing else.

Compares in constant time. Raises Forged or Malformed.
"""


def create_vendor_route(
    path: str, verify: Verify[T], keep: Callable[[T], Awaitable[object]], clock: Clock
) -> web.RouteDef:
    """`POST path`: 401 for what is forged, 400 for what cannot be understood, 2xx once it is kept.

    A failure of `keep` is answered 500, so that the vendor comes again.
    """

    async def receive(request: web.Request) -> web.Response:
        body = await read_body(request)
        try:
            delivery = verify(request.headers, body, clock.now())
        except Forged:
            raise web.HTTPUnauthorized from None
        except Malformed:
            raise web.HTTPBadRequest from None
        if delivery.told is not None:
            await keep(delivery.told)
        if delivery.answer is not None:
            return web.json_response(delivery.answer)
        return web.Response(status=204)

    return web.post(path, receive)
