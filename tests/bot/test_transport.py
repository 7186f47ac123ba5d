"""The transport against real sockets: what arrives, what is timed, and what is never said."""

import asyncio
import json
import logging
import socket
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web
from telegram import InputFile
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.transport import AiohttpRequest, NotSent, TerseRequest

TOKEN = "100200300:a-very-secret-token"


class Peer:
    """A server that shows what it got, or behaves as the path says."""

    def __init__(self) -> None:
        self.release = asyncio.Event()
        self.url = ""

    async def handle(self, request: web.Request) -> web.StreamResponse:
        match request.match_info["method"]:
            case "slow":
                await self.release.wait()
            case "refuse":
                return web.json_response(
                    {"ok": False, "error_code": 400, "description": "Bad Request: nope"}, status=400
                )
            case "later":
                body = {"ok": False, "error_code": 429, "description": "x", "parameters": {"retry_after": 7}}
                return web.json_response(body, status=429)
            case "garbage":
                return web.Response(body=b"<html>secret payload")
            case "list":
                return web.json_response([])
            case "hangup":
                assert request.transport is not None
                request.transport.close()
        return web.json_response({"ok": True, "result": await self.shown(request)})

    async def shown(self, request: web.Request) -> dict[str, Any]:
        if request.content_type == "application/json":
            return {"type": "json", "body": await request.json()}
        if not request.can_read_body:
            return {"type": "none", "agent": request.headers["User-Agent"]}
        parts = {}
        async for part in await request.multipart():
            parts[part.name] = [part.filename, part.headers.get("Content-Type"), (await part.read()).decode()]  # type: ignore[union-attr]
        return {"type": "multipart", "body": parts}


@pytest.fixture
async def peer() -> AsyncIterator[Peer]:
    peer = Peer()
    app = web.Application()
    app.router.add_route("*", "/bot{token}/{method}", peer.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    peer.url = f"http://127.0.0.1:{runner.addresses[0][1]}/bot{TOKEN}"
    yield peer
    peer.release.set()
    await runner.cleanup()


@pytest.fixture
async def transport() -> AsyncIterator[AiohttpRequest]:
    async with AiohttpRequest(read_timeout=2) as transport:
        yield transport


def data(**arguments: object) -> RequestData:
    return RequestData([RequestParameter.from_input(key, value) for key, value in arguments.items()])


async def test_structured_arguments_travel_as_plain_json(peer: Peer, transport: AiohttpRequest) -> None:
    markup = {"inline_keyboard": [[{"text": "Größe 🎉", "callback_data": "x"}]]}
    result = await transport.post(
        f"{peer.url}/show", data(chat_id=5, text="hi", reply_markup=markup, no=None)
    )
    assert result == {"type": "json", "body": {"chat_id": 5, "text": "hi", "reply_markup": markup}}


async def test_a_terse_answer_holds_no_more_of_a_message_than_is_looked_at() -> None:
    message = {"message_id": 1, "date": 2, "chat": {"id": 3}, "text": "Words", "reply_markup": {}}
    answer = json.dumps({"ok": True, "result": message}).encode()
    bare = {"message_id": 1, "date": 2, "chat": {"id": 3}}
    assert TerseRequest.parse_json_payload(answer) == {"ok": True, "result": bare}
    refusal = {"ok": False, "error_code": 400, "description": "Bad Request: chat not found"}
    assert TerseRequest.parse_json_payload(json.dumps(refusal).encode()) == refusal


async def test_files_travel_as_multipart_with_their_names(peer: Peer, transport: AiohttpRequest) -> None:
    file = InputFile(b"BEGIN:VCALENDAR", filename='Größe "1".ics')
    result = await transport.post(f"{peer.url}/show", data(chat_id=5, document=file, markup={"a": [1]}))
    assert isinstance(result, dict)
    assert result["body"] == {
        "chat_id": [None, "text/plain; charset=utf-8", "5"],
        "markup": [None, "text/plain; charset=utf-8", json.dumps({"a": [1]})],
        "document": ['Größe "1".ics', "text/calendar", "BEGIN:VCALENDAR"],
    }


async def test_a_call_without_arguments_has_no_body(peer: Peer, transport: AiohttpRequest) -> None:
    result = await transport.post(f"{peer.url}/show")
    assert result == {"type": "none", "agent": AiohttpRequest.USER_AGENT}


async def test_refusals_keep_their_meaning(peer: Peer, transport: AiohttpRequest) -> None:
    with pytest.raises(BadRequest, match=r"^Nope$"):
        await transport.post(f"{peer.url}/refuse")
    with pytest.raises(RetryAfter) as refused:
        await transport.post(f"{peer.url}/later")
    assert refused.value.retry_after == timedelta(seconds=7)


@pytest.mark.parametrize("method", ["garbage", "list"])
async def test_what_is_no_answer_is_not_quoted(
    peer: Peer, transport: AiohttpRequest, caplog: pytest.LogCaptureFixture, method: str
) -> None:
    with pytest.raises(TelegramError) as refused:
        await transport.post(f"{peer.url}/{method}")
    assert str(refused.value) == "Invalid server response"
    assert "secret payload" not in caplog.text


async def test_the_read_timeout_of_a_call_outweighs_the_default(
    peer: Peer, transport: AiohttpRequest
) -> None:
    loop = asyncio.get_running_loop()
    begin = loop.time()
    with pytest.raises(TimedOut):
        await transport.post(f"{peer.url}/slow", read_timeout=0.1)
    assert 0.09 < loop.time() - begin < 1
    loop.call_later(0.2, peer.release.set)
    assert await transport.post(f"{peer.url}/slow", read_timeout=None)


async def test_the_default_read_timeout_holds_where_a_call_does_not_say(peer: Peer) -> None:
    async with AiohttpRequest(read_timeout=0.1) as transport:
        assert transport.read_timeout == 0.1
        with pytest.raises(TimedOut):
            await transport.post(f"{peer.url}/slow")


async def test_a_full_pool_is_not_waited_for_longer_than_allowed(peer: Peer) -> None:
    async with AiohttpRequest(connections=1) as transport:
        first = asyncio.create_task(transport.post(f"{peer.url}/slow"))
        await asyncio.sleep(0.05)
        with pytest.raises(NotSent):
            await transport.post(f"{peer.url}/show", pool_timeout=0.05, connect_timeout=0.05)
        peer.release.set()
        assert await first


async def test_a_peer_that_takes_nothing_is_given_up(transport: AiohttpRequest) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}/bot{TOKEN}/show"
        times = {"read_timeout": 0.1, "write_timeout": 0.1, "connect_timeout": 0.1, "pool_timeout": 0.1}
        large = data(document=InputFile(b"x" * 20_000_000))
        with pytest.raises(TimedOut):
            await transport.post(url, large, **times)


