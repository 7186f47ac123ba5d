"""Edits happen in place, and Telegram says so when nothing changed."""

from datetime import timedelta
from typing import Any

import pytest
import telegram
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto

from bot.sandbox.errors import NOT_MODIFIED
from bot.sandbox.phone import Phone
from tests.bot.sandbox.test_files import png

BUTTONS = InlineKeyboardMarkup([[InlineKeyboardButton("Book", callback_data="book")]])


async def test_an_edit_changes_text_and_buttons_in_place(bot: telegram.Bot, clara: Phone, clock: Any) -> None:
    await clara.start()
    sent = await bot.send_message(clara.person.id, "one", reply_markup=BUTTONS)
    await clock.advance(timedelta(minutes=1))
    edited = await sent.edit_text("<b>two</b>", parse_mode="HTML")
    assert isinstance(edited, telegram.Message)
    assert (edited.message_id, edited.text, edited.reply_markup) == (sent.message_id, "two", None)
    assert edited.date == sent.date
    assert edited.edit_date == sent.date + timedelta(minutes=1)
    assert [message["text"] for message in clara.answers] == ["two"]


async def test_buttons_alone_can_be_changed(bot: telegram.Bot, clara: Phone) -> None:
    await clara.start()
    sent = await bot.send_message(clara.person.id, "one", reply_markup=BUTTONS)
    edited = await sent.edit_reply_markup(None)
    assert isinstance(edited, telegram.Message)
    assert (edited.text, edited.reply_markup) == ("one", None)


async def test_an_edit_that_changes_nothing_is_refused(bot: telegram.Bot, clara: Phone, call: Any) -> None:
    await clara.start()
    sent = await bot.send_message(clara.person.id, "<b>one</b>", parse_mode="HTML", reply_markup=BUTTONS)
    place = {"chat_id": clara.person.id, "message_id": sent.message_id}
    markup = BUTTONS.to_dict()
    same = {"ok": False, "error_code": 400, "description": f"Bad Request: {NOT_MODIFIED}"}
    assert await call("editMessageReplyMarkup", **place, reply_markup=markup) == same
    text = {"text": " <strong>one</strong> ", "parse_mode": "HTML"}
    assert await call("editMessageText", **place, **text, reply_markup=markup) == same
    assert (await call("editMessageText", **place, text="one", reply_markup=markup))["ok"] is True


@pytest.mark.parametrize(
    ("method", "arguments", "refusal"),
    [
        ("editMessageText", {"message_id": 999, "text": "x"}, "message to edit not found"),
        ("editMessageText", {"text": "x"}, "message identifier is not specified"),
        ("editMessageText", {"message_id": 2, "text": " "}, "message text is empty"),
        ("editMessageText", {"message_id": 2, "text": "x" * 4097}, "message is too long"),
        ("editMessageText", {"message_id": 1, "text": "x"}, "message can't be edited"),
        (
            "editMessageCaption",
            {"message_id": 2, "caption": "x"},
            "there is no caption in the message to edit",
        ),
        ("editMessageReplyMarkup", {"message_id": 999}, "message to edit not found"),
        ("deleteMessage", {"message_id": 999}, "message to delete not found"),
        ("deleteMessages", {"message_ids": []}, "message identifiers are not specified"),
    ],
)
async def test_refusals(
    clara: Phone, call: Any, method: str, arguments: dict[str, Any], refusal: str
) -> None:
    await clara.start()
    await call("sendMessage", chat_id=clara.person.id, text="hello")
    answer = await call(method, chat_id=clara.person.id, **arguments)
    assert answer == {"ok": False, "error_code": 400, "description": f"Bad Request: {refusal}"}
    assert [message["text"] for message in clara.messages] == ["/start", "hello"]


async def test_messages_can_be_taken_back_for_two_days(bot: telegram.Bot, clara: Phone, clock: Any) -> None:
    await clara.start()
    sent = [await bot.send_message(clara.person.id, text) for text in "abcd"]
    assert await sent[0].delete()
    assert await bot.delete_messages(clara.person.id, [sent[1].message_id, 999])
    await clock.advance(timedelta(hours=48, seconds=1))
    with pytest.raises(telegram.error.BadRequest, match="can't be deleted for everyone"):
        await sent[2].delete()
    assert await bot.delete_messages(clara.person.id, [sent[3].message_id])
    assert [message["text"] for message in clara.answers] == ["c", "d"]


async def test_a_text_becomes_a_photo_and_a_photo_another_one(bot: telegram.Bot, clara: Phone) -> None:
    await clara.start()
    sent = await bot.send_message(clara.person.id, "one", reply_markup=BUTTONS)
    for width, caption in ((40, "two"), (20, "three")):
        media = InputMediaPhoto(png(width, 30), caption=f"<b>{caption}</b>", parse_mode="HTML")
        edited = await bot.edit_message_media(media, clara.person.id, sent.message_id, reply_markup=BUTTONS)
        assert isinstance(edited, telegram.Message)
        assert (edited.text, edited.caption, edited.photo[-1].width) == (None, caption, width)
        assert [each["message_id"] for each in clara.answers] == [sent.message_id]
    with pytest.raises(telegram.error.BadRequest, match="no text in the message to edit"):
        await sent.edit_text("four")


async def test_media_of_no_known_kind_are_refused(clara: Phone, call: Any, bot: telegram.Bot) -> None:
    await clara.start()
    sent = await bot.send_message(clara.person.id, "one")
    place = {"chat_id": clara.person.id, "message_id": sent.message_id}
    for media in ({}, {"type": "hologram", "media": "x"}, {"type": ["photo"]}):
        answer = await call("editMessageMedia", media=media, **place)
        assert answer["description"] == "Bad Request: can't parse InputMedia: type must be specified"
    assert clara.last["text"] == "one"
