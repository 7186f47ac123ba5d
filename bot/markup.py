"""A screen's buttons in Telegram's own types."""

from telegram import (
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.callback_codec import pack
from bot.screens.screen import Button, Copy, Link, LocationKeyboard, RemoveKeyboard, Screen

Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | None


def reply_markup(screen: Screen) -> Markup:
    """What goes below the text: inline buttons, the location key, or nothing."""
    match screen.keyboard:
        case LocationKeyboard(label=label, placeholder=placeholder):
            key = KeyboardButton(label, request_location=True)
            return ReplyKeyboardMarkup(
                [[key]],
                resize_keyboard=True,
                one_time_keyboard=True,
                input_field_placeholder=placeholder,
            )
        case RemoveKeyboard():
            return ReplyKeyboardRemove()
    return inline(screen)


def inline(screen: Screen) -> InlineKeyboardMarkup | None:
    """The inline buttons alone: all that an edit may carry."""
    if not screen.rows:
        return None
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in screen.rows])


def _button(button: Button) -> InlineKeyboardButton:
    match button:
        case Link(label=label, url=url):
            return InlineKeyboardButton(label, url=url)
        case Copy(label=label, text=text):
            return InlineKeyboardButton(label, copy_text=CopyTextButton(text))
    return InlineKeyboardButton(
        button.label, callback_data=pack(button.callback), style=button.style.value if button.style else None
    )
