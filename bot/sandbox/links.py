"""Which addresses Telegram takes in links and buttons, and in which form it gives them back."""

import re
from urllib.parse import urlsplit, urlunsplit

from bot.sandbox.errors import bad_request

_SCHEMES = {"http", "https", "tg", "ton", "tonsite"}
_HOST = re.compile(r"[^\s/?#@:<>\"']+", re.ASCII)


def normal_link(link: str) -> str | None:
    """The address as Telegram keeps it, or None where it would refuse it.

    A scheme is added where there is none and a host needs a dot in it, so `http://localhost` is
    refused (tdlib, LinkManager::check_link).
    """
    link = link.strip()
    if "://" not in link and not link.startswith("tg:"):
        link = f"http://{link}"
    try:
        parts = urlsplit(link)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return None
    if parts.scheme in {"tg", "ton", "tonsite"}:
        return link
    if parts.scheme not in _SCHEMES or "." not in host.strip(".") or not _HOST.fullmatch(host):
        return None
    return urlunsplit((parts.scheme, parts.netloc.lower(), parts.path or "/", parts.query, parts.fragment))


def button_link(link: str, what: str, *, https_only: bool = False) -> str:
    """The address of a button in Telegram's form; `what` names the button in the refusal."""
    normal = normal_link(link)
    if normal is None:
        raise bad_request(f"{what} '{link}' is invalid: Wrong HTTP URL")
    if https_only and not normal.startswith("https://"):
        raise bad_request(f"{what} '{link}' is invalid: Only HTTPS links are allowed")
    return normal
