"""Calls to a provider's interface, with each trouble in the words of the port."""

import json
from collections.abc import Mapping
from typing import Any

import aiohttp

from core.ports.trouble import AuthExpired, Rejected, Unavailable

SECONDS = 8.0
LONGEST_WAIT = 3600.0
LONGEST_REASON = 200


class Api:
    """One provider over HTTP; connections are opened when they are needed and kept until `close`."""

    def __init__(self, name: str, *, seconds: float = SECONDS) -> None:
        self._name = name
        self._timeout = aiohttp.ClientTimeout(total=seconds)
        self._session: aiohttp.ClientSession | None = None

    async def call(
        self, method: str, url: str, *, headers: Mapping[str, str], **content: Any
    ) -> dict[str, Any] | None:
        """The answer's JSON object, empty where there is none; None for something that does not exist.

        `content` is `json`, `data` or `params` as aiohttp takes them. Raises the troubles of the port.
        """
        try:
            async with self._open().request(
                method, url, headers=headers, allow_redirects=False, **content
            ) as answer:
                return self._read(answer, await answer.read())
        except (aiohttp.ClientError, TimeoutError) as error:
            raise Unavailable(f"{self._name}: {type(error).__name__}") from error

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=self._timeout)
        return self._session

    def _read(self, answer: aiohttp.ClientResponse, body: bytes) -> dict[str, Any] | None:
        status = answer.status
        if status == 404:
            return None
        if status == 429 or status >= 500:
            raise Unavailable(f"{self._name} answers {status}", _wait(answer.headers))
        if status in {401, 403}:
            raise AuthExpired(f"{self._name} answers {status}: {_reason(body)}")
        if status >= 300:
            raise Rejected(f"{self._name} answers {status}: {_reason(body)}")
        found = _object(body)
        if found is None:
            raise Unavailable(f"{self._name} answers what is no JSON")
        return found


def _wait(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait, where the provider says so in seconds (RFC 9110, 10.2.3)."""
    said = headers.get("Retry-After", "")
    return min(float(said), LONGEST_WAIT) if said.isascii() and said.isdigit() else None


def _object(body: bytes) -> dict[str, Any] | None:
    if not body.strip():
        return {}
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _reason(body: bytes) -> str:
    """The provider's own words, where it has some; never a whole page."""
    found = _object(body) or {}
    said = (
        found.get("message") or found.get("msg") or found.get("reason") or found.get("error") or "no reason"
    )
    return str(said)[:LONGEST_REASON]
