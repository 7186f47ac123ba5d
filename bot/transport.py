"""python-telegram-bot over aiohttp: several times the calls per second of its default backend.

Addresses of calls contain the bot's token, and so do the texts of aiohttp's errors. Nothing here
logs, quotes or chains them.
"""

import io
import json
import os
from typing import Any

import aiohttp
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.markup import bare

# RetryAfter then counts in timedelta, as it will in python-telegram-bot's next version, and does not warn.
os.environ.setdefault("PTB_TIMEDELTA", "true")

_DEFAULT = BaseRequest.DEFAULT_NONE


class NotSent(NetworkError):
    """The call never reached the server, so it may be made again without fear of doing it twice."""


class AiohttpRequest(BaseRequest):
    """The transport to hand to `telegram.ext.ApplicationBuilder.request` and `get_updates_request`.

    Timeouts are in seconds, None waits for ever; each can be given anew with any call. Reading is
    timed per piece received, writing as a whole, as part of the time the call may take.
    """

    def __init__(
        self,
        *,
        connections: int = 256,
        read_timeout: float | None = 10.0,
        write_timeout: float | None = 10.0,
        connect_timeout: float | None = 5.0,
        pool_timeout: float | None = 5.0,
        media_write_timeout: float | None = 30.0,
    ) -> None:
        self._connections = connections
        self._read = read_timeout
        self._write = write_timeout
        self._connect = connect_timeout
        self._pool = pool_timeout
        self._media_write = media_write_timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds to wait for an answer where a call does not say."""
        return self._read

    async def initialize(self) -> None:
        """Open the session; harmless when it is open."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections),
                headers={"User-Agent": self.USER_AGENT},
                cookie_jar=aiohttp.DummyCookieJar(),
            )

    async def shutdown(self) -> None:
        """Close the session and its connections."""
        if self._session is not None:
            await self._session.close()

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer as a dictionary; raises TelegramError without quoting what came instead."""
        try:
            answer: object = json.loads(payload)
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            raise TelegramError("Invalid server response")
        return answer

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = _DEFAULT,
        write_timeout: ODVInput[float] = _DEFAULT,
        connect_timeout: ODVInput[float] = _DEFAULT,
        pool_timeout: ODVInput[float] = _DEFAULT,
    ) -> tuple[int, bytes]:
        """Make one call; returns status and body, raises NotSent, TimedOut or NetworkError."""
        if self._session is None or self._session.closed:
            raise RuntimeError("The transport is not initialized.")
        files = request_data is not None and request_data.contains_files
        timeout = _client_timeout(
            read=_given(read_timeout, self._read),
            write=_given(write_timeout, self._media_write if files else self._write),
            connect=_given(connect_timeout, self._connect),
            pool=_given(pool_timeout, self._pool),
        )
        failure: NetworkError
        try:
            async with self._session.request(
                method, url, data=_body(request_data), timeout=timeout, allow_redirects=False
            ) as answer:
                return answer.status, await answer.read()
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            failure = _meaning(error)
        # Outside of the handler: a chained error would carry the address, and with it the token.
        raise failure


class TerseRequest(AiohttpRequest):
    """The transport of a bot that knows what it has sent: its own messages are not read back whole."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """As the transport's, with bare messages."""
        answer = AiohttpRequest.parse_json_payload(payload)
        return answer | {"result": bare(answer["result"])} if "result" in answer else answer


def _given(value: ODVInput[float], default: float | None) -> float | None:
    return default if isinstance(value, DefaultValue) else value


def _client_timeout(
    *, read: float | None, write: float | None, connect: float | None, pool: float | None
) -> aiohttp.ClientTimeout:
    """The four in aiohttp's terms: its `connect` counts waiting in the pool and connecting together."""
    waiting = None if connect is None or pool is None else connect + pool
    total = None if waiting is None or read is None or write is None else waiting + write + read
    return aiohttp.ClientTimeout(total=total, connect=waiting, sock_connect=connect, sock_read=read)


def _body(request_data: RequestData | None) -> aiohttp.FormData | aiohttp.Payload | None:
    if request_data is None:
        return None
    if not request_data.contains_files:
        return aiohttp.JsonPayload(request_data.parameters)
    form = aiohttp.FormData(request_data.json_parameters, quote_fields=False)
    for name, (file_name, content, mime_type) in request_data.multipart_data.items():
        source = io.BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, source, filename=file_name, content_type=mime_type)
    return form


def _meaning(error: Exception) -> NetworkError:
    """What became of the call, in words that do not quote the error's own text."""
    if isinstance(error, aiohttp.ConnectionTimeoutError):
        return NotSent("No connection to the Bot API server in time.")
    if isinstance(error, TimeoutError):
        return TimedOut()
    reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else ""
    words = f"{type(error).__name__}: {reason}" if reason else type(error).__name__
    if isinstance(error, aiohttp.ClientConnectorError):
        return NotSent(f"No connection to the Bot API server ({words}).")
    return NetworkError(f"The call to the Bot API server broke off ({words}).")
