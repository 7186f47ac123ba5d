"""`/unsubscribe/<capability>`: a page with one button, and the POST that mail readers make (RFC 8058)."""

from functools import cache

from aiohttp import web
from jinja2 import Environment, PackageLoader, StrictUndefined

from core.domain.channel import Topic
from core.domain.errors import NotFound
from core.domain.zones import zone
from core.kit.i18n import Texts, msgid, texts
from core.services.choices import NotificationChoices, Subscription

PATH = "/unsubscribe/{capability}"
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
TOPICS = {
    Topic.REMINDERS: msgid("Reminders of your sessions"),
    Topic.AFTERWARDS: msgid("E-mails after a session: how it went, and reviews"),
    Topic.OFFERS: msgid("E-mails about free times and sessions still to schedule"),
}


def create_unsubscribe_routes(choices: NotificationChoices) -> list[web.RouteDef]:
    """GET only shows the page, so that a link that is merely looked at changes nothing; POST does it."""

    async def show(request: web.Request) -> web.Response:
        try:
            return _page(await choices.subscription(request.match_info["capability"]))
        except NotFound:
            raise web.HTTPNotFound from None

    async def turn_off(request: web.Request) -> web.Response:
        try:
            return _page(await choices.unsubscribe(request.match_info["capability"]))
        except NotFound:
            raise web.HTTPNotFound from None

    return [web.get(PATH, show), web.post(PATH, turn_off)]


def _page(found: Subscription) -> web.Response:
    t: Texts = texts(found.person.locale, zone("UTC"))
    topic = t(TOPICS[found.topic])
    values = {"t": t, "topic": topic, "on": found.on, "chat": found.person.telegram_id is not None}
    page = _environment().get_template("unsubscribe.html.j2").render(values)
    headers = {"Content-Security-Policy": POLICY}
    return web.Response(text=page, content_type="text/html", headers=headers)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("webhooks.notifications"), autoescape=True, undefined=StrictUndefined
    )
