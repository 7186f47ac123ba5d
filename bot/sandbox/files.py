"""Files a bot sends: kept once, named by an id, and handed out again by getFile."""

import base64
import secrets
import struct

from bot.sandbox.arguments import Arguments, Upload
from bot.sandbox.errors import bad_request
from bot.sandbox.store import Json
from bot.sandbox.world import World


def keep_document(world: World, arguments: Arguments) -> Json:
    """The call's `document` as `Document`: an upload, or a file known by its id."""
    file_id, upload = _kept(world, arguments, "document")
    return {
        "file_name": upload.name,
        "mime_type": upload.mime_type,
        **_file(world, file_id, upload),
    }


def keep_photo(world: World, arguments: Arguments) -> list[Json]:
    """The call's `photo` as one `PhotoSize` in its own size; PNG and JPEG are understood."""
    file_id, upload = _kept(world, arguments, "photo")
    size = picture_size(upload.content)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    return [{**_file(world, file_id, upload), "width": size[0], "height": size[1]}]


async def get_file(world: World, arguments: Arguments) -> Json:
    """https://core.telegram.org/bots/api#getfile."""
    file_id = arguments.text("file_id")
    if file_id not in world.files:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    return {**_file(world, file_id, stored_file(world, file_id)), "file_path": f"documents/{file_id}"}


def stored_file(world: World, file_id: str) -> Upload:
    """Name, type and content of a kept file; raises KeyError."""
    file = world.files[file_id]
    return Upload(file["name"], file["mime_type"], base64.b64decode(file["content"]))


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG or JPEG, or None for anything else."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    return _jpeg_size(content) if content.startswith(b"\xff\xd8") else None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    """Walk the segments to the frame header (ITU T.81, B.2.2: SOF0-SOF15 without C4, C8, CC)."""
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker, length = struct.unpack(">BH", content[at + 1 : at + 4])
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None


def _kept(world: World, arguments: Arguments, kind: str) -> tuple[str, Upload]:
    given = arguments.text(kind)
    upload = arguments.uploads.get(given.removeprefix("attach://") or kind)
    if upload is not None:
        return _keep(world, upload), upload
    if given in world.files:
        return given, stored_file(world, given)
    if not given:
        raise bad_request(f"there is no {kind} in the request")
    if given.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    raise bad_request("wrong remote file identifier specified: Wrong padding in the string")


def _keep(world: World, upload: Upload) -> str:
    if not upload.content:
        raise bad_request("file must be non-empty")
    return world.keep_file(
        {
            "name": upload.name,
            "mime_type": upload.mime_type,
            "unique_id": secrets.token_urlsafe(11),
            "content": base64.b64encode(upload.content).decode(),
        }
    )


def _file(world: World, file_id: str, upload: Upload) -> Json:
    return {
        "file_id": file_id,
        "file_unique_id": world.files[file_id]["unique_id"],
        "file_size": len(upload.content),
    }
