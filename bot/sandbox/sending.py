"""Methods that put the bot's words into a chat: text, files, and the sign that it is typing."""

from typing import Any

from bot.sandbox.arguments import Arguments
from bot.sandbox.chats import Chat
from bot.sandbox.entities import Entity, finished, usable_entities
from bot.sandbox.errors import bad_request
from bot.sandbox.files import keep_document, keep_photo
from bot.sandbox.html_tags import MarkupError
from bot.sandbox.html_text import parse_html
from bot.sandbox.keyboards import read_markup
from bot.sandbox.store import Json
from bot.sandbox.world import World

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
_CHAT_ACTIONS = (
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
)  # fmt: skip


async def send_message(world: World, arguments: Arguments) -> Json:
    """https://core.telegram.org/bots/api#sendmessage."""
    content = read_text(arguments)
    return _send(world, arguments, content)


async def send_document(world: World, arguments: Arguments) -> Json:
    """https://core.telegram.org/bots/api#senddocument."""
    caption = read_caption(arguments)
    return _send(world, arguments, {"document": keep_document(world, arguments), **caption})


async def send_photo(world: World, arguments: Arguments) -> Json:
    """https://core.telegram.org/bots/api#sendphoto."""
    caption = read_caption(arguments)
    return _send(world, arguments, {"photo": keep_photo(world, arguments), **caption})


async def send_chat_action(world: World, arguments: Arguments) -> bool:
    """https://core.telegram.org/bots/api#sendchataction."""
    action = arguments.text("action")
    if action not in _CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = world.open_chat_of(arguments)
    world.feed.publish("action", person=chat.person.id, action=action)
    return True


def read_text(arguments: Arguments) -> Json:
    """`text` and `entities` of a message, checked as the real server does."""
    text, entities = _formatted(arguments, "text", "entities")
    if not text:
        raise bad_request("message text is empty")
    if len(text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    content: Json = {"text": text}
    if entities:
        content["entities"] = entities
    preview = arguments.mapping("link_preview_options", "link preview options")
    if preview:
        content["link_preview_options"] = preview
    return content


def read_caption(arguments: Arguments) -> Json:
    """`caption` and `caption_entities`, or nothing."""
    text, entities = _formatted(arguments, "caption", "caption_entities")
    if len(text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    content: Json = {"caption": text} if text else {}
    if entities:
        content["caption_entities"] = entities
    return content


def _formatted(arguments: Arguments, name: str, entities_name: str) -> tuple[str, list[Entity]]:
    source, mode = arguments.text(name), arguments.text("parse_mode").lower()
    if mode not in ("", "html"):
        raise bad_request("unsupported parse_mode")
    given = usable_entities(arguments.array(entities_name, "message entities") or [])
    if mode == "html" and not given:
        try:
            source, given = parse_html(source)
        except MarkupError as error:
            raise bad_request(f"can't parse entities: {error}") from None
    return finished(source, given)


def _send(world: World, arguments: Arguments, content: Json) -> Json:
    markup = read_markup(arguments)
    chat = world.open_chat_of(arguments)
    content |= _reply(chat, arguments)
    if arguments.flag("protect_content"):
        content["has_protected_content"] = True
    world.pace.count(chat.person.id, world.now())
    return world.add_message(chat, world.bot, content, markup)


def _reply(chat: Chat, arguments: Arguments) -> dict[str, Any]:
    given = arguments.mapping("reply_parameters", "reply parameters") or {}
    message_id = given.get("message_id") or arguments.integer("reply_to_message_id")
    if not message_id:
        return {}
    message = chat.messages.get(message_id) if isinstance(message_id, int) else None
    if message is None:
        if given.get("allow_sending_without_reply"):
            return {}
        raise bad_request("message to be replied not found")
    return {"reply_to_message": {k: v for k, v in message.items() if k != "reply_to_message"}}
