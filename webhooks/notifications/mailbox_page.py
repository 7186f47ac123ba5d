"""The pages of the sandbox's mailbox: the mails that were sent, and every mail there is."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import cache

from aiohttp import web
from jinja2 import Environment, PackageLoader, StrictUndefined

from webhooks.notifications.mailbox import KeptMail, Mailbox

PATH = "/sandbox/mail"
Guard = Callable[
    [Callable[[web.Request], Awaitable[web.StreamResponse]]],
    Callable[[web.Request], Awaitable[web.StreamResponse]],
]
"""Lets in only who sits at this machine."""
Gallery = Callable[[], Sequence[KeptMail]]
"""One mail of every kind in every language; each name is `<language>/<kind>`."""

PAGE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-popups"
)
SHOWN = ("From", "To", "Reply-To", "Subject", "Date", "Message-ID", "Auto-Submitted", "List-Unsubscribe")


def create_mailbox_routes(mailbox: Mailbox, gallery: Gallery, guard: Guard) -> list[web.RouteDef]:
    """`/sandbox/mail`: the list, one mail with its headers, and `/sandbox/mail/every` for all kinds."""
    pages = _Pages(mailbox, gallery)
    handlers = {
        "": pages.sent,
        "/every": pages.every,
        "/every/{language}/{kind}": pages.sample,
        "/every/{language}/{kind}/html": pages.sample_html,
        "/{name}": pages.one,
        "/{name}/html": pages.one_html,
    }
    return [web.get(f"{PATH}{path}", guard(handler)) for path, handler in handlers.items()]


class _Pages:
    def __init__(self, mailbox: Mailbox, gallery: Gallery) -> None:
        self._mailbox = mailbox
        self._gallery = cache(gallery)

    async def sent(self, _: web.Request) -> web.StreamResponse:
        mails = await asyncio.to_thread(self._mailbox.newest)
        return _page("list", title="Mailbox", path=PATH, mails=list(_lines(mails)), every=False)

    async def every(self, _: web.Request) -> web.StreamResponse:
        mails = list(_lines(self._gallery()))
        return _page("list", title="Every mail", path=f"{PATH}/every", mails=mails, every=True)

    async def one(self, request: web.Request) -> web.StreamResponse:
        return _shown(await self._kept(request), PATH)

    async def one_html(self, request: web.Request) -> web.StreamResponse:
        return _framed(await self._kept(request))

    async def sample(self, request: web.Request) -> web.StreamResponse:
        return _shown(self._sample(request), f"{PATH}/every")

    async def sample_html(self, request: web.Request) -> web.StreamResponse:
        return _framed(self._sample(request))

    async def _kept(self, request: web.Request) -> KeptMail:
        mail = await asyncio.to_thread(self._mailbox.get, request.match_info["name"])
        if mail is None:
            raise web.HTTPNotFound
        return mail

    def _sample(self, request: web.Request) -> KeptMail:
        name = f"{request.match_info['language']}/{request.match_info['kind']}"
        for mail in self._gallery():
            if mail.name == name:
                return mail
        raise web.HTTPNotFound


def _lines(mails: Sequence[KeptMail]) -> Iterator[dict[str, str]]:
    for mail in mails:
        headers = {name: str(mail.message[name]) for name in ("To", "Subject", "Date")}
        yield {"name": mail.name, **headers}


def _shown(mail: KeptMail, path: str) -> web.Response:
    headers = [(name, str(mail.message[name])) for name in SHOWN if mail.message[name]]
    title = str(mail.message["Subject"])
    return _page("mail", title=title, frame=f"{path}/{mail.name}/html", headers=headers, text=mail.text)


def _framed(mail: KeptMail) -> web.Response:
    """The mail's own page; it stands in a frame and may do nothing there."""
    headers = {"Content-Security-Policy": MAIL_POLICY, "X-Frame-Options": "SAMEORIGIN"}
    return web.Response(text=mail.html, content_type="text/html", headers=headers)


def _page(name: str, **values: object) -> web.Response:
    page = _environment().get_template(f"mailbox_{name}.html.j2").render(**values)
    return web.Response(text=page, content_type="text/html", headers={"Content-Security-Policy": PAGE_POLICY})


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("webhooks.notifications"), autoescape=True, undefined=StrictUndefined
    )
