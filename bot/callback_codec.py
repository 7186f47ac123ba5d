"""Typed callback data: dataclasses to the 64 bytes of a button and back, refusing anything else."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from types import NoneType
from typing import Any, TypeVar, dataclass_transform, get_args, get_type_hints

VERSION = "1"
"""Rises when the meaning of data already sent changes; buttons of another version are refused."""
LIMIT = 64
"""Most bytes of callback data (Bot API, InlineKeyboardButton)."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_+-/.")


class BadCallback(Exception):
    """Callback data that this program never made: malformed, forged or of another version."""


class Callback:
    """What a button means; every subclass has a route."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Codec:
    """One type of field: to text and from text, each raising ValueError for what it does not take."""

    dump: Callable[[Any], str]
    load: Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Route:
    """A callback class, its code in the data and the codecs of its fields in order."""

    code: str
    kind: type[Callback]
    codecs: Mapping[str, Codec]


ROUTES: dict[str, Route] = {}
"""Every route by its code."""
_CODES: dict[type[Callback], Route] = {}

C = TypeVar("C", bound=Callback)


@dataclass_transform(frozen_default=True)
def route(code: str) -> Callable[[type[C]], type[C]]:
    """Make a class a frozen dataclass of callback data under this code; a code is given once."""

    def register(declared: type[C]) -> type[C]:
        if code in ROUTES:
            raise ValueError(f"route {code!r} is taken by {ROUTES[code].kind.__name__}")
        kind = dataclass(frozen=True, slots=True)(declared)
        hints = get_type_hints(kind)
        found = Route(code, kind, {each.name: _codec(hints[each.name]) for each in fields(kind)})  # type: ignore[arg-type]
        ROUTES[code] = _CODES[kind] = found
        return kind

    return register


def pack(callback: Callback) -> str:
    """The data of a button; ValueError for a value that has no form or does not fit."""
    found = _CODES[type(callback)]
    values = (codec.dump(getattr(callback, name)) for name, codec in found.codecs.items())
    data = ":".join((VERSION + found.code, *values))
    if len(data) > LIMIT:
        raise ValueError(f"{data!r} is longer than {LIMIT} bytes")
    return data


def unpack(data: str) -> Callback:
    """The callback behind a button's data; BadCallback unless `pack` would make exactly these bytes."""
    try:
        callback = _parse(data)
        canonical = pack(callback)
    except (ValueError, OverflowError, KeyError) as error:
        raise BadCallback(data) from error
    if canonical != data:
        raise BadCallback(data)
    return callback


def _parse(data: str) -> Callback:
    if len(data) > LIMIT or not data.startswith(VERSION):
        raise ValueError("foreign")
    head, *values = data.removeprefix(VERSION).split(":")
    found = ROUTES[head]
    pairs = zip(found.codecs.items(), values, strict=True)
    return found.kind(**{name: codec.load(value) for (name, codec), value in pairs})


def _codec(hint: Any) -> Codec:
    if NoneType in get_args(hint):
        return _optional(_codec(next(each for each in get_args(hint) if each is not NoneType)))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return Codec(lambda value: hint(value).value, hint)
    return _CODECS[hint]


def _optional(inner: Codec) -> Codec:
    return Codec(
        lambda value: "" if value is None else inner.dump(value),
        lambda text: inner.load(text) if text else None,
    )


def _dump_int(value: int) -> str:
    if not 0 <= value < 2**63:
        raise ValueError(f"{value} is not a number of a row or page")
    return str(int(value))


def _dump_datetime(value: datetime) -> str:
    minutes, rest = divmod(value - _EPOCH, _MINUTE) if value.tzinfo else (0, _MINUTE)
    if rest:
        raise ValueError(f"{value!r} is not a whole minute with a zone")
    return _dump_int(minutes)


def _dump_text(value: str) -> str:
    if not value or not _PLAIN.issuperset(value):
        raise ValueError(f"{value!r} is not a plain word")
    return value


_CODECS: Mapping[Any, Codec] = {
    int: Codec(_dump_int, int),
    bool: Codec(lambda value: "1" if value else "0", lambda text: text == "1"),
    date: Codec(lambda value: value.isoformat().replace("-", ""), date.fromisoformat),
    datetime: Codec(_dump_datetime, lambda text: _EPOCH + int(text) * _MINUTE),
    str: Codec(_dump_text, str),
}
