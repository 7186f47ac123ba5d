"""Documents and photos arrive whole, by upload and by id."""

import struct
import zlib
from typing import Any

import pytest
import telegram

from bot.sandbox.files import picture_size
from bot.sandbox.phone import Phone


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + b"\x80" * width for _ in range(height)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


async def test_a_document_arrives_and_can_be_fetched_and_sent_again(bot: telegram.Bot, clara: Phone) -> None:
    await clara.start()
    content = "BEGIN:VCALENDAR\r\nSUMMARY:Gespräch 🎉\r\n".encode()
    sent = await bot.send_document(
        clara.person.id, content, filename="Sitzung – 1.ics", caption="<b>Yours</b>", parse_mode="HTML"
    )
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.file_size) == ("Sitzung – 1.ics", len(content))
    assert (sent.caption, sent.caption_entities[0].type) == ("Yours", "bold")
    file = await bot.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == content
    again = await bot.send_document(clara.person.id, sent.document.file_id)
    assert again.document == sent.document
    edited = await sent.edit_caption("Still yours")
    assert isinstance(edited, telegram.Message)
    assert edited.caption == "Still yours"


async def test_a_photo_has_its_size(bot: telegram.Bot, clara: Phone) -> None:
    await clara.start()
    sent = await bot.send_photo(clara.person.id, png(40, 30), caption="Your week")
    assert [(size.width, size.height) for size in sent.photo] == [(40, 30)]
    assert sent.caption == "Your week"


@pytest.mark.parametrize(
    ("method", "arguments", "refusal"),
    [
        ("sendDocument", {}, "there is no document in the request"),
        (
            "sendDocument",
            {"document": "nonsense"},
            "wrong remote file identifier specified: Wrong padding in the string",
        ),
        ("sendPhoto", {"photo": "https://example.org/a.png"}, "failed to get HTTP URL content"),
        ("sendDocument", {"document": "x", "caption": "x" * 1025}, "message caption is too long"),
        ("getFile", {"file_id": "x"}, "wrong file_id or the file is temporarily unavailable"),
    ],
)
async def test_refusals(
    clara: Phone, call: Any, method: str, arguments: dict[str, Any], refusal: str
) -> None:
    await clara.start()
    answer = await call(method, chat_id=clara.person.id, **arguments)
    assert answer == {"ok": False, "error_code": 400, "description": f"Bad Request: {refusal}"}


async def test_a_photo_must_be_a_picture(bot: telegram.Bot, clara: Phone) -> None:
    await clara.start()
    with pytest.raises(telegram.error.BadRequest, match=r"(?i)image_process_failed"):
        await bot.send_photo(clara.person.id, b"no picture")


def test_the_size_of_a_jpeg_is_in_its_frame_header() -> None:
    frame = b"\xff\xc0\x00\x0b\x08\x00\x1e\x00\x28\x01\x01\x11\x00"
    assert picture_size(b"\xff\xd8\xff\xe0\x00\x04\x00\x00" + frame) == (40, 30)
    assert picture_size(b"\xff\xd8\xff\xe0\x00\x04\x00\x00") is None
