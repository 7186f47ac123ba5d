"""Turning what goes wrong into plain JSON answers, without traces or words of the library."""

import logging
from http import HTTPStatus

from aiohttp import web
from aiohttp.typedefs import Handler

from webhooks.middleware import REQUEST_ID

logger = logging.getLogger(__name__)

FIRST_ERROR = 400
RENAMED = {
    413: "content_too_large",
    414: "uri_too_long",
    416: "range_not_satisfiable",
    422: "unprocessable_content",
}
"""What RFC 9110 calls them; Python before 3.13 says it otherwise, and a code is to be the same everywhere."""
KEPT = ("Allow", "Retry-After", "WWW-Authenticate")


@web.middleware
async def plain_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer every error as `{"error": code, "request_id": …}`; what nobody expected is logged, and a 500."""
    try:
        return await handler(request)
    except web.HTTPException as error:
        if error.status < FIRST_ERROR:
            raise
        return _as_json(request, error)
    except Exception:
        logger.exception("request failed")
        return refusal(request, HTTPStatus.INTERNAL_SERVER_ERROR)


def refusal(request: web.Request, status: HTTPStatus) -> web.Response:
    """An answer in the form of all errors; the code is the status in words, such as `not_found`."""
    code = RENAMED.get(status) or status.phrase.lower().replace(" ", "_")
    body = {"error": code, "request_id": request[REQUEST_ID]}
    return web.json_response(body, status=status)


def _as_json(request: web.Request, error: web.HTTPException) -> web.Response:
    answer = refusal(request, HTTPStatus(error.status))
    answer.headers.update({name: error.headers[name] for name in KEPT if name in error.headers})
    return answer
