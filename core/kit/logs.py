"""Logging for people or machines, in which no secret, capability or e-mail address ever shows."""

import logging
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import datetime
from typing import Any, TextIO

from pythonjsonlogger.json import JsonFormatter

from core.kit.printable import on_one_line
from core.kit.redaction import Redactor

# These log addresses with tokens in them, or the values of rows.
QUIET = (
    "aiohttp.access",
    "aiosqlite",
    "alembic",
    "asyncpg",
    "googleapiclient",
    "httpcore",
    "httpx",
    "sqlalchemy",
    "telegram",
)
_context: ContextVar[Mapping[str, object]] = ContextVar("log_context", default={})  # noqa: B039 - never changed


@contextmanager
def log_context(**fields: object) -> Iterator[None]:
    """Adds fields such as `request_id` or `update_id` to all that is logged inside, child tasks included."""
    token = _context.set({**_context.get(), **fields})
    try:
        yield
    finally:
        _context.reset(token)


def set_up_logs(
    *, style: str = "console", level: str = "info", secrets: Iterable[str] = (), stream: TextIO | None = None
) -> None:
    """Sends all logging of the process to `stream` (standard error) as `console` lines or `json` objects.

    `secrets` are masked wherever they appear, in messages, fields and tracebacks.
    """
    redactor = Redactor(secrets)
    handler = _Handler(stream or sys.stderr)
    handler.setFormatter(_Json(redactor) if style == "json" else _Console(redactor))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


class _Handler(logging.StreamHandler[TextIO]):
    """Says that a record could not be written, without its values, which the standard library would print."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the standard library's name
        with suppress(OSError, ValueError):
            self.stream.write(
                f"unwritable log record from {record.pathname}:{record.lineno}{self.terminator}"
            )


class _Console(logging.Formatter):
    """One line per record and time in UTC; control characters are escaped, so that no line can be forged."""

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def __init__(self, redactor: Redactor) -> None:
        super().__init__("{asctime} {levelname:<7} {name}: {message}", style="{")
        self._redactor = redactor

    def format(self, record: logging.LogRecord) -> str:
        return self._redactor(super().format(record))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the standard library's name
        fields = "".join(f" {name}={value}" for name, value in _context.get().items())
        return on_one_line(self._redactor(super().formatMessage(record) + fields))


class _Json(JsonFormatter):
    """One JSON object per record."""

    def __init__(self, redactor: Redactor) -> None:
        renamed = {"levelname": "level", "name": "logger"}
        super().__init__(["levelname", "name", "message"], rename_fields=renamed, timestamp="time")
        self._redactor = redactor

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        return {name: self._redacted(value) for name, value in {**log_data, **_context.get()}.items()}

    def _redacted(self, value: object) -> object:
        """Plain JSON values without anything confidential; everything else as text."""
        match value:
            case None | bool() | int() | float():
                return value
            case datetime():
                return value.isoformat()
            case dict():
                return {self._redactor(str(name)): self._redacted(each) for name, each in value.items()}
            case list() | tuple():
                return [self._redacted(each) for each in value]
            case _:
                return self._redactor(str(value))
