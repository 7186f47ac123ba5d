"""Updates over HTTP: who may send them, and what Telegram is told."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from io import BytesIO
from typing import Any

import pytest
from aiohttp import ClientSession, web
from yarl import URL

from webhooks.telegram import PATH, SECRET_HEADER, create_telegram_routes

SECRET = "S3cret-of_the_hook"
UPDATE = {"update_id": 7, "message": {"text": "hello"}}


class Received:
    """Keeps what was handled; fails for the updates in `failing`."""

    def __init__(self) -> None:
        self.updates: list[dict[str, Any]] = []
        self.failing: set[int] = set()
        self.call: dict[str, Any] | None = None

    async def handle(self, update: dict[str, Any]) -> dict[str, Any] | None:
        if update["update_id"] in self.failing:
            raise ValueError(f"cannot handle {SECRET}")
        self.updates.append(update)
        return self.call


@pytest.fixture
def received() -> Received:
    return Received()


@pytest.fixture
async def hook(serve: Callable[[list[web.RouteDef]], Awaitable[str]], received: Received) -> str:
    """The address of the hook."""
    return await serve(create_telegram_routes(SECRET, received.handle)) + PATH


async def test_an_update_with_the_secret_is_handled_before_the_answer(
    hook: str, http: ClientSession, received: Received
) -> None:
    async with http.post(hook, json=UPDATE, headers={SECRET_HEADER: SECRET}) as answer:
        assert (answer.status, await answer.read()) == (200, b"")
    assert received.updates == [UPDATE]


@pytest.mark.parametrize(
    "given", [None, "", "wrong", SECRET[:-1], SECRET + "x", SECRET.lower(), "gehe\u00efm"]
)
async def test_without_the_secret_nothing_is_handled_and_nothing_is_said(
    hook: str, http: ClientSession, received: Received, given: str | None
) -> None:
    headers = {} if given is None else {SECRET_HEADER: given}
    async with http.post(hook, json=UPDATE, headers=headers) as answer:
        assert (answer.status, await answer.read()) == (401, b"")
    assert received.updates == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"7",
        b"null",
        b"\xff\xfe",
        b"{}",
        b'{"update_id": "7"}',
        b'{"update_id": true}',
        b'{"update_id": 7.0}',
        b'{"update_id": ' + b"9" * 5000 + b"}",
        b"[" * 100_000,
    ],
    ids=[
        "empty",
        "cut",
        "list",
        "number",
        "null",
        "not_utf8",
        "no_id",
        "text_id",
        "bool_id",
        "float_id",
        "huge_id",
        "deep",
    ],
)
async def test_what_is_no_update_is_refused(
    hook: str, http: ClientSession, received: Received, body: bytes
) -> None:
    async with http.post(hook, data=body, headers={SECRET_HEADER: SECRET}) as answer:
        assert answer.status == 400
        assert (await answer.json())["error"] == "bad_request"
    assert received.updates == []


async def test_a_call_that_is_left_to_make_goes_with_the_answer(
    hook: str, http: ClientSession, received: Received
) -> None:
    received.call = {"method": "answerCallbackQuery", "callback_query_id": "1"}
    async with http.post(hook, json=UPDATE, headers={SECRET_HEADER: SECRET}) as answer:
        assert (answer.status, await answer.json()) == (200, received.call)


async def test_a_failing_handler_is_answered_500_so_that_the_update_comes_again(
    hook: str, http: ClientSession, received: Received, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR, logger="webhooks.errors")
    received.failing = {7}
    async with http.post(hook, json=UPDATE, headers={SECRET_HEADER: SECRET}) as answer:
        body = await answer.json()
        assert answer.status == 500
    assert body == {"error": "internal_server_error", "request_id": answer.headers["X-Request-Id"]}
    assert [record.message for record in caplog.records] == ["request failed"]
    received.failing = set()
    async with http.post(hook, json=UPDATE, headers={SECRET_HEADER: SECRET}) as answer:
        assert answer.status == 200
    assert received.updates == [UPDATE]


async def test_a_body_over_the_limit_is_refused_whether_or_not_its_size_is_said(
    hook: str, http: ClientSession, received: Received
) -> None:
    large = b'{"update_id": 7, "text": "' + b"x" * 2_000_000 + b'"}'

    async def in_parts() -> Any:
        for begin in range(0, len(large), 65_536):
            yield large[begin : begin + 65_536]

    for data in (BytesIO(large), in_parts()):
        async with http.post(hook, data=data, headers={SECRET_HEADER: SECRET}) as answer:
            assert answer.status == 413
            assert (await answer.json())["error"] == "content_too_large"
    assert received.updates == []


async def test_updates_are_handled_side_by_side(
    serve: Callable[[list[web.RouteDef]], Awaitable[str]], http: ClientSession
) -> None:
    both = asyncio.Barrier(2)

    async def handle(_update: dict[str, Any]) -> None:
        await both.wait()

    url = await serve(create_telegram_routes(SECRET, handle)) + PATH
    answers = await asyncio.gather(
        *(http.post(url, json={"update_id": each}, headers={SECRET_HEADER: SECRET}) for each in (1, 2))
    )
    assert [answer.status for answer in answers] == [200, 200]


async def test_a_body_that_never_comes_is_not_waited_for(
    serve: Callable[[list[web.RouteDef]], Awaitable[str]], received: Received
) -> None:
    url = URL(await serve(create_telegram_routes(SECRET, received.handle, seconds=0.1)))
    reader, writer = await asyncio.open_connection(url.host, url.port)
    head = f"POST {PATH} HTTP/1.1\r\nHost: x\r\n{SECRET_HEADER}: {SECRET}\r\nContent-Length: 100\r\n\r\n"
    writer.write(head.encode())
    async with asyncio.timeout(5):
        assert await reader.readline() == b"HTTP/1.1 408 Request Timeout\r\n"
    writer.close()
    await writer.wait_closed()
    assert received.updates == []
