"""setWebhook, deleteWebhook and getWebhookInfo."""

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from bot.sandbox.arguments import Arguments
from bot.sandbox.delivery import Delivery
from bot.sandbox.errors import bad_request
from bot.sandbox.polling import Polling, read_allowed
from bot.sandbox.store import Json
from bot.sandbox.world import World

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


class Described(NamedTuple):
    """A result that comes with a sentence about it."""

    result: object
    description: str


class Webhook:
    """Where updates are sent; setting it ends polling, and the other way round."""

    def __init__(self, polling: Polling, delivery: Delivery) -> None:
        self._polling = polling
        self._delivery = delivery

    async def set_webhook(self, world: World, arguments: Arguments) -> Described:
        """https://core.telegram.org/bots/api#setwebhook; no certificates, no fixed address."""
        url = arguments.text("url").strip()
        if not url:
            return await self.delete_webhook(world, arguments)
        new = {
            "url": _checked(url),
            "secret_token": _secret(arguments),
            "max_connections": min(max(arguments.integer("max_connections", 40), 1), 100),
        }
        read_allowed(world, arguments)
        _drop_pending(world, arguments)
        old = world.settings.get("webhook", {})
        if {key: old.get(key) for key in new} == new:
            return Described(True, "Webhook is already set")
        self._polling.end("terminated by setWebhook request")
        await self._switch(world, new)
        return Described(True, "Webhook was set")

    async def delete_webhook(self, world: World, arguments: Arguments) -> Described:
        """https://core.telegram.org/bots/api#deletewebhook."""
        _drop_pending(world, arguments)
        if not world.settings.get("webhook", {}).get("url"):
            return Described(True, "Webhook is already deleted")
        await self._switch(world, {"url": ""})
        return Described(True, "Webhook was deleted")

    async def get_webhook_info(self, world: World, _arguments: Arguments) -> Json:
        """https://core.telegram.org/bots/api#getwebhookinfo."""
        webhook = world.settings.get("webhook", {"url": ""})
        info: Json = {
            "url": webhook["url"],
            "has_custom_certificate": False,
            "pending_update_count": len(world.updates.pending(world.now())),
        }
        shown = ("max_connections", "last_error_date", "last_error_message")
        info |= {key: webhook[key] for key in shown if key in webhook}
        if world.updates.allowed:
            info["allowed_updates"] = world.updates.allowed
        return info

    async def _switch(self, world: World, webhook: Json) -> None:
        await self._delivery.stop()
        world.keep_setting("webhook", webhook)
        self._delivery.start()


def _checked(url: str) -> str:
    """HTTPS anywhere; HTTP on this machine only, as with the real server's --local."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise bad_request("bad webhook: invalid webhook URL specified") from None
    if parts.scheme not in ("http", "https") or not host:
        raise bad_request("bad webhook: invalid webhook URL specified")
    if parts.scheme == "http" and host not in _LOOPBACK:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    return url


def _secret(arguments: Arguments) -> str:
    secret = arguments.text("secret_token")
    if secret and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    return secret


def _drop_pending(world: World, arguments: Arguments) -> None:
    if arguments.flag("drop_pending_updates"):
        for update in world.updates.pending(world.now()):
            world.updates.forget(update.id)
