"""What every request meets, whatever route it asks for."""

import json
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from io import BytesIO, StringIO

import pytest
from aiohttp import ClientSession, web

from core.kit.logs import set_up_logs
from webhooks.headers import DEFAULTS

Serve = Callable[[list[web.RouteDef]], Awaitable[str]]


async def hello(_request: web.Request) -> web.Response:
    return web.Response(text="hello")


async def broken(_request: web.Request) -> web.Response:
    raise RuntimeError("password hunter2")


async def elsewhere(_request: web.Request) -> web.Response:
    raise web.HTTPSeeOther("/hello")


async def a_page(_request: web.Request) -> web.Response:
    return web.Response(
        text="<p>", content_type="text/html", headers={"Content-Security-Policy": "default-src 'self'"}
    )


async def a_stream(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    await response.write(b"part")
    return response


ROUTES = [
    web.get("/hello", hello),
    web.post("/hello", hello),
    web.get("/broken", broken),
    web.get("/elsewhere", elsewhere),
    web.get("/page", a_page),
    web.get("/stream", a_stream),
    web.get("/meeting/{capability}", hello),
]


@pytest.fixture
async def url(serve: Serve) -> str:
    return await serve(ROUTES)


@pytest.mark.parametrize("path", ["/hello", "/broken", "/nowhere", "/stream"])
async def test_every_answer_carries_the_strict_headers(url: str, http: ClientSession, path: str) -> None:
    async with http.get(url + path) as answer:
        assert {name: answer.headers[name] for name in DEFAULTS} == DEFAULTS
        assert answer.headers["Server"] == "confer"


async def test_a_page_may_set_its_own_content_policy(url: str, http: ClientSession) -> None:
    async with http.get(f"{url}/page") as answer:
        assert answer.headers.getall("Content-Security-Policy") == ["default-src 'self'"]


async def test_each_request_has_an_id_of_our_own(url: str, http: ClientSession) -> None:
    given = {"X-Request-Id": "chosen-by-a-stranger"}
    ids = []
    for _ in range(2):
        async with http.get(f"{url}/hello", headers=given) as answer:
            ids.append(answer.headers["X-Request-Id"])
    assert len({*ids, given["X-Request-Id"]}) == 3


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nowhere", 404, "not_found"),
        ("PUT", "/hello", 405, "method_not_allowed"),
        ("GET", "/broken", 500, "internal_server_error"),
    ],
)
async def test_errors_are_plain_json_without_a_trace(
    url: str, http: ClientSession, method: str, path: str, status: int, code: str
) -> None:
    async with http.request(method, url + path, headers={"Accept": "text/html"}) as answer:
        assert answer.status == status
        assert await answer.json() == {"error": code, "request_id": answer.headers["X-Request-Id"]}


async def test_a_wrong_method_is_told_the_right_ones(url: str, http: ClientSession) -> None:
    async with http.put(f"{url}/hello") as answer:
        assert answer.headers["Allow"] == "GET,HEAD,POST"


async def test_a_redirect_is_no_error(url: str, http: ClientSession) -> None:
    async with http.get(f"{url}/elsewhere", allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (303, "/hello")


async def test_a_body_that_says_it_is_too_large_is_refused_though_nobody_reads_it(
    url: str, http: ClientSession
) -> None:
    async with http.post(f"{url}/hello", data=BytesIO(b"x" * 2_000_000)) as answer:
        assert answer.status == 413


async def test_the_access_log_knows_the_route_but_neither_path_nor_query(
    url: str, http: ClientSession
) -> None:
    with logged() as lines:
        async with http.get(f"{url}/meeting/capability-of-a-client?token=hunter2") as answer:
            wanted = answer.headers["X-Request-Id"]
        async with http.get(f"{url}/guessed/hunter2"):
            pass
    known, unknown = (json.loads(line) for line in lines.getvalue().splitlines())
    assert (known["request_id"], known["message"]) == (wanted, "GET /meeting/{capability} 200")
    assert unknown["message"] == "GET (no such path) 404"
    assert [word for word in ("capability-of", "hunter2", "guessed") if word in lines.getvalue()] == []


async def test_what_is_logged_while_answering_carries_the_id_of_the_request(
    url: str, http: ClientSession
) -> None:
    with logged() as lines:
        async with http.get(f"{url}/broken") as answer:
            wanted = answer.headers["X-Request-Id"]
    failure, access = (json.loads(line) for line in lines.getvalue().splitlines())
    assert (failure["message"], failure["request_id"]) == ("request failed", wanted)
    assert (access["message"], access["request_id"]) == ("GET /broken 500", wanted)


@contextmanager
def logged() -> Iterator[StringIO]:
    """The log as the program writes it, one JSON object a line; the test's own logging is put back."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    lines = StringIO()
    set_up_logs(style="json", stream=lines)
    try:
        yield lines
    finally:
        root.handlers[:] = before
        root.setLevel(level)
        logging.captureWarnings(capture=False)
