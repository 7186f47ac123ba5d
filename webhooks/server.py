"""Listening on a port, and stopping without dropping what is being answered."""

import errno
import logging
from dataclasses import dataclass

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from webhooks.access_log import AccessLog

logger = logging.getLogger(__name__)
access_logger = logging.getLogger("webhooks.access")

STOP_SECONDS = 10.0
"""How long requests that are being answered may take once the server stops."""
KEEPALIVE_SECONDS = 75.0


class CannotListen(Exception):
    """The address is taken, forbidden or not ours; the message is one line for a person."""


@dataclass(frozen=True, slots=True)
class Server:
    """A listening server; `port` is the one really bound, also when 0 was asked for."""

    host: str
    port: int
    _runner: web.AppRunner

    @property
    def url(self) -> str:
        """The address on this machine, without a path."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    async def stop(self) -> None:
        """Take no more connections, finish the answers under way, then close."""
        await self._runner.cleanup()


async def start(app: web.Application, host: str, port: int) -> Server:
    """Serve `app` on `host` and `port` (0: any free one); raises CannotListen."""
    runner = web.AppRunner(
        app,
        access_log=access_logger,
        access_log_class=AccessLog,
        logger=logger,
        handle_signals=False,
        keepalive_timeout=KEEPALIVE_SECONDS,
        shutdown_timeout=STOP_SECONDS,
    )
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        await runner.cleanup()
        raise CannotListen(_reason(error, host, port)) from None
    return Server(host, runner.addresses[0][1], runner)


_HINTS = {
    errno.EADDRINUSE: "the port is in use; stop the other program or set CONFER_PORT to a free port",
    errno.EACCES: "this port needs special rights; set CONFER_PORT to one above 1023",
    errno.EADDRNOTAVAIL: "this machine does not have that address; check CONFER_HOST",
}


def _reason(error: OSError, host: str, port: int) -> str:
    # asyncio from Python 3.13 on tells of an address that is not ours in words alone.
    hint = _HINTS.get(error.errno or errno.EADDRNOTAVAIL) or "check CONFER_HOST and CONFER_PORT"
    return f"cannot listen on {host} port {port}: {hint}"


class _WithoutTrace(logging.Filter):
    """A stranger who does not speak HTTP is no failure of ours: one line, none of their bytes."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, HttpProcessingError):
            record.exc_info, record.levelno, record.levelname = None, logging.INFO, "INFO"
        return True


logger.addFilter(_WithoutTrace())
