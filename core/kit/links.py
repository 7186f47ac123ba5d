"""Capabilities in links: sealed ones that can be shown again, and single-use ones kept only as a hash."""

import base64
import hashlib
import hmac
import secrets
import struct
from dataclasses import dataclass

from core.kit.secret_key import derive

_HEAD = struct.Struct(">QI")
SEALED_LENGTH = 59  # characters; fits a Telegram start parameter (64) with a short prefix


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """What a sealed link stands for: a row's id and the generation that must still be the row's own."""

    row: int
    generation: int


class Links:
    """Seals and opens links with the secret key; a new generation of a row revokes all its earlier links."""

    def __init__(self, secret_key: str) -> None:
        self._key = derive(secret_key, "links")

    def seal(self, kind: str, row: int, generation: int = 0) -> str:
        """The capability of a `kind` of link (`meeting`, `calendar` ...) to a row.

        The same for the same input; 59 characters of A-Z, a-z, 0-9, _ and -.
        Ids are 0 to 2**64 - 1, generations 0 to 2**32 - 1.
        """
        head = _HEAD.pack(row, generation)
        mac = hmac.digest(self._key, kind.encode() + b"\0" + head, hashlib.sha256)
        return base64.urlsafe_b64encode(head + mac).decode().rstrip("=")

    def digits(self, kind: str, row: int) -> str:
        """A code of six digits for a row, the same for the same input; for what is tried a few times only."""
        mac = hmac.digest(self._key, b"digits\0" + kind.encode() + b"\0" + _HEAD.pack(row, 0), hashlib.sha256)
        return f"{int.from_bytes(mac) % 10**6:06}"

    def open(self, kind: str, capability: str) -> Sealed | None:
        """What was sealed, or None unless this key made exactly this text for this kind.

        Compares in constant time. The caller still compares the generation with the row's.
        """
        sealed = _head(capability)
        if sealed is None:
            return None
        whole = self.seal(kind, sealed.row, sealed.generation)
        return sealed if hmac.compare_digest(whole, capability) else None


def _head(capability: str) -> Sealed | None:
    if len(capability) != SEALED_LENGTH or not capability.isascii():
        return None
    try:
        raw = base64.b64decode(capability + "=", altchars=b"-_", validate=True)
    except ValueError:
        return None
    row, generation = _HEAD.unpack_from(raw)
    return Sealed(row=row, generation=generation)


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleUse:
    """A new single-use token: `text` goes into the link and is then forgotten, `digest` is stored."""

    text: str
    digest: bytes


def new_single_use() -> SingleUse:
    """A token of 256 random bits in 43 characters."""
    text = secrets.token_urlsafe(32)
    return SingleUse(text=text, digest=digest(text))


def digest(text: str) -> bytes:
    """The SHA-256 under which a single-use token is stored and found."""
    return hashlib.sha256(text.encode(errors="surrogatepass")).digest()
