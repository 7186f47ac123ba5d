"""A screen's buttons as the Bot API takes them: https://core.telegram.org/bots/api#replymarkup.

Plain values and not python-telegram-bot's types, because making those of a month's fifty buttons and taking
them apart again takes longer than all the rest of an answer.
"""

from typing import Any

from bot.callback_codec import pack
from bot.screens.screen import Button, Copy, Link, LocationKeyboard, RemoveKeyboard, Screen

Json = dict[str, Any]
NO_PREVIEW = {"is_disabled": True}
LOOKED_AT = {"message_id", "date", "chat", "photo"}


def extras(screen: Screen) -> Json:
    """What goes along with the text of a message: its keyboard, and that addresses are not looked up."""
    return {"reply_markup": markup(screen), "link_preview_options": NO_PREVIEW}


def markup(screen: Screen) -> Json | None:
    """The keyboard of a message; None where it has none."""
    match screen.keyboard:
        case LocationKeyboard(label=label, placeholder=placeholder):
            return {
                "keyboard": [[{"text": label, "request_location": True}]],
                "resize_keyboard": True,
                "one_time_keyboard": True,
                "input_field_placeholder": placeholder,
            }
        case RemoveKeyboard():
            return {"remove_keyboard": True}
    if not screen.rows:
        return None
    return {"inline_keyboard": [[_button(button) for button in row] for row in screen.rows]}


def _button(button: Button) -> Json:
    match button:
        case Link(label=label, url=url):
            return {"text": label, "url": url}
        case Copy(label=label, text=text):
            return {"text": label, "copy_text": {"text": text}}
    made = {"text": button.label, "callback_data": pack(button.callback)}
    return made if button.style is None else made | {"style": button.style.value}


def bare(told: Any) -> Any:
    """What Telegram tells, with only that of our own messages which somebody looks at.

    `told` is an update, a message, or a list of either; anything else is left as it is.
    """
    match told:
        case list():
            return [bare(each) for each in told]
        case {"callback_query": {"message": dict(message)} as query}:
            return told | {"callback_query": query | {"message": bare(message)}}
        case {"message_id": int()}:
            return {name: value for name, value in told.items() if name in LOOKED_AT}
    return told
