"""Keyboards that come with a message: what Telegram takes, and what it refuses."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.sandbox.arguments import Arguments
from bot.sandbox.errors import bad_request
from bot.sandbox.links import button_link

Json = dict[str, Any]

_MOST_BUTTONS = 100
_ACTIONS = (
    "url", "callback_data", "web_app", "login_url", "switch_inline_query", "copy_text", "pay",
    "switch_inline_query_current_chat", "switch_inline_query_chosen_chat", "callback_game", "disabled",
)  # fmt: skip
_STYLES = ("danger", "success", "primary")


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """A reply markup, read and checked; at most one of the three is given."""

    inline: Json | None = None
    reply: Json | None = None
    removes_reply: bool = False


def read_markup(arguments: Arguments, *, inline_only: bool = False) -> Markup:
    """The call's `reply_markup`."""
    given = arguments.mapping("reply_markup", "reply keyboard markup")
    if given is None:
        return Markup()
    if "inline_keyboard" in given:
        return Markup(inline=_inline(given["inline_keyboard"]))
    if inline_only and given:
        raise bad_request("inline keyboard expected")
    if "keyboard" in given:
        return Markup(reply=_reply(given))
    return Markup(removes_reply=bool(given.get("remove_keyboard")))


def _rows(given: object, field: str) -> list[list[Any]]:
    if not isinstance(given, list) or not all(isinstance(row, list) for row in given):
        raise bad_request(f'field "{field}" of the reply markup must be an Array of Arrays')
    if sum(map(len, given)) > _MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    return [row for row in given if row]


def _inline(given: object) -> Json | None:
    rows = [[_inline_button(button) for button in row] for row in _rows(given, "inline_keyboard")]
    return {"inline_keyboard": rows} if rows else None


def _inline_button(given: object) -> Json:
    if not isinstance(given, dict):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    if not isinstance(given.get("text"), str):
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    if not given["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
    action = next((action for action in _ACTIONS if action in given), None)
    if action is None:
        raise bad_request("text buttons are unallowed in the inline keyboard")
    button = {"text": given["text"], action: _READERS.get(action, _as_is)(given[action])}
    if "style" in given:
        button["style"] = _style(given["style"])
    return button


def _as_is(value: Any) -> Any:
    return value


def _callback_data(value: Any) -> str:
    if not isinstance(value, str) or not 1 <= len(value.encode()) <= 64:
        raise bad_request("BUTTON_DATA_INVALID")
    return value


def _url(value: Any) -> str:
    return button_link(str(value), "inline keyboard button URL")


def _web_app(value: Any, what: str = "inline keyboard button") -> Json:
    url = value.get("url", "") if isinstance(value, dict) else ""
    return {"url": button_link(str(url), f"{what} Web App URL", https_only=True)}


def _copy_text(value: Any) -> Json:
    text = value.get("text") if isinstance(value, dict) else None
    if not isinstance(text, str) or not 1 <= len(text) <= 256:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return {"text": text}


_READERS: dict[str, Callable[[Any], Any]] = {
    "callback_data": _callback_data,
    "url": _url,
    "web_app": _web_app,
    "copy_text": _copy_text,
}


def _style(value: object) -> str:
    if value not in _STYLES:
        raise bad_request("can't parse inline keyboard button: invalid button style specified")
    return str(value)


def _reply(given: Json) -> Json | None:
    rows = [[_reply_button(button) for button in row] for row in _rows(given["keyboard"], "keyboard")]
    options = ("one_time_keyboard", "resize_keyboard", "is_persistent", "input_field_placeholder")
    return {"keyboard": rows, **{key: given[key] for key in options if key in given}} if rows else None


def _reply_button(given: object) -> Json:
    button = {"text": given} if isinstance(given, str) else given
    if not isinstance(button, dict) or not isinstance(button.get("text"), str):
        raise bad_request("can't parse keyboard button: KeyboardButton must be a String or an Object")
    if not button["text"].strip():
        raise bad_request("keyboard button text must be non-empty")
    if "web_app" in button:
        button["web_app"] = _web_app(button["web_app"], "keyboard button")
    return button
