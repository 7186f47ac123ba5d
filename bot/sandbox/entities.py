"""Message entities: where in a text something is bold, a link or a command, counted in UTF-16."""

import re
from collections.abc import Iterator
from typing import Any

Entity = dict[str, Any]

_MOST_ENTITIES = 100
_MERGED = ("bold", "italic", "underline", "strikethrough", "spoiler")
_SOLID = ("pre", "code")
_ORDER = (
    "blockquote", "expandable_blockquote", "pre", "code", "text_link", "text_mention", "date_time",
    "mention", "hashtag", "bot_command", "url", "email", "bold", "italic", "underline", "strikethrough",
    "spoiler", "custom_emoji",
)  # fmt: skip

_FOUND = re.compile(
    r"(?<![\w.+-])(?P<email>[\w.+-]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,})"
    r"|(?P<url>https?://[^\s<>\"«»]*[^\s<>\"«».,;:!?')\]}])"
    r"|(?<![\w/])(?P<bot_command>/[a-z0-9_]{1,64}(?:@[a-z][a-z0-9_]{2,31})?)(?![\w/@])"
    r"|(?<![\w@/])(?P<mention>@[a-z][a-z0-9_]{3,31})(?!\w)"
    r"|(?<![\w#/])(?P<hashtag>#\w*[^\W\d]\w*)",
    re.IGNORECASE,
)


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units, the unit of every offset in the Bot API."""
    return len(text) + sum(character > "\uffff" for character in text)


def utf16_slice(text: str, offset: int, length: int) -> str:
    """The part of `text` an entity covers."""
    units = text.encode("utf-16-le", "surrogatepass")[2 * offset : 2 * (offset + length)]
    return units.decode("utf-16-le", "surrogatepass")


def usable_entities(given: list[Any]) -> list[Entity]:
    """Entities as a bot gives them, without those that mean nothing."""
    return [
        entity
        for entity in given
        if isinstance(entity, dict)
        and entity.get("type") in _ORDER
        and all(isinstance(entity.get(key), int) and entity[key] >= 0 for key in ("offset", "length"))
    ]


def finished(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Text and entities as the server keeps them: trimmed, with links and commands found, in order."""
    text, entities = _trimmed(text, entities)
    entities = _without_style_in_code(_merged(entities))
    found = [entity for entity in _found(text) if not _meets_any(entity, entities)]
    return text, sorted(entities + found, key=_sort_key)[:_MOST_ENTITIES]


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    lead = utf16_length(text[: len(text) - len(text.lstrip())])
    text = text.strip()
    size = utf16_length(text)
    kept = []
    for entity in entities:
        begin = max(entity["offset"] - lead, 0)
        end = min(entity["offset"] - lead + entity["length"], size)
        if begin < end:
            kept.append({**entity, "offset": begin, "length": end - begin})
    return text, kept


def _merged(entities: list[Entity]) -> list[Entity]:
    merged: list[Entity] = []
    last: dict[str, Entity] = {}
    for entity in sorted(entities, key=_sort_key):
        before = last.get(entity["type"])
        if before is not None and entity["offset"] <= _end(before):
            before["length"] = max(_end(before), _end(entity)) - before["offset"]
            continue
        merged.append(entity)
        if entity["type"] in _MERGED:
            last[entity["type"]] = entity
    return merged


def _without_style_in_code(entities: list[Entity]) -> list[Entity]:
    solid = [entity for entity in entities if entity["type"] in _SOLID]
    return [
        entity
        for entity in entities
        if entity["type"] in _SOLID or "blockquote" in entity["type"] or not _meets_any(entity, solid)
    ]


def _found(text: str) -> Iterator[Entity]:
    for match in _FOUND.finditer(text):
        kind = str(match.lastgroup)
        offset = utf16_length(text[: match.start(kind)])
        yield {"type": kind, "offset": offset, "length": utf16_length(match.group(kind))}


def _meets_any(entity: Entity, others: list[Entity]) -> bool:
    solid = (*_SOLID, "text_link", "text_mention", "date_time")
    wanted = [other for other in others if other["type"] in solid]
    return any(entity["offset"] < _end(other) and other["offset"] < _end(entity) for other in wanted)


def _end(entity: Entity) -> int:
    return int(entity["offset"] + entity["length"])


def _sort_key(entity: Entity) -> tuple[int, int, int]:
    return entity["offset"], -entity["length"], _ORDER.index(entity["type"])
