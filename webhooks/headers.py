"""Headers that every answer carries."""

from collections.abc import Mapping

from aiohttp import web

from webhooks.middleware import REQUEST_ID

DEFAULTS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""The strictest values; a page that needs more sets its own (https://owasp.org/www-project-secure-headers/)."""


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Add what the handler did not set; for the signal `on_response_prepare`."""
    for name, value in DEFAULTS.items():
        response.headers.setdefault(name, value)
    response.headers["Server"] = "confer"
    response.headers["X-Request-Id"] = request.get(REQUEST_ID, "-")
