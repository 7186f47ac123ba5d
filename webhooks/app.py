"""The application factory of the web side."""

from collections.abc import Collection, Iterable

from aiohttp import web

from core.kit.metrics import Metrics
from webhooks.client_address import Network
from webhooks.errors import plain_errors
from webhooks.headers import add_headers
from webhooks.metrics import measure
from webhooks.middleware import identify, limit_body
from webhooks.rate_limits import limit_rate

BODY_LIMIT = 1024 * 1024
"""Bytes; an update of Telegram takes a few thousand."""


def create_app(
    metrics: Metrics,
    routes: Iterable[web.AbstractRouteDef] = (),
    *,
    trusted: Collection[Network] = (),
    body_limit: int = BODY_LIMIT,
) -> web.Application:
    """An application that answers `routes`, each with a request id, safe headers and plain JSON errors.

    `trusted` are the proxies whose word about the sender's address counts. More routes and
    sub-applications may be added until it is started.
    """
    app = web.Application(
        middlewares=[identify, measure(metrics), plain_errors, limit_rate(trusted), limit_body],
        client_max_size=body_limit,
    )
    app.on_response_prepare.append(add_headers)
    app.add_routes(routes)
    return app
