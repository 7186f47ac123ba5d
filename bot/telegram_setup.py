"""Telling Telegram how this bot wants to be reached and which commands each person sees."""

from collections.abc import Iterable

from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat
from telegram.error import BadRequest, Forbidden

from bot.screens.about import description, short_description
from bot.screens.commands import commands
from core.domain.person import Person, Role
from core.domain.zones import zone
from core.kit.i18n import LANGUAGES, texts

ALLOWED_UPDATES = ("message", "callback_query", "my_chat_member")
MOST_CONNECTIONS = 100
UTC = zone("UTC")


async def set_commands(bot: Bot) -> None:
    """The menu of commands that everybody sees, in each language."""
    for language in (None, *LANGUAGES):
        menu = _menu(language or "en", frozenset({Role.CLIENT}))
        await bot.set_my_commands(menu, scope=BotCommandScopeAllPrivateChats(), language_code=language)


async def set_descriptions(bot: Bot, practice: str) -> None:
    """What the bot says of itself, in each language; told only where it is something else by now.

    Telegram makes a bot wait that sets it often.
    """
    for language in (None, *LANGUAGES):
        t = texts(language or "en", UTC)
        long, short = description(t, practice), short_description(t)
        if (await bot.get_my_description(language)).description != long:
            await bot.set_my_description(long, language)
        if (await bot.get_my_short_description(language)).short_description != short:
            await bot.set_my_short_description(short, language)


async def set_own_commands(bot: Bot, people: Iterable[Person]) -> None:
    """The longer menu of those who are more than clients, in their own language."""
    for person in people:
        if person.telegram_id is None:
            continue
        try:
            await bot.set_my_commands(
                _menu(person.locale, person.roles), scope=BotCommandScopeChat(person.telegram_id)
            )
        except (BadRequest, Forbidden):
            continue  # they have not written to the bot yet; the menu is set when they do


async def use_webhook(bot: Bot, url: str, secret: str) -> None:
    """Have updates delivered to `url`; what waits is kept."""
    await bot.set_webhook(
        url,
        secret_token=secret,
        allowed_updates=ALLOWED_UPDATES,
        max_connections=MOST_CONNECTIONS,
        drop_pending_updates=False,
    )


def _menu(language: str, roles: frozenset[Role]) -> list[BotCommand]:
    return [BotCommand(name, words) for name, words in commands(texts(language, UTC), roles)]
