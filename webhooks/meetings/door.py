"""`/meeting/<capability>`: a countdown before the time, the way in while it is open, a good-bye afterwards.

Looking (GET, HEAD) never joins and makes no token: programs that preview links or check mails open them too.
Joining takes a form that a person submits (POST), which such programs do not do.
"""

import re
import secrets
from dataclasses import asdict
from http import HTTPStatus
from pathlib import Path

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from core.domain.errors import Conflict, NotFound
from core.domain.zones import zone
from core.kit.i18n import Texts, guess, texts
from core.services.joining import Guest, Joining
from webhooks.meetings.words import Page, at_the_door, in_trouble, nowhere, preview

PATH = "/meeting/{capability}"
PREVIEWERS = re.compile(
    r"(?<!cu)bot\b|crawler|spider|preview|facebookexternalhit|facebookcatalog|^whatsapp/|embedly|linkexpanding"
    r"|vkshare|google-safety|^(?:python|curl|wget|java|go-http)",
    re.IGNORECASE,
)
"""User agents of programs that look at links on behalf of somebody; they are told nothing about anybody.

Apps that show pages themselves must not be among them, nor phones made by Cubot.
"""
POLICY = (
    "default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; img-src data:; "
    "base-uri 'none'; form-action 'self' https: http:; frame-ancestors 'none'"
)
"""Browsers hold `form-action` against where a form is sent on to as well: to any provider."""


def create_door_routes(joining: Joining) -> list[web.RouteDef]:
    """`GET`, `HEAD` and `POST` of a person's own link."""
    folder = Path(__file__).with_name("page")
    environment = Environment(
        loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    template = environment.get_template("door.html")

    def show(t: Texts, page: Page, status: HTTPStatus = HTTPStatus.OK) -> web.Response:
        nonce = secrets.token_urlsafe(16)
        html = template.render(**asdict(page), lang=t.locale, nonce=nonce, title=t("Your meeting"))
        headers = {"Content-Security-Policy": POLICY.format(nonce=nonce), "X-Robots-Tag": "noindex, nofollow"}
        return web.Response(text=html, content_type="text/html", status=status, headers=headers)

    async def look(request: web.Request) -> web.Response:
        try:
            guest = await joining.look(request.match_info["capability"])
        except NotFound:
            return show(_of_browser(request), nowhere(_of_browser(request)), HTTPStatus.NOT_FOUND)
        t = _of_guest(guest)
        return show(t, preview(t) if _previews(request) else at_the_door(t, guest))

    async def join(request: web.Request) -> web.Response:
        if _previews(request):
            return await look(request)
        capability = request.match_info["capability"]
        try:
            address = await joining.enter(capability)
        except NotFound:
            return await look(request)
        except Conflict as error:
            if error.code != "meeting_unavailable":
                return await look(request)
            guest = await joining.look(capability)
            t = _of_guest(guest)
            return show(t, in_trouble(t, guest), HTTPStatus.SERVICE_UNAVAILABLE)
        return web.Response(status=HTTPStatus.SEE_OTHER, headers={"Location": address})

    return [web.get(PATH, look), web.post(PATH, join)]


def _previews(request: web.Request) -> bool:
    agent = request.headers.get("User-Agent", "")
    return not agent or PREVIEWERS.search(agent) is not None


def _of_guest(guest: Guest) -> Texts:
    """In the guest's language, on their clock."""
    return texts(guest.person.locale, zone(guest.person.zone or guest.counselor.zone))


def _of_browser(request: web.Request) -> Texts:
    """For somebody we do not know: the language that their browser asks for first (RFC 9110, 12.5.4)."""
    wanted = request.headers.get("Accept-Language", "").partition(",")[0].partition(";")[0].strip()
    return texts(guess(wanted or None), zone("UTC"))
