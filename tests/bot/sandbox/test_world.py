"""Chats, buttons, updates and settings outlive the process."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import telegram
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox

Serve = Callable[[Sandbox], AbstractAsyncContextManager[str]]
TOKEN = "100200300:a-test-token"


def bot_at(url: str) -> telegram.Bot:
    return telegram.Bot(TOKEN, base_url=f"{url}/bot")


async def test_a_restart_finds_everything_as_it_was(
    new_sandbox: Callable[..., Sandbox], serve: Serve, tmp_path: Path, clock: Any
) -> None:
    first = new_sandbox(tmp_path)
    async with serve(first) as url, bot_at(url) as bot:
        clara = first.person("Clara")
        await clara.start("abc")
        buttons = InlineKeyboardMarkup([[InlineKeyboardButton("Book", callback_data="book")]])
        await bot.send_message(clara.person.id, "Take it?", reply_markup=buttons)
        await bot.send_document(clara.person.id, b"content", filename="a.ics")
        keyboard = telegram.ReplyKeyboardMarkup([["Yes"]])
        await bot.send_message(clara.person.id, "Sure?", reply_markup=keyboard)
        await bot.set_my_commands([("book", "Book a session")])
        await bot.set_my_name("Riverside")
        tap = await clara.tap("Book")
        await first.person("Max").start()
        await first.person("Max").block()
        await first.add_person(Person(id=700100299, first_name="Zoë"))
        messages, updates = clara.messages, await bot.get_updates()

    second = new_sandbox(tmp_path)
    async with serve(second) as url, bot_at(url) as bot:
        clara = second.person("Clara")
        assert clara.messages == messages
        assert clara.keyboard == {"keyboard": [[{"text": "Yes"}]]}
        assert await bot.get_updates() == updates
        assert second.person("Max").blocked
        assert second.person("Zoë").messages == []
        assert bot.first_name == "Riverside"
        assert await bot.get_my_commands() == (telegram.BotCommand("book", "Book a session"),)
        assert await bot.answer_callback_query(tap.id, "Booked!")
        assert clara.toasts == ["Booked!"]
        document = clara.answers[1]["document"]
        assert (await bot.get_file(document["file_id"])).file_size == len(b"content")
        await clock.advance(timedelta(seconds=5))
        await clara.tap("Book")
        newest = (await bot.get_updates())[-1]
        assert newest.update_id == updates[-1].update_id + 1
        sent = await bot.send_message(clara.person.id, "next")
        assert sent.message_id == messages[-1]["message_id"] + 2


async def test_ids_are_never_used_twice_even_when_the_newest_message_was_deleted(
    new_sandbox: Callable[..., Sandbox], serve: Serve, tmp_path: Path
) -> None:
    first = new_sandbox(tmp_path)
    async with serve(first) as url, bot_at(url) as bot:
        await first.person("Clara").start()
        sent = await bot.send_message(700100201, "x")
        await sent.delete()
    second = new_sandbox(tmp_path)
    async with serve(second) as url, bot_at(url) as bot:
        assert (await bot.send_message(700100201, "y")).message_id == sent.message_id + 1


async def test_a_webhook_is_served_again_after_a_restart(
    new_sandbox: Callable[..., Sandbox], serve: Serve, tmp_path: Path
) -> None:
    first = new_sandbox(tmp_path)
    async with serve(first) as url, bot_at(url) as bot:
        await bot.set_webhook("http://127.0.0.1:9/hook")
    second = new_sandbox(tmp_path)
    async with serve(second) as url, bot_at(url) as bot:
        await second.person("Clara").start()
        async with asyncio.timeout(5):
            while not (error := (await bot.get_webhook_info()).last_error_message):  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        assert error == "Connection refused"


async def test_the_given_people_come_first_and_as_they_are_given(
    new_sandbox: Callable[..., Sandbox], serve: Serve, tmp_path: Path, clock: Any
) -> None:
    first = new_sandbox(tmp_path)
    async with serve(first):
        await first.person("Clara").start()
        await first.add_person(Person(id=5, first_name="Zoë"))
    renamed = Person(id=700100201, first_name="Claire")
    second = Sandbox(token=TOKEN, clock=clock, data_dir=tmp_path, people=(renamed,))
    async with serve(second):
        assert list(second.world.chats) == [700100201, 5, 700100202]
        assert [message["text"] for message in second.person("Claire").messages] == ["/start"]


@pytest.mark.parametrize("token", ["", "abc", "123", "x:y", "1:ö"])
def test_a_malformed_token_is_refused(clock: Any, token: str) -> None:
    with pytest.raises(ValueError, match="token"):
        Sandbox(token=token, clock=clock)
