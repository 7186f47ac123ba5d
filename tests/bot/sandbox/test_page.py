"""What the chat page is told and what it may do."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
import telegram
from aiohttp import ClientSession

from bot.sandbox.page_stream import Tab
from bot.sandbox.phone import Phone
from bot.sandbox.server import Sandbox

CLARA = "/sandbox/people/700100201"


@pytest.fixture
def sandbox(new_sandbox: Any) -> Sandbox:
    made: Sandbox = new_sandbox(tabs=[Tab("Mailbox", "/sandbox/mail")])
    return made


@asynccontextmanager
async def events(http: ClientSession, url: str) -> AsyncIterator[AsyncIterator[dict[str, Any]]]:
    async def read() -> AsyncIterator[dict[str, Any]]:
        async for line in answer.content:
            if line.startswith(b"data: "):
                yield json.loads(line[6:])

    async with http.get(f"{url}/sandbox/events") as answer:
        assert answer.content_type == "text/event-stream"
        yield read()


async def test_the_stream_begins_with_the_whole_picture_and_goes_on_with_changes(
    url: str, http: ClientSession, bot: telegram.Bot, clara: Phone
) -> None:
    await bot.set_my_commands([("book", "Book a session")])
    await bot.set_my_description("Welcome")
    await clara.start()
    async with events(http, url) as stream:
        picture = await anext(stream)
        assert picture["kind"] == "picture"
        assert picture["bot"]["first_name"] == "Confer"
        assert picture["tabs"] == [{"title": "Mailbox", "path": "/sandbox/mail"}]
        assert [pane["person"]["first_name"] for pane in picture["people"]] == ["Clara", "Max"]
        first = picture["people"][0]
        assert first["commands"] == [{"command": "book", "description": "Book a session"}]
        assert first["description"] == "Welcome"
        assert [message["text"] for message in first["messages"]] == ["/start"]
        await bot.send_message(clara.person.id, "Hello")
        event = await anext(stream)
        assert (event["kind"], event["person"]) == ("message", clara.person.id)
        assert event["message"] == clara.last
        tap = await clara.tap_data("x", 1)
        await bot.answer_callback_query(tap.id, "Toast", show_alert=True)
        asked, answered = await anext(stream), await anext(stream)
        assert (asked["tap"]["answered"], answered["tap"]["answered"]) == (False, True)
        assert (answered["tap"]["text"], answered["tap"]["alert"]) == ("Toast", True)


async def test_everything_a_person_can_do_reaches_the_bot(
    url: str, http: ClientSession, bot: telegram.Bot
) -> None:
    done: list[tuple[str, dict[str, Any]]] = [
        ("start", {"payload": "abc"}),
        ("send", {"text": "hello"}),
        ("location", {"latitude": 52.5, "longitude": 13.4}),
        ("tap", {"message_id": 1, "data": "x"}),
        ("block", {}),
        ("unblock", {}),
    ]
    for action, body in done:
        async with http.post(f"{url}{CLARA}/{action}", json=body) as answer:
            assert answer.status == 200
    updates = await bot.get_updates()
    assert [update.update_id - updates[0].update_id for update in updates] == [0, 1, 2, 3, 4, 5]
    assert [update.message.text for update in updates if update.message] == ["/start abc", "hello", None]
    assert updates[3].callback_query is not None


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        (f"{CLARA}/send", {"text": ""}, 400),
        (f"{CLARA}/send", {}, 404),
        (f"{CLARA}/start", {"payload": "a b"}, 400),
        (f"{CLARA}/dance", {}, 404),
        (f"{CLARA}/location", {"latitude": "x", "longitude": 1}, 400),
        ("/sandbox/people/1/send", {"text": "x"}, 404),
        ("/sandbox/people/x/send", {"text": "x"}, 400),
        ("/sandbox/people", {"first_name": " "}, 400),
        ("/sandbox/clock", {"seconds": -5}, 400),
        ("/sandbox/clock", {"seconds": "nan"}, 400),
        ("/sandbox/clock", {"seconds": 1e12}, 400),
    ],
)
async def test_what_cannot_be_done_is_said_in_a_sentence(
    url: str, http: ClientSession, path: str, body: dict[str, Any], status: int
) -> None:
    async with http.post(url + path, json=body) as answer:
        assert answer.status == status
        assert set(await answer.json()) == {"error"}


async def test_only_json_is_listened_to(url: str, http: ClientSession, clara: Phone) -> None:
    async with http.post(f"{url}{CLARA}/send", data={"text": "x"}) as answer:
        assert answer.status == 400
    assert clara.messages == []


async def test_somebody_new_can_be_let_in(url: str, http: ClientSession, sandbox: Sandbox) -> None:
    new = {"first_name": "Zoë", "last_name": "<b>", "language_code": "fr"}
    async with http.post(f"{url}/sandbox/people", json=new) as answer:
        person = await answer.json()
    assert person == {**new, "id": 700100203, "username": "", "label": "", "time_zone": ""}
    assert sandbox.person("Zoë").person.last_name == "<b>"


async def test_the_clock_can_be_advanced(url: str, http: ClientSession, clock: Any) -> None:
    before = clock.now()
    async with events(http, url) as stream:
        await anext(stream)
        async with http.post(f"{url}/sandbox/clock", json={"seconds": 600}) as answer:
            assert answer.status == 200
        event = await anext(stream)
    assert clock.now() - before == timedelta(minutes=10)
    assert event == {"kind": "clock", "now": clock.now().timestamp()}


async def test_files_are_handed_out_under_their_name_and_run_nothing(
    url: str, http: ClientSession, bot: telegram.Bot, clara: Phone
) -> None:
    await clara.start()
    sent = await bot.send_document(clara.person.id, b"<script>", filename="ä 1.html")
    assert sent.document is not None
    async with http.get(f"{url}/sandbox/files/{sent.document.file_id}") as answer:
        assert await answer.read() == b"<script>"
        assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''%C3%A4%201.html"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    async with http.get(f"{url}/sandbox/files/none") as answer:
        assert answer.status == 404


async def test_the_page_takes_nothing_from_elsewhere(url: str, http: ClientSession) -> None:
    async with http.get(f"{url}/sandbox") as answer:
        policy = answer.headers["Content-Security-Policy"]
        text = await answer.text()
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http://" not in text
    assert "https://" not in text


@pytest.mark.parametrize("name", ["..%2Fserver.py", "nothing.js", "%2Fetc%2Fpasswd"])
async def test_no_other_file_is_served(url: str, http: ClientSession, name: str) -> None:
    async with http.get(f"{url}/sandbox/page/{name}") as answer:
        assert answer.status == 404
