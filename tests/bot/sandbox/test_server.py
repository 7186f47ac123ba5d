"""The Bot API's front door: tokens, methods, and the ways of sending arguments."""

import io
from typing import Any

import aiohttp
import pytest
from aiohttp import ClientSession

from bot.sandbox.phone import Phone

TOKEN = "100200300:a-test-token"


@pytest.mark.parametrize(
    ("token", "method", "status", "description"),
    [
        ("100200300:another", "getMe", 401, "Unauthorized"),
        ("nonsense", "getMe", 404, "Not Found"),
        (TOKEN, "getMoney", 404, "Not Found: method not found"),
    ],
)
async def test_wrong_doors(
    url: str, http: ClientSession, token: str, method: str, status: int, description: str
) -> None:
    async with http.get(f"{url}/bot{token}/{method}") as answer:
        assert answer.status == status
        assert await answer.json() == {"ok": False, "error_code": status, "description": description}


async def send(http: ClientSession, url: str, **options: Any) -> dict[str, Any]:
    async with http.post(f"{url}/bot{TOKEN}/SENDMESSAGE", **options) as answer:
        result: dict[str, Any] = (await answer.json())["result"]
        return result


async def test_json_form_multipart_and_query_all_mean_the_same(
    url: str, http: ClientSession, clara: Phone
) -> None:
    await clara.start()
    arguments = {"chat_id": str(clara.person.id), "text": "Größe"}
    multipart = aiohttp.FormData(arguments, default_to_multipart=True)
    sent = [
        await send(http, url, json={"chat_id": clara.person.id, "text": "Größe"}),
        await send(http, url, json=arguments),
        await send(http, url, data=arguments),
        await send(http, url, data=multipart),
        await send(http, url, params=arguments),
    ]
    assert [message["text"] for message in sent] == ["Größe"] * 5


@pytest.mark.parametrize("body", ["{", "[]", '"x"', "\xff"])
async def test_a_body_that_cannot_be_read_is_refused(url: str, http: ClientSession, body: str) -> None:
    headers = {"Content-Type": "application/json"}
    address = f"{url}/bot{TOKEN}/sendMessage"
    async with http.post(address, data=body.encode("latin-1"), headers=headers) as answer:
        assert (answer.status, (await answer.json())["ok"]) == (400, False)


async def test_a_file_is_handed_out_to_its_bot_only(
    url: str, http: ClientSession, clara: Phone, call: Any
) -> None:
    await clara.start()
    form = aiohttp.FormData({"chat_id": str(clara.person.id)})
    form.add_field("document", b"content", filename="a.ics")
    async with http.post(f"{url}/bot{TOKEN}/sendDocument", data=form) as answer:
        file_id = (await answer.json())["result"]["document"]["file_id"]
    path = (await call("getFile", file_id=file_id))["result"]["file_path"]
    for token, status in ((TOKEN, 200), ("100200300:another", 404)):
        async with http.get(f"{url}/file/bot{token}/{path}") as answer:
            assert answer.status == status
    async with http.get(f"{url}/file/bot{TOKEN}/documents/none") as answer:
        assert answer.status == 404


async def test_a_large_document_is_taken(url: str, http: ClientSession, clara: Phone) -> None:
    await clara.start()
    form = aiohttp.FormData({"chat_id": str(clara.person.id)})
    form.add_field("document", io.BytesIO(b"x" * 3_000_000), filename="large.bin")
    async with http.post(f"{url}/bot{TOKEN}/sendDocument", data=form) as answer:
        assert (await answer.json())["result"]["document"]["file_size"] == 3_000_000
