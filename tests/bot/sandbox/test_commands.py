"""Command menus by scope and language; everybody sees the nearest one."""

from typing import Any

import pytest
import telegram
from telegram import BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat

from bot.sandbox.commands import commands_for
from bot.sandbox.phone import Phone
from bot.sandbox.server import Sandbox


async def test_commands_are_kept_by_scope_and_language(
    bot: telegram.Bot, sandbox: Sandbox, clara: Phone, maximilian: Phone
) -> None:
    await clara.start()
    mine = BotCommandScopeChat(clara.person.id)
    await bot.set_my_commands([("book", "Book a session")])
    await bot.set_my_commands([("book", "Termin buchen")], language_code="de")
    await bot.set_my_commands([("today", "Today's sessions")], scope=mine)
    assert await bot.get_my_commands() == (BotCommand("book", "Book a session"),)
    assert await bot.get_my_commands(scope=BotCommandScopeAllPrivateChats()) == ()
    seen = [commands_for(sandbox.world, phone.person)[0]["description"] for phone in (clara, maximilian)]
    assert seen == ["Today's sessions", "Termin buchen"]
    await bot.delete_my_commands(scope=mine)
    assert commands_for(sandbox.world, clara.person) == [{"command": "book", "description": "Book a session"}]


@pytest.mark.parametrize(
    ("arguments", "refusal"),
    [
        ({"commands": [{"command": "Book!", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "book", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [], "scope": {"type": "chat", "chat_id": 5}}, "chat not found"),
        ({"commands": [], "language_code": "german"}, "invalid language code specified"),
        ({"commands": [{"command": "a", "description": "b"}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
    ],
)
async def test_refusals(call: Any, arguments: dict[str, Any], refusal: str) -> None:
    assert (await call("setMyCommands", **arguments))["description"] == f"Bad Request: {refusal}"
