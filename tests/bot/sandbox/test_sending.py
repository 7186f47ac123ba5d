"""What the bot says arrives, and what Telegram would refuse is refused in its words."""

from typing import Any

import pytest
import telegram
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton, ReplyKeyboardMarkup
from telegram.constants import ChatAction, ParseMode

from bot.sandbox.phone import CannotDo, Phone


async def test_a_formatted_message_with_buttons_arrives_as_the_real_server_returns_it(
    bot: telegram.Bot, clara: Phone
) -> None:
    await clara.start()
    sent = await bot.send_message(
        clara.person.id,
        "Hi 🎉 <b>Clara</b>, see <a href='https://example.org'>this</a>",
        parse_mode=ParseMode.HTML,
        reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("Book", callback_data="book:1")]]),
    )
    assert sent.text == "Hi 🎉 Clara, see this"
    assert sent.parse_entities() == {sent.entities[0]: "Clara", sent.entities[1]: "this"}
    assert [(e.type, e.offset, e.length, e.url) for e in sent.entities] == [
        ("bold", 6, 5, None),
        ("text_link", 17, 4, "https://example.org/"),
    ]
    assert sent.from_user == bot.bot
    assert (sent.chat.id, sent.chat.type, sent.chat.first_name) == (clara.person.id, "private", "Clara")
    assert {key: sent.to_dict()[key] for key in clara.last} == clara.last


async def test_ids_grow_over_all_chats(bot: telegram.Bot, clara: Phone, maximilian: Phone) -> None:
    first = (await clara.start())["message_id"]
    await maximilian.start()
    sent = [await bot.send_message(phone.person.id, "x") for phone in (clara, maximilian)]
    assert [message.message_id for message in sent] == [first + 2, first + 3]


async def test_a_reply_keyboard_stays_until_it_is_removed(bot: telegram.Bot, clara: Phone) -> None:
    await clara.start()
    keyboard = ReplyKeyboardMarkup(
        [[KeyboardButton("Share location", request_location=True), "Skip"]], one_time_keyboard=True
    )
    sent = await bot.send_message(clara.person.id, "Where are you?", reply_markup=keyboard)
    assert sent.reply_markup is None
    assert clara.keyboard == {
        "keyboard": [[{"text": "Share location", "request_location": True}, {"text": "Skip"}]],
        "one_time_keyboard": True,
    }
    await bot.send_message(clara.person.id, "Never mind", reply_markup=telegram.ReplyKeyboardRemove())
    assert clara.keyboard is None


async def test_a_one_time_keyboard_goes_when_it_was_used(bot: telegram.Bot, clara: Phone) -> None:
    await clara.start()
    keyboard = ReplyKeyboardMarkup([["Yes"]], one_time_keyboard=True)
    await bot.send_message(clara.person.id, "Sure?", reply_markup=keyboard)
    with pytest.raises(CannotDo, match="no key 'No'"):
        await clara.press("No")
    pressed = await clara.press("Yes")
    assert (pressed["text"], clara.keyboard) == ("Yes", None)


async def test_a_reply_quotes_the_message_it_answers(bot: telegram.Bot, clara: Phone) -> None:
    question = await clara.start()
    sent = await bot.send_message(clara.person.id, "Hello", reply_to_message_id=question["message_id"])
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "/start"


async def test_typing_is_shown(bot: telegram.Bot, clara: Phone, sandbox: Any) -> None:
    await clara.start()
    reader = sandbox.world.feed.join()
    assert await bot.send_chat_action(clara.person.id, ChatAction.TYPING)
    assert reader.get_nowait() == {"kind": "action", "person": clara.person.id, "action": "typing"}


@pytest.mark.parametrize(
    ("arguments", "refusal"),
    [
        ({"text": ""}, "Bad Request: message text is empty"),
        ({"text": " \n "}, "Bad Request: message text is empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "Bad Request: message text is empty"),
        ({"text": "x" * 4097}, "Bad Request: message is too long"),
        (
            {"text": "<b>x", "parse_mode": "HTML"},
            "Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        ({"text": "x", "parse_mode": "Wiki"}, "Bad Request: unsupported parse_mode"),
        ({"text": "x", "chat_id": 5}, "Bad Request: chat not found"),
        ({"text": "x", "chat_id": ""}, "Bad Request: chat_id is empty"),
        ({"text": "x", "reply_markup": "{"}, "Bad Request: can't parse reply keyboard markup JSON object"),
        (
            {"text": "x", "reply_parameters": {"message_id": 999}},
            "Bad Request: message to be replied not found",
        ),
    ],
)
async def test_refusals_of_send_message(
    call: Any, clara: Phone, arguments: dict[str, Any], refusal: str
) -> None:
    await clara.start()
    answer = await call("sendMessage", **{"chat_id": clara.person.id, **arguments})
    assert answer == {"ok": False, "error_code": 400, "description": refusal}
    assert clara.answers == []


async def test_4096_characters_after_the_markup_is_read_are_taken(call: Any, clara: Phone) -> None:
    await clara.start()
    text = f"<b>{'ä' * 4096}</b>"
    answer = await call("sendMessage", chat_id=clara.person.id, text=text, parse_mode="HTML")
    assert answer["result"]["text"] == "ä" * 4096


async def test_somebody_who_never_started_the_bot_cannot_be_written_to(
    bot: telegram.Bot, clara: Phone
) -> None:
    with pytest.raises(telegram.error.BadRequest, match=r"^Chat not found$"):
        await bot.send_message(clara.person.id, "x")
    assert clara.messages == []


async def test_somebody_who_blocked_the_bot_cannot_be_written_to(bot: telegram.Bot, clara: Phone) -> None:
    await clara.start()
    await clara.block()
    with pytest.raises(telegram.error.Forbidden, match=r"^Forbidden: bot was blocked by the user$"):
        await bot.send_message(clara.person.id, "x")
    with pytest.raises(telegram.error.Forbidden):
        await bot.send_chat_action(clara.person.id, ChatAction.TYPING)
    await clara.unblock()
    await bot.send_message(clara.person.id, "x")
    assert [message["text"] for message in clara.answers] == ["x"]
