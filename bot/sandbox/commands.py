"""The bot's command menu, by scope and language."""

import re
from typing import Any

from bot.sandbox.arguments import Arguments
from bot.sandbox.errors import bad_request
from bot.sandbox.people import Person
from bot.sandbox.store import Json
from bot.sandbox.world import World

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_SCOPES = (
    "default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat",
    "chat_administrators", "chat_member",
)  # fmt: skip
_PREFIX = "commands:"


async def set_my_commands(world: World, arguments: Arguments) -> bool:
    """https://core.telegram.org/bots/api#setmycommands."""
    given = arguments.array("commands", "list of bot commands")
    if given is None:
        raise bad_request("expected an Array of BotCommand")
    if len(given) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    _keep(world, arguments, [_command(each) for each in given])
    return True


async def get_my_commands(world: World, arguments: Arguments) -> list[Json]:
    """https://core.telegram.org/bots/api#getmycommands; of exactly this scope and language."""
    commands: list[Json] = world.settings.get(_place(world, arguments), {}).get("commands", [])
    return commands


async def delete_my_commands(world: World, arguments: Arguments) -> bool:
    """https://core.telegram.org/bots/api#deletemycommands."""
    _keep(world, arguments, [])
    return True


def commands_for(world: World, person: Person) -> list[Json]:
    """What this person's menu shows (core.telegram.org/bots/api#determining-list-of-commands)."""
    for scope in (f"chat:{person.id}", "all_private_chats", "default"):
        for language in (person.language_code, ""):
            kept = world.settings.get(f"{_PREFIX}{scope}:{language}", {})
            if kept.get("commands"):
                commands: list[Json] = kept["commands"]
                return commands
    return []


def _keep(world: World, arguments: Arguments, commands: list[Json]) -> None:
    world.keep_setting(_place(world, arguments), {"commands": commands})
    for chat in world.chats.values():
        world.feed.publish("commands", person=chat.person.id, commands=commands_for(world, chat.person))


def _place(world: World, arguments: Arguments) -> str:
    scope = arguments.mapping("scope", "bot command scope") or {"type": "default"}
    kind = str(scope.get("type"))
    if kind not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    language = arguments.text("language_code")
    if not re.fullmatch(r"([a-z]{2})?", language):
        raise bad_request("invalid language code specified")
    if kind.startswith("chat"):
        kind = f"{kind}:{_chat_id(world, scope)}"
    return f"{_PREFIX}{kind}:{language}"


def _chat_id(world: World, scope: dict[str, Any]) -> int:
    """A scope of one chat needs a chat the bot knows, as on the real server."""
    chat_id = scope.get("chat_id")
    chat = world.chats.get(chat_id) if isinstance(chat_id, int) else None
    if chat is None or not chat.started:
        raise bad_request("chat not found")
    return chat.person.id


def _command(given: Any) -> Json:
    if not isinstance(given, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    command, description = str(given.get("command", "")), str(given.get("description", ""))
    command = command.removeprefix("/")
    if not _COMMAND.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description.strip()) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command, "description": description.strip()}
