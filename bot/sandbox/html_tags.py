"""The tags of Telegram's HTML: what each of them makes, and what it says beside that."""

import re
from dataclasses import dataclass
from typing import Any

from bot.sandbox.links import normal_link

TYPES = {
    "a": "text_link",
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "u": "underline",
    "ins": "underline",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
    "pre": "pre",
    "code": "code",
    "blockquote": "blockquote",
}
_TIME_FORMAT = re.compile(r"r|w?[dD]?[tT]?")
_LANGUAGE = "language-"


class MarkupError(ValueError):
    """The text is not the HTML that Telegram takes; says what is wrong and where."""


@dataclass(frozen=True, slots=True)
class OpenTag:
    """A tag not closed yet: its attributes, and where it began in UTF-16 units and in pieces of text."""

    name: str
    attributes: dict[str, str]
    offset: int
    begins: int


def details_of(tag: OpenTag, text: str) -> dict[str, Any] | None:
    """The entity's further fields, or None where there is to be no entity; raises MarkupError."""
    reader = _DETAILS.get(tag.name)
    return reader(tag, text) if reader else {}


def _link(tag: OpenTag, text: str) -> dict[str, Any] | None:
    """A link that Telegram would not take is silently left as plain text."""
    url = normal_link(tag.attributes.get("href") or text)
    return {"url": url} if url else None


def _language(tag: OpenTag, _text: str) -> dict[str, Any] | None:
    css_class = tag.attributes.get("class", "")
    language = css_class.removeprefix(_LANGUAGE) if css_class.startswith(_LANGUAGE) else ""
    return {"language": language} if language else {}


def _quote(tag: OpenTag, _text: str) -> dict[str, Any] | None:
    return {"type": "expandable_blockquote"} if "expandable" in tag.attributes else {}


def _emoji(tag: OpenTag, _text: str) -> dict[str, Any] | None:
    identifier = tag.attributes.get("emoji-id", "")
    if not (identifier.isascii() and identifier.isdigit() and int(identifier)):
        raise MarkupError("Invalid custom emoji identifier specified")
    return {"custom_emoji_id": identifier}


def _time(tag: OpenTag, _text: str) -> dict[str, Any] | None:
    unix, form = tag.attributes.get("unix", ""), tag.attributes.get("format", "")
    if not (unix.isascii() and unix.removeprefix("-").isdigit()):
        raise MarkupError("Invalid Unix time specified")
    if not _TIME_FORMAT.fullmatch(form):
        raise MarkupError("Invalid date-time format specified")
    return {"unix_time": int(unix), **({"date_time_format": form} if form else {})}


_DETAILS = {
    "a": _link,
    "code": _language,
    "blockquote": _quote,
    "tg-emoji": _emoji,
    "tg-time": _time,
}
