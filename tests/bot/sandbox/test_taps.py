"""A tap reaches the bot with its message, and gets one answer in time."""

from datetime import timedelta
from typing import Any

import pytest
import telegram
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.sandbox.phone import CannotDo, Phone

TOO_OLD = "^Query is too old and response timeout expired or query id is invalid$"


async def offer(bot: telegram.Bot, clara: Phone) -> telegram.Message:
    await clara.start()
    buttons = [
        InlineKeyboardButton("Book", callback_data="book:1"),
        InlineKeyboardButton("Site", url="https://example.org"),
    ]
    return await bot.send_message(clara.person.id, "Take it?", reply_markup=InlineKeyboardMarkup([buttons]))


async def query_of(bot: telegram.Bot) -> telegram.CallbackQuery:
    updates = await bot.get_updates(allowed_updates=["message", "callback_query"])
    query = updates[-1].callback_query
    assert query is not None
    return query


async def test_a_tap_carries_who_what_and_the_message(bot: telegram.Bot, clara: Phone) -> None:
    sent = await offer(bot, clara)
    tap = await clara.tap("Book")
    query = await query_of(bot)
    assert (query.id, query.data, query.from_user.id) == (tap.id, "book:1", clara.person.id)
    assert query.id.isdigit()
    assert query.message == sent
    assert await query.answer("Booked!", show_alert=True)
    assert (tap.answered, tap.text, tap.alert) == (True, "Booked!", True)
    assert clara.toasts == ["Booked!"]


async def test_an_answer_may_be_silent(bot: telegram.Bot, clara: Phone) -> None:
    await offer(bot, clara)
    tap = await clara.tap("Book")
    assert await (await query_of(bot)).answer()
    assert await clara.wait_for_answer(tap) == ""
    assert clara.toasts == []


async def test_a_second_answer_is_refused(bot: telegram.Bot, clara: Phone) -> None:
    await offer(bot, clara)
    await clara.tap("Book")
    query = await query_of(bot)
    await query.answer("one")
    with pytest.raises(telegram.error.BadRequest, match=f"(?i){TOO_OLD}"):
        await query.answer("two")
    assert clara.toasts == ["one"]


async def test_a_tap_dies_after_150_seconds(bot: telegram.Bot, clara: Phone, clock: Any) -> None:
    await offer(bot, clara)
    first = await clara.tap("Book")
    await clock.advance(timedelta(seconds=150))
    assert await bot.answer_callback_query(first.id)
    second = await clara.tap("Book")
    await clock.advance(timedelta(seconds=151))
    with pytest.raises(telegram.error.BadRequest, match=f"(?i){TOO_OLD}"):
        await bot.answer_callback_query(second.id)


async def test_an_unknown_query_and_a_long_answer_are_refused(
    bot: telegram.Bot, clara: Phone, call: Any
) -> None:
    await offer(bot, clara)
    tap = await clara.tap("Book")
    refused = [
        (await call("answerCallbackQuery", callback_query_id=query, text=text))["description"]
        for query, text in (("123", "x"), (tap.id, "x" * 201))
    ]
    assert refused == [
        "Bad Request: query is too old and response timeout expired or query ID is invalid",
        "Bad Request: MESSAGE_TOO_LONG",
    ]
    assert not tap.answered


async def test_the_message_is_carried_as_it_was_at_the_tap(bot: telegram.Bot, clara: Phone) -> None:
    sent = await offer(bot, clara)
    await clara.tap("Book")
    await sent.edit_text("Too late")
    message = (await query_of(bot)).message
    assert isinstance(message, telegram.Message)
    assert message.text == "Take it?"


async def test_forged_data_on_a_deleted_message_comes_with_what_is_left_of_it(
    bot: telegram.Bot, clara: Phone
) -> None:
    sent = await offer(bot, clara)
    await sent.delete()
    await clara.tap_data("forged", sent.message_id)
    query = await query_of(bot)
    assert query.data == "forged"
    assert query.message is not None
    assert (query.message.message_id, query.message.is_accessible) == (sent.message_id, False)


async def test_buttons_that_do_not_speak_to_the_bot_are_no_taps(bot: telegram.Bot, clara: Phone) -> None:
    await offer(bot, clara)
    with pytest.raises(CannotDo, match="'Site' does not speak to the bot"):
        await clara.tap("Site")
    with pytest.raises(CannotDo, match="no button 'Cancel'; there are: 'Book', 'Site'"):
        await clara.tap("Cancel")
    assert clara.taps == []
