"""What vendors tell: verified first, kept before it is answered, and asked for again when that fails."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from io import BytesIO

import pytest
from aiohttp import ClientSession, web

from core.ports.clock import FixedClock
from tests.conftest import START
from webhooks.vendors import Delivery, Forged, Malformed, create_vendor_route

Serve = Callable[[list[web.RouteDef]], Awaitable[str]]
PATH = "/webhooks/vendor"


def verify(headers: Mapping[str, str], body: bytes, now: datetime) -> Delivery[str]:
    """A vendor that signs with one word."""
    assert now == START
    if headers.get("X-Sign") != "right":
        raise Forged
    if body == b"?":
        raise Malformed
    return Delivery(answer={"proof": 1}) if body == b"challenge" else Delivery(told=body.decode() or None)


class Kept:
    """What was kept; fails when it is `full`."""

    def __init__(self) -> None:
        self.facts: list[str] = []
        self.full = False

    async def __call__(self, fact: str) -> None:
        if self.full:
            raise OSError("no room left")
        self.facts.append(fact)


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
async def hook(serve: Serve, kept: Kept) -> str:
    return await serve([create_vendor_route(PATH, verify, kept, FixedClock(START))]) + PATH


@pytest.mark.parametrize(
    ("sign", "body", "status", "facts"),
    [
        ("right", b"fact", 204, ["fact"]),
        ("right", b"", 204, []),
        ("right", b"?", 400, []),
        ("wrong", b"fact", 401, []),
        ("wrong", b"?", 401, []),
    ],
)
async def test_only_what_is_genuine_and_understood_is_kept(
    hook: str, http: ClientSession, kept: Kept, sign: str, body: bytes, status: int, facts: list[str]
) -> None:
    async with http.post(hook, data=body, headers={"X-Sign": sign}) as answer:
        assert answer.status == status
    assert kept.facts == facts


async def test_a_challenge_is_answered(hook: str, http: ClientSession, kept: Kept) -> None:
    async with http.post(hook, data=b"challenge", headers={"X-Sign": "right"}) as answer:
        assert (answer.status, await answer.json()) == (200, {"proof": 1})
    assert kept.facts == []


async def test_what_could_not_be_kept_is_asked_for_again(hook: str, http: ClientSession, kept: Kept) -> None:
    kept.full = True
    async with http.post(hook, data=b"fact", headers={"X-Sign": "right"}) as answer:
        assert answer.status == 500
    kept.full = False
    async with http.post(hook, data=b"fact", headers={"X-Sign": "right"}) as answer:
        assert answer.status == 204
    assert kept.facts == ["fact"]


async def test_a_body_over_the_limit_is_not_read(hook: str, http: ClientSession, kept: Kept) -> None:
    async with http.post(hook, data=BytesIO(b"x" * 2_000_000), headers={"X-Sign": "right"}) as answer:
        assert answer.status == 413
    assert kept.facts == []
