"""The arguments of one method call, whichever way the bot sent them."""

import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, web

from bot.sandbox.errors import ApiError, bad_request

LARGEST_BODY = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with the call."""

    name: str
    mime_type: str
    content: bytes


@dataclass(slots=True)
class Arguments:
    """Named values, all as text (JSON where they are structured), and uploaded files."""

    values: dict[str, str] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A text, empty when not given."""
        return self.values.get(name, "")

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number; anything else counts as not given, as on the real server."""
        try:
            return int(self.values.get(name, ""))
        except ValueError:
            return default

    def flag(self, name: str) -> bool:
        """True for `true`, `yes` and numbers other than 0."""
        return self.values.get(name, "").strip().lower() not in ("", "0", "false", "no")

    def mapping(self, name: str, what: str) -> dict[str, Any] | None:
        """A JSON object, or None when not given; `what` names it in the refusal."""
        value = self._json(name, what)
        if value is None or isinstance(value, dict):
            return value
        raise bad_request(f"object expected as {what}")

    def array(self, name: str, what: str) -> list[Any] | None:
        """A JSON array, or None when not given; `what` names it in the refusal."""
        value = self._json(name, what)
        if value is None or isinstance(value, list):
            return value
        raise bad_request(f"expected an Array as {what}")

    def _json(self, name: str, what: str) -> Any:
        source = self.values.get(name, "")
        if not source:
            return None
        try:
            return json.loads(source)
        except (ValueError, RecursionError):
            raise bad_request(f"can't parse {what} JSON object") from None


async def read_arguments(request: web.Request) -> Arguments:
    """Arguments from the query string and a JSON, form or multipart body."""
    arguments = Arguments(values=dict(request.query))
    request = request.clone(client_max_size=LARGEST_BODY)
    try:
        if request.content_type == "application/json":
            arguments.values.update(as_texts(json.loads(await request.read() or b"{}")))
        elif request.content_type == "multipart/form-data":
            await _read_parts(request, arguments)
        elif request.can_read_body:
            arguments.values.update({name: str(value) for name, value in (await request.post()).items()})
    except web.HTTPRequestEntityTooLarge:
        raise ApiError(413, "Request Entity Too Large") from None
    except ValueError:
        raise bad_request("can't parse request body") from None
    return arguments


def as_texts(values: object) -> dict[str, str]:
    """A JSON object's values as arguments have them; raises ApiError for anything else."""
    if not isinstance(values, dict):
        raise bad_request("expected an object")
    return {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in values.items()
        if value is not None
    }


async def _read_parts(request: web.Request, arguments: Arguments) -> None:
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        content = bytes(await part.read(decode=True))
        if part.filename is None:
            arguments.values[part.name] = content.decode()
        else:
            mime_type = part.headers.get("Content-Type", "application/octet-stream")
            arguments.uploads[part.name] = Upload(part.filename, mime_type, content)
