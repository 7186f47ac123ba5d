"""HTTP/1.1 at its smallest, so that the other end of a measurement is never what limits it."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator
from typing import TypeAlias, cast
from urllib.parse import SplitResult

Answer: TypeAlias = Callable[[str, bytes, bytes], Awaitable[bytes]]
"""Answers a request's path, head and body with a body of JSON."""

LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
HEAD_END = b"\r\n\r\n"
HEAD = b"HTTP/1.1 %d -\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"


class Messages:
    """Cuts a stream of bytes into messages, each a head and a body of the length it tells."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> Iterator[tuple[bytes, bytes]]:
        """The messages that are complete now."""
        self._rest += data
        while (end := self._rest.find(HEAD_END)) >= 0:
            head, body = self._rest[:end], end + len(HEAD_END)
            length = LENGTH.search(head)
            stop = body + (int(length[1]) if length else 0)
            if len(self._rest) < stop:
                return
            message = head, self._rest[body:stop]
            self._rest = self._rest[stop:]
            yield message


class Server(asyncio.Protocol):
    """One connection of a server; requests on it are answered one after the other."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._messages = Messages()
        self._transport: asyncio.WriteTransport
        self._tasks: set[asyncio.Task[None]] = set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep where to write to."""
        self._transport = cast("asyncio.WriteTransport", transport)  # uvloop's does not say that it is one

    def data_received(self, data: bytes) -> None:
        """Answer what is complete."""
        for head, body in self._messages.feed(data):
            task = asyncio.ensure_future(self._reply(head, body))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _reply(self, head: bytes, body: bytes) -> None:
        path, status = head.split(b" ", 2)[1].decode(), 200
        try:
            answer = await self._answer(path, head, body)
        except Exception as error:  # noqa: BLE001 - whoever asked is told
            answer, status = repr(error).encode(), 500
        self._transport.write(HEAD % (status, len(answer)) + answer)


class Client(asyncio.Protocol):
    """One connection of a client, for one request at a time."""

    def __init__(self, address: SplitResult, headers: str) -> None:
        self._head = (
            f"POST {address.path} HTTP/1.1\r\nHost: {address.netloc}\r\n{headers}Content-Length: %d\r\n\r\n"
        )
        self._messages = Messages()
        self._transport: asyncio.WriteTransport
        self._answer: asyncio.Future[tuple[int, bytes]]

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep where to write to."""
        self._transport = cast("asyncio.WriteTransport", transport)  # uvloop's does not say that it is one

    def data_received(self, data: bytes) -> None:
        """Hand on the answer once it is complete."""
        for head, body in self._messages.feed(data):
            self._answer.set_result((int(head[9:12]), body))

    def connection_lost(self, exc: Exception | None) -> None:
        """Whoever waits for an answer waits in vain."""
        if not self._answer.done():
            self._answer.set_exception(exc or ConnectionError("connection closed"))

    async def post(self, body: bytes) -> tuple[int, bytes]:
        """Send a body of JSON; the answer's status and body."""
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write((self._head % len(body)).encode() + body)
        return await self._answer

    def close(self) -> None:
        """Close the connection."""
        self._transport.close()