async def test_nobody_there_means_not_sent(transport: AiohttpRequest) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(NotSent, match="Connection refused"):
        await transport.post(f"http://127.0.0.1:{port}/bot{TOKEN}/show")


async def test_a_broken_connection_may_have_been_sent(peer: Peer, transport: AiohttpRequest) -> None:
    with pytest.raises(NetworkError) as broken:
        await transport.post(f"{peer.url}/hangup")
    assert not isinstance(broken.value, NotSent)


@pytest.mark.parametrize("method", ["slow", "hangup", "refuse", "garbage", "nobody"])
async def test_the_token_is_never_told(
    peer: Peer, transport: AiohttpRequest, caplog: pytest.LogCaptureFixture, method: str
) -> None:
    caplog.set_level(logging.DEBUG)
    url = f"http://127.0.0.1:9/bot{TOKEN}/x" if method == "nobody" else f"{peer.url}/{method}"
    with pytest.raises(TelegramError) as failed:
        await transport.post(url, read_timeout=0.05)
    logging.getLogger(__name__).error("failed", exc_info=failed.value)
    assert TOKEN not in caplog.text
    error: BaseException | None = failed.value
    while error is not None:
        assert TOKEN not in repr(error)
        error = error.__cause__ or error.__context__


async def test_it_can_be_closed_and_opened_again(peer: Peer) -> None:
    transport = AiohttpRequest()
    await transport.shutdown()
    with pytest.raises(NetworkError, match="not initialized"):
        await transport.post(f"{peer.url}/show")
    for _ in range(2):
        await transport.initialize()
        await transport.initialize()
        assert await transport.post(f"{peer.url}/show")
        await transport.shutdown()
