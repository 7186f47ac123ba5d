"""Lets in only who sits at this machine: its own addresses, its own pages."""

from collections.abc import Awaitable, Callable
from ipaddress import ip_address

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_NAMES = ("127.0.0.1", "localhost", "[::1]")
_OWN_FETCHES = ("", "same-origin", "none")


def guarded(handler: Handler) -> Handler:
    """The handler behind the guard.

    A foreign Host is how a rebound name of a strange page arrives, a foreign Origin is that page
    itself; both are answered with 403, and so is a connection from another machine.
    """

    async def checked(request: web.Request) -> web.StreamResponse:
        if not _is_local(request):
            return web.json_response({"ok": False, "error_code": 403, "description": "Forbidden"}, status=403)
        return await handler(request)

    return checked


def _is_local(request: web.Request) -> bool:
    socket_name = request.transport.get_extra_info("sockname") if request.transport else None
    if not isinstance(socket_name, tuple) or not _is_loopback(socket_name[0]):
        return False
    hosts = {f"{name}:{socket_name[1]}" for name in _NAMES}
    if socket_name[1] == 80:
        hosts.update(_NAMES)
    origins = {f"http://{host}" for host in hosts} | {None}
    return (
        request.headers.get("Host") in hosts
        and request.headers.get("Origin") in origins
        and request.headers.get("Sec-Fetch-Site", "") in _OWN_FETCHES
    )


def _is_loopback(address: str) -> bool:
    parsed = ip_address(address.split("%", maxsplit=1)[0])
    mapped = getattr(parsed, "ipv4_mapped", None)
    return bool((mapped or parsed).is_loopback)
