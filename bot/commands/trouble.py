"""Telling expected trouble on the command line: a line each on stderr, and the exit code."""

from collections.abc import Callable, Iterator

import typer
from telegram.error import InvalidToken, NetworkError, TelegramError

from core.db.errors import DatabaseUnavailable, GuardLost, SchemaOutdated
from core.kit.problems import Problems
from webhooks.server import CannotListen

FAILED = 1
MISUSED = 2


class Failed(Exception):
    """The command cannot do what was asked; the message is one line for a person."""


class Misused(Exception):
    """What was asked for makes no sense; the message is one line for a person."""


def told(error: Exception) -> int:
    """The exit code for an expected error, whose lines go to stderr; raises `error` when it is unexpected."""
    for kinds, code, lines in _TABLE:
        if isinstance(error, kinds):
            for line in lines(error):
                typer.echo(line, err=True)
            return code
    raise error


def _message(error: Exception) -> Iterator[str]:
    yield str(error)


def _problems(error: Exception) -> Iterator[str]:
    yield from str(error).splitlines()


def _wrong_token(_error: Exception) -> Iterator[str]:
    yield "CONFER_TELEGRAM_TOKEN: Telegram does not know this token; @BotFather shows the right one"


def _no_network(error: Exception) -> Iterator[str]:
    yield f"Telegram cannot be reached: {error}"


def _refused(error: Exception) -> Iterator[str]:
    yield f"Telegram refuses: {error}"


_TABLE: tuple[tuple[tuple[type[Exception], ...], int, Callable[[Exception], Iterator[str]]], ...] = (
    ((Problems,), MISUSED, _problems),
    ((Misused,), MISUSED, _message),
    ((Failed, DatabaseUnavailable, SchemaOutdated, GuardLost, CannotListen), FAILED, _message),
    ((InvalidToken,), MISUSED, _wrong_token),
    ((NetworkError,), FAILED, _no_network),
    ((TelegramError,), FAILED, _refused),
)
