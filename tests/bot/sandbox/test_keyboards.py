"""Buttons Telegram takes, and the ones it refuses."""

import json
from typing import Any

import pytest

from bot.sandbox.arguments import Arguments
from bot.sandbox.errors import ApiError
from bot.sandbox.keyboards import Markup, read_markup


def read(markup: object, *, inline_only: bool = False) -> Markup:
    return read_markup(Arguments(values={"reply_markup": json.dumps(markup)}), inline_only=inline_only)


def inline(*buttons: Any) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons)]}


@pytest.mark.parametrize(
    "button",
    [
        {"text": "Book", "callback_data": "ä" * 32},
        {"text": "Book", "callback_data": "x", "style": "success"},
        {"text": "Site", "url": "https://example.org/"},
        {"text": "App", "web_app": {"url": "https://example.org/app"}},
        {"text": "Copy", "copy_text": {"text": "CONF-42"}},
    ],
)
def test_good_buttons_come_back_as_they_were(button: dict[str, Any]) -> None:
    assert read(inline(button)).inline == inline(button)


@pytest.mark.parametrize(
    ("button", "refusal"),
    [
        ({"text": "Book", "callback_data": "x" * 65}, "BUTTON_DATA_INVALID"),
        ({"text": "Book", "callback_data": "ä" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "Book", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"text": "Book"}, "text buttons are unallowed in the inline keyboard"),
        ({"text": " ", "callback_data": "x"}, "inline keyboard button text must be non-empty"),
        ({"callback_data": "x"}, "can't parse inline keyboard button: Can't find field \"text\""),
        (
            {"text": "x", "url": "http://localhost/"},
            "inline keyboard button URL 'http://localhost/' is invalid: Wrong HTTP URL",
        ),
        (
            {"text": "x", "web_app": {"url": "http://example.org/"}},
            (
                "inline keyboard button Web App URL 'http://example.org/' is invalid: "
                "Only HTTPS links are allowed"
            ),
        ),
        ({"text": "x", "copy_text": {"text": ""}}, "BUTTON_COPY_TEXT_INVALID"),
        (
            {"text": "x", "callback_data": "x", "style": "loud"},
            "can't parse inline keyboard button: invalid button style specified",
        ),
    ],
)
def test_bad_buttons_are_refused(button: dict[str, Any], refusal: str) -> None:
    with pytest.raises(ApiError) as refused:
        read(inline(button))
    assert refused.value.description == f"Bad Request: {refusal}"


def test_empty_rows_and_keyboards_vanish() -> None:
    good = {"text": "Book", "callback_data": "x"}
    assert read({"inline_keyboard": [[], [good], []]}).inline == {"inline_keyboard": [[good]]}
    assert read({"inline_keyboard": []}) == Markup()


def test_a_hundred_buttons_are_enough() -> None:
    row = [{"text": "x", "callback_data": "x"}] * 10
    assert read({"inline_keyboard": [row] * 10}).inline is not None
    with pytest.raises(ApiError, match="reply markup is too long"):
        read({"inline_keyboard": [*([row] * 10), row[:1]]})


def test_reply_keyboards_take_plain_texts() -> None:
    assert read({"keyboard": [["Yes", {"text": "No"}]], "resize_keyboard": True}) == Markup(
        reply={"keyboard": [[{"text": "Yes"}, {"text": "No"}]], "resize_keyboard": True}
    )
    assert read({"remove_keyboard": True}) == Markup(removes_reply=True)


def test_an_edited_message_takes_inline_keyboards_only() -> None:
    with pytest.raises(ApiError, match="inline keyboard expected"):
        read({"keyboard": [["Yes"]]}, inline_only=True)
