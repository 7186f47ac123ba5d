"""One line in the log for each request, with nothing in it that a caller could hide a secret in."""

import logging

from aiohttp import web
from aiohttp.abc import AbstractAccessLogger

from core.kit.logs import log_context
from webhooks.middleware import REQUEST_ID

QUIET = ("/healthz", "/readyz", "/metrics", "/sandbox", "/bot{token}")
UNKNOWN = "(no such path)"


class AccessLog(AbstractAccessLogger):
    """Names the route's pattern (`/meeting/{capability}`) and never the path or the query itself.

    What probes and the sandbox ask for many times a minute goes to the debug level while it goes well.
    """

    @property
    def enabled(self) -> bool:
        """Whether anything would be written."""
        return self.logger.isEnabledFor(logging.INFO)

    def log(self, request: web.BaseRequest, response: web.StreamResponse, time: float) -> None:
        """Write the line; `time` is in seconds."""
        route, status = route_of(request), response.status
        level = logging.DEBUG if route.startswith(QUIET) and status < 400 else logging.INFO
        with log_context(
            request_id=request.get(REQUEST_ID, "-"),
            milliseconds=round(time * 1000, 1),
            bytes=response.body_length,
        ):
            self.logger.log(level, "%s %s %d", request.method, route, status)


def route_of(request: web.BaseRequest) -> str:
    """The pattern of the route that answers, `UNKNOWN` where there is none."""
    if not isinstance(request, web.Request):
        return UNKNOWN
    resource = request.match_info.route.resource
    return UNKNOWN if resource is None else resource.canonical
