"""Buttons as the Bot API takes them, read again by python-telegram-bot's own types."""

import copy
from typing import Any

import pytest
from markupsafe import Markup
from telegram import Bot, InlineKeyboardMarkup, KeyboardButton, ReplyKeyboardMarkup, ReplyKeyboardRemove

from bot.callbacks import Book, Home, unpack
from bot.markup import bare, extras
from bot.screens.screen import Copy, Link, LocationKeyboard, RemoveKeyboard, Row, Screen, Style, Tap
from tests.servers.troubled_telegram import TroubledTelegram

ADDRESS = "https://calendar.example.org/add?a=1&b=2"
WORDS = Markup("Words")
ROWS: tuple[Row, ...] = (
    (Tap("Book", Book(), Style.PRIMARY), Tap("Home", Home())),
    (Link("Google", ADDRESS),),
    (Copy("Copy link", "https://t.me/x"),),
)


def keyboard(*rows: Row) -> Any:
    return extras(Screen(text=WORDS, rows=rows))["reply_markup"]


def test_each_kind_of_button_has_its_own_field() -> None:
    found = keyboard(*ROWS)
    assert found == {
        "inline_keyboard": [
            [
                {
                    "text": "Book",
                    "callback_data": found["inline_keyboard"][0][0]["callback_data"],
                    "style": "primary",
                },
                {"text": "Home", "callback_data": found["inline_keyboard"][0][1]["callback_data"]},
            ],
            [{"text": "Google", "url": ADDRESS}],
            [{"text": "Copy link", "copy_text": {"text": "https://t.me/x"}}],
        ]
    }
    assert [unpack(each["callback_data"]) for each in found["inline_keyboard"][0]] == [Book(), Home()]


def test_addresses_are_never_looked_up_and_no_button_means_no_keyboard() -> None:
    assert extras(Screen(text=WORDS)) == {
        "reply_markup": None,
        "link_preview_options": {"is_disabled": True},
    }


def test_the_location_key_hides_after_its_use() -> None:
    screen = Screen(text=WORDS, keyboard=LocationKeyboard(label="📍 Here", placeholder="City"))
    wanted = ReplyKeyboardMarkup(
        [[KeyboardButton("📍 Here", request_location=True)]],
        resize_keyboard=True,
        one_time_keyboard=True,
        input_field_placeholder="City",
    )
    assert extras(screen)["reply_markup"] == wanted.to_dict()


def test_the_phone_s_own_keyboard_is_given_back() -> None:
    found = extras(Screen(text=WORDS, keyboard=RemoveKeyboard()))["reply_markup"]
    assert ReplyKeyboardRemove().to_dict() == found


def test_the_library_reads_the_buttons_whole() -> None:
    plain = keyboard(*ROWS, *((Tap(style.value, Home(), style),) for style in Style))
    read = InlineKeyboardMarkup.de_json(copy.deepcopy(plain), None)
    assert read.to_dict() == plain
    assert [button.api_kwargs for row in read.inline_keyboard for button in row if button.api_kwargs] == []


CHAT = {"id": 1, "type": "private"}
BARE = {"message_id": 5, "date": 1, "chat": CHAT, "photo": []}
MESSAGE = BARE | {"from": {"id": 2}, "text": "Words", "reply_markup": {"inline_keyboard": []}}
TYPED = {"update_id": 1, "message": MESSAGE}


@pytest.mark.parametrize(
    ("told", "left"),
    [
        (MESSAGE, BARE),
        ([MESSAGE, MESSAGE], [BARE, BARE]),
        (
            [{"update_id": 1, "callback_query": {"id": "1", "message": MESSAGE, "data": "x"}}],
            [{"update_id": 1, "callback_query": {"id": "1", "message": BARE, "data": "x"}}],
        ),
        ({"update_id": 1, "callback_query": {"id": "1"}}, {"update_id": 1, "callback_query": {"id": "1"}}),
        ([TYPED], [TYPED]),
        ({"url": "", "reply_markup": 1}, {"url": "", "reply_markup": 1}),
        (True, True),
        (None, None),
        ([], []),
        ("words", "words"),
    ],
)
def test_of_our_own_messages_only_what_is_looked_at_is_read(told: Any, left: Any) -> None:
    assert bare(told) == left


async def test_a_message_arrives_with_its_buttons(api: Bot, telegram: TroubledTelegram) -> None:
    phone = telegram.phone("Dora")
    await phone.start()
    await api.send_message(
        phone.person.id, "Words", api_kwargs=extras(Screen(text=WORDS, rows=((Tap("Home", Home()),),)))
    )
    assert phone.last["reply_markup"] == keyboard((Tap("Home", Home()),))
