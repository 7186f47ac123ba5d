"""How much one address may ask for: enough for people, too little for whoever guesses links or secrets."""

import time
from collections.abc import Collection
from http import HTTPStatus
from ipaddress import IPv6Address, ip_network

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter

from webhooks.client_address import Address, Network, client_address

REQUESTS = RateLimitItemPerMinute(600)
MISSES = RateLimitItemPerMinute(30)
"""Answers of `GUESSED`: the links we give out hold 256 bits, so whoever has one does not miss."""
GUESSED = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND})
HOUSEHOLD = 64
"""Bits of an IPv6 address that are given to a connection as a whole (RFC 6177)."""


def limit_rate(
    trusted: Collection[Network], *, requests: RateLimitItem = REQUESTS, misses: RateLimitItem = MISSES
) -> Middleware:
    """A middleware that answers 429 with Retry-After to an address over a limit; never to this machine.

    The counts are those of this process.
    """
    limiter = MovingWindowRateLimiter(MemoryStorage())

    async def refuse_over(limit: RateLimitItem, sender: str) -> None:
        resets_at, _ = await limiter.get_window_stats(limit, sender)
        seconds = max(1, round(resets_at - time.time()))
        raise web.HTTPTooManyRequests(headers={"Retry-After": str(seconds)})

    @web.middleware
    async def limited(request: web.Request, handler: Handler) -> web.StreamResponse:
        address = client_address(request, trusted)
        if address is None or address.is_loopback:
            return await handler(request)
        sender = _sender(address)
        if not await limiter.test(misses, sender):
            await refuse_over(misses, sender)
        if not await limiter.hit(requests, sender):
            await refuse_over(requests, sender)
        try:
            response = await handler(request)
        except web.HTTPException as error:
            if error.status in GUESSED:
                await limiter.hit(misses, sender)
            raise
        if response.status in GUESSED:
            await limiter.hit(misses, sender)
        return response

    return limited


def _sender(address: Address) -> str:
    if isinstance(address, IPv6Address):
        return str(ip_network((address, HOUSEHOLD), strict=False))
    return str(address)
