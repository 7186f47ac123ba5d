"""Listening and stopping."""

import asyncio
import logging
import socket

import pytest
from aiohttp import ClientSession, web

from core.kit.metrics import Metrics
from webhooks.app import create_app
from webhooks.server import CannotListen, start

HOST = "127.0.0.1"


async def test_a_port_in_use_is_said_in_one_line() -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CannotListen) as caught:
            await start(create_app(Metrics()), HOST, port)
    assert str(caught.value) == (
        f"cannot listen on {HOST} port {port}: the port is in use; "
        "stop the other program or set CONFER_PORT to a free port"
    )


async def test_an_address_of_another_machine_is_said_in_one_line() -> None:
    with pytest.raises(CannotListen) as caught:
        await start(create_app(Metrics()), "192.0.2.1", 8080)
    assert str(caught.value) == (
        "cannot listen on 192.0.2.1 port 8080: this machine does not have that address; check CONFER_HOST"
    )


async def test_the_port_can_be_taken_again_at_once(http: ClientSession) -> None:
    first = await start(create_app(Metrics()), HOST, 0)
    async with http.get(first.url):
        pass
    await first.stop()
    second = await start(create_app(Metrics()), HOST, first.port)
    assert second.port == first.port
    await second.stop()


async def test_stopping_waits_for_the_answer_under_way() -> None:
    asked, go_on = asyncio.Event(), asyncio.Event()

    async def slow(_request: web.Request) -> web.Response:
        asked.set()
        await go_on.wait()
        return web.Response(text="done")

    server = await start(create_app(Metrics(), [web.get("/", slow)]), HOST, 0)
    async with ClientSession() as http:
        answer = asyncio.create_task(_text(http, server.url))
        await asked.wait()
        stopping = asyncio.create_task(server.stop())
        await asyncio.sleep(0.05)
        assert not stopping.done()
        go_on.set()
        assert await answer == "done"
        await stopping


async def _text(http: ClientSession, url: str) -> str:
    async with http.get(url) as answer:
        return await answer.text()


async def test_a_stranger_who_speaks_no_http_leaves_one_harmless_line(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG, logger="webhooks.server")
    server = await start(create_app(Metrics()), HOST, 0)
    reader, writer = await asyncio.open_connection(HOST, server.port)
    writer.write(b"GET / HTTP/1.1\r\nHost: x\r\nbad header hunter2\r\n\r\n")
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    await server.stop()
    assert answer.split(b"\r\n")[0].endswith(b"400 Bad Request")
    assert [(record.levelname, record.exc_info) for record in caplog.records] == [("INFO", None)]
    assert "hunter2" not in caplog.text
