"""How single settings are read: each function returns the usable form or raises ValueError."""

import base64
import re
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

from pydantic import SecretStr

from core.kit.mail_address import is_mail_address


def folder(path: Path) -> Path:
    """The absolute path, `~` expanded."""
    if not str(path).isprintable():
        raise ValueError
    try:
        return path.expanduser().absolute()
    except RuntimeError as error:
        raise ValueError from error


def split_commas(text: str) -> list[str]:
    """The parts of `a, b` without the blanks around them."""
    return [part.strip() for part in text.split(",") if part.strip()]


def http_url(text: str) -> str:
    """An http or https address without query and without a slash at its end."""
    parts = _address(text, {"http", "https"})
    if parts.query or parts.fragment:
        raise ValueError
    return text.rstrip("/")


def https_url(text: str) -> str:
    """An https address, as Telegram and mail readers will open."""
    _address(text, {"https"})
    return http_url(text)


def meeting_url(text: str) -> str:
    """An http or https address, in which `{counselor}` and `{meeting}` are put in for each meeting."""
    filled = text.replace("{counselor}", "x").replace("{meeting}", "x")
    parts = _address(filled, {"http", "https"})
    if "{" in filled or "}" in filled or text.partition("://")[2].partition("/")[0] != parts.netloc:
        raise ValueError
    return text


def livekit_url(text: str) -> str:
    """The address of a LiveKit server, as its clients or as its API are called."""
    parts = _address(text, {"ws", "wss", "http", "https"})
    if parts.query or parts.fragment:
        raise ValueError
    return text.rstrip("/")


def rsa_key(key: SecretStr) -> SecretStr:
    """A private key in PEM form; ValueError for another kind, or one that needs a password."""
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        loaded = load_pem_private_key(key.get_secret_value().encode(), password=None)
    except (TypeError, ValueError) as error:
        raise ValueError from error
    if not isinstance(loaded, RSAPrivateKey):
        raise ValueError  # noqa: TRY004 - pydantic asks for a ValueError
    return key


def origin(text: str) -> str:
    """Scheme, host and perhaps port, as browsers name an origin."""
    parts = _address(text, {"http", "https"})
    if parts.path.rstrip("/") or parts.query or parts.fragment:
        raise ValueError
    return f"{parts.scheme}://{parts.netloc}".lower()


def telegram_token(token: SecretStr) -> SecretStr:
    """`<bot id>:<secret>`; only Telegram knows whether it is right."""
    return _matching(token, r"\d{1,20}:[A-Za-z0-9_-]+")


def webhook_secret(secret: SecretStr) -> SecretStr:
    """What Telegram accepts as `secret_token` (core.telegram.org/bots/api#setwebhook)."""
    return _matching(secret, r"[A-Za-z0-9_-]{1,256}")


def signing_secret(secret: SecretStr) -> SecretStr:
    """What Standard Webhooks are signed with: base64, with or without its prefix."""
    if not base64.b64decode(secret.get_secret_value().removeprefix("whsec_") + "=="):
        raise ValueError
    return secret


def smtp_url(url: SecretStr) -> SecretStr:
    """The address of a mail server, plain or encrypted from the first byte."""
    _address(url.get_secret_value(), {"smtp", "smtps"}, with_password=True)
    return url


def sender(text: str) -> str:
    """`address` or `Name <address>`."""
    name, address = parseaddr(text)
    if not is_mail_address(address) or any(not each.isprintable() for each in name):
        raise ValueError
    return text


def database_url(url: SecretStr) -> SecretStr:
    """The URL with the asynchronous driver: a SQLite file or a PostgreSQL server."""
    scheme, separator, rest = url.get_secret_value().partition("://")
    dialect = scheme.partition("+")[0]
    if not separator or dialect not in DATABASES:
        raise ValueError
    return SecretStr(DATABASES[dialect](rest))


def _sqlite(rest: str) -> str:
    path = rest.partition("?")[0].removeprefix("/")
    if not rest.startswith("/") or path in {"", ":memory:"}:
        raise ValueError
    return f"sqlite+aiosqlite://{rest}"


def _postgresql(rest: str) -> str:
    """`sslmode`, as libpq calls it, is `ssl` to asyncpg."""
    parts = urlsplit(f"postgresql+asyncpg://{rest}")
    if not parts.path.strip("/"):
        raise ValueError
    options = [("ssl" if name == "sslmode" else name, value) for name, value in parse_qsl(parts.query)]
    return parts._replace(query=urlencode(options)).geturl()


DATABASES = {"sqlite": _sqlite, "postgresql": _postgresql, "postgres": _postgresql}


def _matching(secret: SecretStr, pattern: str) -> SecretStr:
    if not re.fullmatch(pattern, secret.get_secret_value(), re.ASCII):
        raise ValueError
    return secret


def _address(text: str, schemes: set[str], *, with_password: bool = False) -> SplitResult:
    parts = urlsplit(text)  # ValueError for a malformed host
    _ = parts.port  # ValueError for a malformed port
    if parts.scheme not in schemes or not parts.hostname or not text.isprintable() or " " in text:
        raise ValueError
    if "@" in parts.netloc and not with_password:
        raise ValueError
    return parts
