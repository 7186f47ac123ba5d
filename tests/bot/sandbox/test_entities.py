"""Offsets count UTF-16; texts are trimmed; commands and links are found."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.entities import finished, utf16_length, utf16_slice


@given(st.text(st.characters(codec="utf-8")))
def test_the_length_is_that_of_the_utf_16_encoding(text: str) -> None:
    assert utf16_length(text) == len(text.encode("utf-16-le")) // 2
    assert utf16_slice(text, 0, utf16_length(text)) == text


def bold(offset: int, length: int) -> dict[str, Any]:
    return {"type": "bold", "offset": offset, "length": length}


@pytest.mark.parametrize(
    ("text", "given_entities", "kept_text", "kept"),
    [
        ("  a b ", [bold(0, 3)], "a b", [bold(0, 1)]),
        (" 😀 ", [bold(1, 3)], "😀", [bold(0, 2)]),
        ("a  ", [bold(1, 2)], "a", []),
        ("ab", [bold(0, 1), bold(1, 1)], "ab", [bold(0, 2)]),
        ("ab", [bold(0, 2), bold(0, 1)], "ab", [bold(0, 2)]),
        ("ab", [{"type": "code", "offset": 0, "length": 2}, bold(0, 1)], "ab", [
            {"type": "code", "offset": 0, "length": 2},
        ]),
    ],
)  # fmt: skip
def test_texts_are_tidied_as_the_server_does(
    text: str, given_entities: list[dict[str, Any]], kept_text: str, kept: list[dict[str, Any]]
) -> None:
    assert finished(text, given_entities) == (kept_text, kept)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start abc_1", [("bot_command", "/start")]),
        ("say /help@confer_bot now", [("bot_command", "/help@confer_bot")]),
        ("and/or 1/2 //x", []),
        ("see https://example.org/a?b=c, ok", [("url", "https://example.org/a?b=c")]),
        ("write ann@example.org!", [("email", "ann@example.org")]),
        ("hi @clara_w 😀 #tag", [("mention", "@clara_w"), ("hashtag", "#tag")]),
        ("#1", []),
    ],
)
def test_commands_and_addresses_are_found(text: str, found: list[tuple[str, str]]) -> None:
    _, entities = finished(text, [])
    assert [(e["type"], utf16_slice(text, e["offset"], e["length"])) for e in entities] == found


def test_nothing_is_found_inside_code_and_links() -> None:
    link = {"type": "text_link", "offset": 0, "length": 6, "url": "https://example.org/"}
    assert finished("/start /help", [link])[1] == [
        link,
        {"type": "bot_command", "offset": 7, "length": 5},
    ]


def test_only_the_first_hundred_entities_are_kept() -> None:
    text = "/a " * 101
    assert len(finished(text, [])[1]) == 100
