"""Strange pages and strange names get nothing."""

import socket

import pytest
from aiohttp import ClientSession, web
from yarl import URL

from bot.sandbox.guard import guarded

PATHS = ("/sandbox", "/sandbox/events", "/bot100200300:a-test-token/getMe", "/sandbox/page/base.css")
PORT = "{port}"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "127.0.0.1:{port}"}, 200),
        ({"Host": "localhost:{port}"}, 200),
        ({"Host": "[::1]:{port}"}, 200),
        ({"Host": "localhost:{port}", "Origin": "http://localhost:{port}"}, 200),
        ({"Host": "localhost"}, 403),
        ({"Host": "localhost:1"}, 403),
        ({"Host": "evil.example:{port}"}, 403),
        ({"Host": "127.0.0.1.evil.example:{port}"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "https://localhost:{port}"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
    ],
)
async def test_only_this_machine_s_own_pages_get_in(
    url: str, http: ClientSession, headers: dict[str, str], status: int
) -> None:
    port = str(URL(url).port)
    sent = {name: value.replace(PORT, port) for name, value in headers.items()}
    for path in PATHS:
        async with http.get(url + path, headers=sent) as answer:
            assert answer.status == status
            assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("path", ["/sandbox/people", "/sandbox/clock", "/sandbox/people/700100201/send"])
async def test_a_strange_page_cannot_act(url: str, http: ClientSession, path: str) -> None:
    body = {"text": "x", "first_name": "x", "seconds": 60}
    async with http.post(url + path, json=body, headers={"Origin": "http://evil.example"}) as answer:
        assert answer.status == 403


async def test_an_address_that_is_not_loopback_is_refused(http: ClientSession) -> None:
    async def hello(_request: web.Request) -> web.Response:
        return web.Response(text="hello")

    app = web.Application()
    app.router.add_get("/", guarded(hello))
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "0.0.0.0", 0)  # noqa: S104 - what a careless operator does
    await site.start()
    port = runner.addresses[0][1]
    async with http.get(f"http://127.0.0.1:{port}/") as answer:
        assert answer.status == 200
    own = own_address()
    if own is not None:
        async with http.get(f"http://{own}:{port}/", headers={"Host": f"localhost:{port}"}) as answer:
            assert answer.status == 403
    await runner.cleanup()


def own_address() -> str | None:
    """The machine's address towards others, if it has one."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        address: str = probe.getsockname()[0]
        return address
