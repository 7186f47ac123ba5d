"""HTML becomes text and entities as the real server makes them, with its words for what is wrong."""

import html as standard_html
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.entities import utf16_length, utf16_slice
from bot.sandbox.html_tags import MarkupError
from bot.sandbox.html_text import parse_html


def short(entities: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [
        (
            e["type"],
            e["offset"],
            e["length"],
            *(v for k, v in e.items() if k not in ("type", "offset", "length")),
        )
        for e in entities
    ]


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("plain", "plain", []),
        ("a &lt;b&gt; &amp;&quot; &#65;&#x1F600; &copy;", 'a <b> &" A😀 &copy;', []),
        ("&lt&gt", "<>", []),
        ("😀<b>ab</b>", "😀ab", [("bold", 2, 2)]),
        ("<B>a</B><strong>b</strong>", "ab", [("bold", 0, 1), ("bold", 1, 1)]),
        ("<i><u>a</u></i>", "a", [("underline", 0, 1), ("italic", 0, 1)]),
        ("<s>a</s><del>b</del><ins>c</ins>", "abc", [
            ("strikethrough", 0, 1), ("strikethrough", 1, 1), ("underline", 2, 1),
        ]),
        ("<b>a</>", "a", [("bold", 0, 1)]),
        ("<b></b>x", "x", []),
        ('<span class="tg-spoiler">a</span><tg-spoiler>b</tg-spoiler>', "ab", [
            ("spoiler", 0, 1), ("spoiler", 1, 1),
        ]),
        ("<a href='https://Example.org/A?b=1&amp;c=2'>x</a>", "x", [
            ("text_link", 0, 1, "https://example.org/A?b=1&c=2"),
        ]),
        ("<a>example.org</a>", "example.org", [("text_link", 0, 11, "http://example.org/")]),
        ("<a href='http://localhost:8080'>x</a>", "x", []),
        ('<pre><code class="language-python">x = 1</code></pre>', "x = 1", [("pre", 0, 5, "python")]),
        ("<code class='language-python'>x</code>", "x", [("code", 0, 1)]),
        ("<blockquote>a</blockquote><blockquote expandable>b</blockquote>", "ab", [
            ("blockquote", 0, 1), ("expandable_blockquote", 1, 1),
        ]),
        ("<tg-emoji emoji-id='5368324170671202286'>👍</tg-emoji>", "👍", [
            ("custom_emoji", 0, 2, "5368324170671202286"),
        ]),
        ('<tg-time unix="1647531900" format="wDT">tomorrow</tg-time>', "tomorrow", [
            ("date_time", 0, 8, 1647531900, "wDT"),
        ]),
        ("<tg-time unix='1647531900'>soon</tg-time>", "soon", [("date_time", 0, 4, 1647531900)]),
    ],
)  # fmt: skip
def test_html_is_read(source: str, text: str, entities: list[tuple[Any, ...]]) -> None:
    parsed, found = parse_html(source)
    assert (parsed, short(found)) == (text, entities)


@pytest.mark.parametrize(
    ("source", "refusal"),
    [
        ("ö<abc", "Unclosed start tag at byte offset 2"),
        ("ö <abc>", 'Unsupported start tag "abc" at byte offset 3'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<i =x>", 'Empty attribute name in the tag "i" at byte offset 0'),
        ("<i a>", 'Expected equal sign in declaration of an attribute of the tag "i" at byte offset 0'),
        ("<i a = ", 'Unclosed start tag "i" at byte offset 0'),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=x/>", "Unexpected end of name token at byte offset 8"),
        ('<i a="x>', "Unclosed start tag at byte offset 0"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b><i>x</i>", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<tg-emoji emoji-id='x'>y</tg-emoji>", "Invalid custom emoji identifier specified"),
        ("<tg-time unix='x'>y</tg-time>", "Invalid Unix time specified"),
        ("<tg-time unix='1' format='Td'>y</tg-time>", "Invalid date-time format specified"),
        (
            "&#xDFDF;",
            (
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            ),
        ),
    ],
)
def test_what_is_not_html_is_refused(source: str, refusal: str) -> None:
    with pytest.raises(MarkupError) as refused:
        parse_html(source)
    assert str(refused.value) == refusal


words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=8)
tags = st.sampled_from(["b", "i", "u", "s", "tg-spoiler", "code"])


@given(st.lists(st.tuples(st.none() | tags, words), max_size=8))
def test_entities_cover_exactly_the_words_that_were_tagged(pieces: list[tuple[str | None, str]]) -> None:
    source = "".join(
        f"<{tag}>{standard_html.escape(word)}</{tag}>" if tag else standard_html.escape(word)
        for tag, word in pieces
    )
    text, entities = parse_html(source.replace("&#x27;", "'"))
    assert text == "".join(word for _, word in pieces)
    assert [utf16_slice(text, e["offset"], e["length"]) for e in entities] == [
        word for tag, word in pieces if tag
    ]


@given(st.text(st.characters(codec="utf-8")))
def test_no_source_makes_the_parser_fail_otherwise(source: str) -> None:
    try:
        text, entities = parse_html(source)
    except MarkupError:
        return
    assert all(e["offset"] + e["length"] <= utf16_length(text) for e in entities)


@given(st.text(st.sampled_from("<>/ab=\"'& ;#x1\0"), max_size=30))
def test_no_mixture_of_tag_characters_makes_the_parser_fail_otherwise(source: str) -> None:
    try:
        text, entities = parse_html(source)
    except MarkupError:
        return
    assert all(0 < e["length"] <= utf16_length(text) - e["offset"] for e in entities)
