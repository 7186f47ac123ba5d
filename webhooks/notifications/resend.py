"""`/webhooks/resend`: what the mail service tells of returned mails (resend.com/docs/dashboard/webhooks)."""

import json
from collections.abc import Mapping
from typing import Any

from aiohttp import web
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from core.services.bounces import Bounces, Returned, Trouble

PATH = "/webhooks/resend"
NAMES = ("id", "timestamp", "signature")
FINAL = "Permanent"
"""The type of a bounce after which no mail will arrive; others are the mail service's to repeat."""


def create_resend_routes(secret: str, bounces: Bounces) -> list[web.RouteDef]:
    """`POST /webhooks/resend`: 401 unless signed as Standard Webhooks has it, 400 for what cannot be read.

    2xx is said after the fact is kept; facts of other types are none of ours.
    """
    hook = Webhook(secret)

    async def receive(request: web.Request) -> web.Response:
        body = await request.read()
        headers = _standard(request.headers)
        try:
            hook.verify(body, headers, json_parse=False)
        except (WebhookVerificationError, ValueError):  # the second for a signature that is none
            raise web.HTTPUnauthorized from None
        told = _read(headers["webhook-id"], body)
        if told is not None:
            await bounces.take_in(told)
        return web.Response(status=204)

    return [web.post(PATH, receive)]


def _standard(headers: Mapping[str, str]) -> dict[str, str]:
    """The signature's headers under their standard names; Resend sends them as `svix-…`."""
    found = {name: headers.get(f"webhook-{name}") or headers.get(f"svix-{name}", "") for name in NAMES}
    return {f"webhook-{name}": value for name, value in found.items()}


def _read(fact_id: str, body: bytes) -> Returned | None:
    try:
        fact = json.loads(body)
        data = fact.get("data") or {}
        trouble = _trouble(str(fact.get("type")), data)
        addresses = tuple(str(each) for each in data.get("to", ()))
    except (ValueError, AttributeError, TypeError):
        raise web.HTTPBadRequest from None
    return Returned(id=fact_id, trouble=trouble, addresses=addresses) if trouble and addresses else None


def _trouble(kind: str, data: Mapping[str, Any]) -> Trouble | None:
    if kind == "email.complained":
        return Trouble.COMPLAINED
    if kind == "email.bounced" and (data.get("bounce") or {}).get("type", FINAL) == FINAL:
        return Trouble.BOUNCED
    return None
