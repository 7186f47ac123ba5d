"""Over the limit an address is told how long to wait, and nobody else notices."""

from collections.abc import AsyncIterator
from ipaddress import ip_network

import pytest
from aiohttp import ClientSession, web
from limits import RateLimitItemPerMinute

from webhooks.errors import plain_errors
from webhooks.middleware import identify
from webhooks.rate_limits import limit_rate
from webhooks.server import start

LOCAL = (ip_network("127.0.0.1/32"),)


async def page(_: web.Request) -> web.Response:
    return web.Response(text="hello")


async def refused(_: web.Request) -> web.Response:
    return web.Response(status=401)


@pytest.fixture
async def url() -> AsyncIterator[str]:
    limits = {"requests": RateLimitItemPerMinute(5), "misses": RateLimitItemPerMinute(2)}
    app = web.Application(middlewares=[identify, plain_errors, limit_rate(LOCAL, **limits)])
    app.add_routes([web.get("/", page), web.get("/refused", refused)])
    server = await start(app, "127.0.0.1", 0)
    yield server.url
    await server.stop()


async def statuses(http: ClientSession, url: str, sender: str, times: int) -> list[int]:
    found = []
    for _ in range(times):
        async with http.get(url, headers={"X-Forwarded-For": sender}) as answer:
            found.append(answer.status)
    return found


async def test_an_address_may_ask_so_often_and_others_are_not_disturbed(
    http: ClientSession, url: str
) -> None:
    assert await statuses(http, url, "198.51.100.1", 7) == [200] * 5 + [429] * 2
    assert await statuses(http, url, "198.51.100.2", 1) == [200]


@pytest.mark.parametrize("path", ["/refused", "/no-such-path"])
async def test_whoever_guesses_is_stopped_early(http: ClientSession, url: str, path: str) -> None:
    first, second, third = await statuses(http, url + path, "198.51.100.1", 3)
    assert first == second != 429
    assert third == 429
    assert await statuses(http, url, "198.51.100.1", 1) == [429]
    assert await statuses(http, url, "198.51.100.2", 1) == [200]


async def test_the_refusal_says_how_long_to_wait(http: ClientSession, url: str) -> None:
    await statuses(http, f"{url}/refused", "198.51.100.1", 2)
    async with http.get(url, headers={"X-Forwarded-For": "198.51.100.1"}) as answer:
        assert answer.status == 429
        assert 1 <= int(answer.headers["Retry-After"]) <= 60
        assert (await answer.json())["error"] == "too_many_requests"


async def test_the_addresses_of_one_household_count_together(http: ClientSession, url: str) -> None:
    found = [await statuses(http, url, f"2001:db8:0:1::{number:x}", 1) for number in range(1, 7)]
    assert found == [[200]] * 5 + [[429]]
    assert await statuses(http, url, "2001:db8:0:2::1", 1) == [200]


async def test_this_machine_itself_is_never_refused(http: ClientSession, url: str) -> None:
    for _ in range(7):
        async with http.get(url) as answer:
            assert answer.status == 200
