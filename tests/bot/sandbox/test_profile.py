"""The bot knows itself and the chats it was spoken to in."""

import pytest
import telegram
from telegram import MenuButtonCommands, MenuButtonDefault

from bot.sandbox.phone import Phone


async def test_the_bot_knows_itself(bot: telegram.Bot) -> None:
    me = await bot.get_me()
    assert (me.id, me.is_bot, me.username) == (100200300, True, "confer_sandbox_bot")


async def test_name_and_descriptions_go_by_language(bot: telegram.Bot) -> None:
    assert (await bot.get_my_name()).name == "Confer"
    await bot.set_my_name("Riverside")
    await bot.set_my_description("Book a session in this chat.")
    await bot.set_my_description("Buchen Sie hier.", language_code="de")
    await bot.set_my_short_description("Sessions by chat")
    assert (await bot.get_me()).first_name == "Riverside"
    assert (await bot.get_my_name("fr")).name == "Riverside"
    assert (await bot.get_my_description("fr")).description == "Book a session in this chat."
    assert (await bot.get_my_description("de")).description == "Buchen Sie hier."
    assert (await bot.get_my_short_description()).short_description == "Sessions by chat"
    with pytest.raises(telegram.error.BadRequest):
        await bot.set_my_name("x" * 65)


async def test_a_chat_shows_its_person(bot: telegram.Bot, clara: Phone) -> None:
    await clara.start()
    chat = await bot.get_chat(clara.person.id)
    assert (chat.type, chat.full_name, chat.username) == ("private", "Clara Weiss", "clara")
    with pytest.raises(telegram.error.BadRequest, match="Chat not found"):
        await bot.get_chat(5)


async def test_the_menu_button_is_remembered(bot: telegram.Bot, clara: Phone) -> None:
    assert await bot.get_chat_menu_button() == MenuButtonCommands()
    await bot.set_chat_menu_button(clara.person.id, MenuButtonDefault())
    assert await bot.get_chat_menu_button(clara.person.id) == MenuButtonDefault()
