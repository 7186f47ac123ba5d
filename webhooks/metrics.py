"""`/metrics` for Prometheus, and the counting of requests."""

import hmac
import ipaddress
import time
from collections.abc import Awaitable, Callable

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from core.kit.metrics import CONTENT_TYPE_LATEST, Metrics
from webhooks.access_log import route_of

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
PROXIED = ("Forwarded", "X-Forwarded-For", "X-Real-Ip", "Via")

Refresh = Callable[[], Awaitable[None]]
"""Brings gauges up to date before they are read."""


def create_metrics_routes(
    metrics: Metrics, token: str | None, refresh: Refresh | None = None
) -> list[web.RouteDef]:
    """`GET /metrics`: with a `token` for its bearers only, without one for this machine only.

    A request that a proxy on this machine passes on counts as coming from outside.
    """

    async def show(request: web.Request) -> web.Response:
        if token is None and not _is_local(request):
            raise web.HTTPForbidden
        if token is not None and not _is_bearer(request, token):
            raise web.HTTPUnauthorized(headers={"WWW-Authenticate": "Bearer"})
        if refresh is not None:
            await refresh()
        return web.Response(body=metrics.render(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    return [web.get("/metrics", show)]


def measure(metrics: Metrics) -> Middleware:
    """A middleware that counts and times every request by its route's pattern."""

    @web.middleware
    async def measured(request: web.Request, handler: Handler) -> web.StreamResponse:
        begin = time.perf_counter()
        try:
            response = await handler(request)
        except web.HTTPException as redirect:
            _count(metrics, request, redirect.status, begin)
            raise
        _count(metrics, request, response.status, begin)
        return response

    return measured


def _count(metrics: Metrics, request: web.Request, status: int, begin: float) -> None:
    route = route_of(request)
    method = request.method if request.method in METHODS else "other"
    metrics.http_requests.labels(route, method, str(status)).inc()
    metrics.http_seconds.labels(route).observe(time.perf_counter() - begin)


def _is_local(request: web.Request) -> bool:
    if any(name in request.headers for name in PROXIED):
        return False
    try:
        peer = ipaddress.ip_address((request.remote or "").partition("%")[0])
    except ValueError:
        return False
    return (getattr(peer, "ipv4_mapped", None) or peer).is_loopback


def _is_bearer(request: web.Request, token: str) -> bool:
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    same = hmac.compare_digest(given.strip().encode("utf-8", "surrogateescape"), token.encode())
    return same and scheme.lower() == "bearer"
