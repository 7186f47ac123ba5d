"""Reads parse_mode HTML into text and entities, and refuses in the real parser's words.

The rules are those of tdlib's `parse_html` (MessageEntity.cpp) and of
core.telegram.org/bots/api#html-style; byte offsets in refusals count UTF-8.
"""

import re

from bot.sandbox.entities import Entity, utf16_length
from bot.sandbox.html_tags import TYPES, MarkupError, OpenTag, details_of

_SPACE = " \t\r\n\0\v"
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_CHARACTER = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|(lt|gt|amp|quot));?")


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Plain text and entities of `source`; raises MarkupError."""
    return _Parser(source).parse()


class _Parser:
    def __init__(self, source: str) -> None:
        self._source = source.replace("\0", "") + "\0"
        self._at = 0
        self._text: list[str] = []
        self._units = 0
        self._open: list[OpenTag] = []
        self._entities: list[Entity] = []

    def parse(self) -> tuple[str, list[Entity]]:
        while (character := self._source[self._at]) != "\0":
            if character != "<":
                self._write(self._next_character())
            elif self._source[self._at + 1] == "/":
                self._end_tag()
            else:
                self._start_tag()
        if self._open:
            raise MarkupError(f'Can\'t find end tag corresponding to start tag "{self._open[-1].name}"')
        for entity in self._entities:
            if entity["type"] == "code":
                entity.pop("language", None)
        return self._checked_text(), self._entities

    def _checked_text(self) -> str:
        text = "".join(self._text)
        if any("\ud800" <= character <= "\udfff" for character in text):
            raise MarkupError(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            )
        return text

    def _write(self, text: str) -> None:
        self._text.append(text)
        self._units += utf16_length(text)

    def _next_character(self) -> str:
        """One character of text or of an attribute, with `&lt;` and the like resolved."""
        match = _CHARACTER.match(self._source, self._at)
        decoded = _decoded(match) if match else ""
        self._at = match.end() if match and decoded else self._at + 1
        return decoded or self._source[self._at - 1]

    def _start_tag(self) -> None:
        begin = self._at
        self._at += 1
        name = self._until(">").lower()
        if self._source[self._at] == "\0":
            raise MarkupError(f"Unclosed start tag at byte offset {self._byte(begin)}")
        if name not in TYPES:
            raise MarkupError(f'Unsupported start tag "{name}" at byte offset {self._byte(begin)}')
        attributes = self._attributes(name, begin)
        self._at += 1
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise MarkupError(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(begin)}')
        self._open.append(OpenTag(name, attributes, self._units, len(self._text)))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while True:
            self._skip_space()
            if self._source[self._at] == ">":
                return attributes
            key = self._until("=>/\"'").lower()
            self._skip_space()
            attributes[key] = self._attribute_value(tag, key, begin)

    def _attribute_value(self, tag: str, key: str, begin: int) -> str:
        where = f'"{tag}" at byte offset {self._byte(begin)}'
        if not key and self._source[self._at] != "\0":
            raise MarkupError(f"Empty attribute name in the tag {where}")
        if self._source[self._at] != "=" and (tag, key) == ("blockquote", "expandable"):
            return ""
        if self._source[self._at] not in "=\0":
            raise MarkupError(f"Expected equal sign in declaration of an attribute of the tag {where}")
        self._at += self._source[self._at] == "="
        self._skip_space()
        if self._source[self._at] == "\0":
            raise MarkupError(f"Unclosed start tag {where}")
        value = self._quoted() if self._source[self._at] in "\"'" else self._token()
        if self._source[self._at] == "\0":
            raise MarkupError(f"Unclosed start tag at byte offset {self._byte(begin)}")
        return value

    def _quoted(self) -> str:
        quote = self._source[self._at]
        self._at += 1
        value = []
        while self._source[self._at] not in (quote, "\0"):
            value.append(self._next_character())
        self._at += self._source[self._at] == quote
        return "".join(value)

    def _token(self) -> str:
        begin = self._at
        while (character := self._source[self._at]).isascii() and (character.isalnum() or character in ".-"):
            self._at += 1
        if self._source[self._at] not in _SPACE + ">":
            raise MarkupError(f"Unexpected end of name token at byte offset {self._byte(begin)}")
        return self._source[begin : self._at].lower()

    def _end_tag(self) -> None:
        begin = self._at
        if not self._open:
            raise MarkupError(f"Unexpected end tag at byte offset {self._byte(begin)}")
        self._at += 2
        name = self._until(">").lower()
        self._skip_space()
        if self._source[self._at] != ">":
            raise MarkupError(f"Unclosed end tag at byte offset {self._byte(begin)}")
        self._at += 1
        tag = self._open.pop()
        if name not in ("", tag.name):
            raise MarkupError(
                f"Unmatched end tag at byte offset {self._byte(begin)}, "
                f'expected "</{tag.name}>", found "</{name}>"'
            )
        if self._units > tag.offset:
            self._close(tag)

    def _close(self, tag: OpenTag) -> None:
        entity: Entity = {"type": TYPES[tag.name], "offset": tag.offset, "length": self._units - tag.offset}
        details = details_of(tag, "".join(self._text[tag.begins :]))
        if details is None:
            return
        entity.update(details)
        if not self._joins_last(entity):
            self._entities.append(entity)

    def _joins_last(self, entity: Entity) -> bool:
        """`<pre>` and `<code class="language-…">` over the same text are one entity."""
        last = self._entities[-1] if self._entities else entity
        language = last.get("language") or entity.get("language")
        if (
            {last["type"], entity["type"]} != {"pre", "code"}
            or _place(last) != _place(entity)
            or not language
        ):
            return False
        last.update({"type": "pre", "language": language})
        return True

    def _until(self, stops: str) -> str:
        begin = self._at
        while self._source[self._at] not in _SPACE + stops:
            self._at += 1
        return self._source[begin : self._at]

    def _skip_space(self) -> None:
        while self._source[self._at] in _SPACE[:4] + "\v":
            self._at += 1

    def _byte(self, position: int) -> int:
        return len(self._source[:position].encode("utf-8", "surrogatepass"))


def _decoded(match: re.Match[str]) -> str:
    hexadecimal, decimal, name = match.groups()
    if name:
        return _NAMED[name]
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return chr(code) if 0 < code < 0x10FFFF else ""


def _place(entity: Entity) -> tuple[int, int]:
    return entity["offset"], entity["length"]
