"""Methods about the bot itself and about the chats it knows."""

from collections.abc import Awaitable, Callable

from bot.sandbox.arguments import Arguments
from bot.sandbox.errors import bad_request
from bot.sandbox.store import Json
from bot.sandbox.world import World

_LONGEST = {"name": 64, "description": 512, "short_description": 120}
_CAPABILITIES = {
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": False,
    "can_connect_to_business": False,
    "has_main_web_app": False,
    "has_topics_enabled": False,
    "allows_users_to_create_topics": False,
}
_GIFTS = {
    "unlimited_gifts": True,
    "limited_gifts": True,
    "unique_gifts": True,
    "premium_subscription": True,
    "gifts_from_channels": True,
}

Method = Callable[[World, Arguments], Awaitable[object]]


async def get_me(world: World, _arguments: Arguments) -> Json:
    """https://core.telegram.org/bots/api#getme."""
    return {**world.bot, **_CAPABILITIES}


async def get_chat(world: World, arguments: Arguments) -> Json:
    """https://core.telegram.org/bots/api#getchat."""
    chat = world.chat_of(arguments)
    return {
        **chat.person.as_chat(),
        "accent_color_id": chat.person.id % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": _GIFTS,
    }


async def set_chat_menu_button(world: World, arguments: Arguments) -> bool:
    """https://core.telegram.org/bots/api#setchatmenubutton."""
    button = arguments.mapping("menu_button", "menu button") or {"type": "default"}
    world.keep_setting(f"menu:{arguments.integer('chat_id')}", button)
    return True


async def get_chat_menu_button(world: World, arguments: Arguments) -> Json:
    """https://core.telegram.org/bots/api#getchatmenubutton."""
    default = world.settings.get("menu:0", {"type": "commands"})
    return world.settings.get(f"menu:{arguments.integer('chat_id')}", default)


def setter(field: str) -> Method:
    """setMyName, setMyDescription and setMyShortDescription, each by language."""

    async def set_field(world: World, arguments: Arguments) -> bool:
        value, language = arguments.text(field), arguments.text("language_code")
        if len(value) > _LONGEST[field]:
            raise bad_request(f"BOT_{field.upper()}_TOO_LONG")
        if world.settings.get(f"{field}:{language}") == {field: value}:
            return True
        world.keep_setting(f"{field}:{language}", {field: value})
        if field == "name" and value and not language:
            world.bot = {**world.bot, "first_name": value}
        world.feed.publish("bot", bot=world.bot)
        return True

    return set_field


def getter(field: str) -> Method:
    """getMyName, getMyDescription and getMyShortDescription."""

    async def get_field(world: World, arguments: Arguments) -> Json:
        value = own_text(world, field, arguments.text("language_code"))
        return {field: value or (world.bot["first_name"] if field == "name" else "")}

    return get_field


def own_text(world: World, field: str, language: str) -> str:
    """What the bot says of itself in a language, or else in general."""
    general = world.settings.get(f"{field}:", {}).get(field, "")
    return str(world.settings.get(f"{field}:{language}", {}).get(field, "") or general)
