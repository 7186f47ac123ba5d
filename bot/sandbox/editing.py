"""Methods that change or take back what the bot said."""

from datetime import timedelta

from bot.sandbox.arguments import Arguments
from bot.sandbox.chats import Chat
from bot.sandbox.errors import NOT_MODIFIED, bad_request
from bot.sandbox.files import keep_document, keep_photo
from bot.sandbox.keyboards import Markup, read_markup
from bot.sandbox.sending import read_caption, read_text
from bot.sandbox.store import Json
from bot.sandbox.world import World

_DELETABLE_FOR = timedelta(hours=48)
_TEXT = ("text", "entities", "link_preview_options")
_CAPTION = ("caption", "caption_entities")
_MEDIA = {"photo": keep_photo, "document": keep_document}


async def edit_message_text(world: World, arguments: Arguments) -> Json:
    """https://core.telegram.org/bots/api#editmessagetext; without a markup the buttons go."""
    content, markup = read_text(arguments), read_markup(arguments, inline_only=True)
    chat, message = _own_message(world, arguments)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    return _edit(world, chat, message, _TEXT, content, markup)


async def edit_message_caption(world: World, arguments: Arguments) -> Json:
    """https://core.telegram.org/bots/api#editmessagecaption."""
    content, markup = read_caption(arguments), read_markup(arguments, inline_only=True)
    chat, message = _own_message(world, arguments)
    if "text" in message:
        raise bad_request("there is no caption in the message to edit")
    return _edit(world, chat, message, _CAPTION, content, markup)


async def edit_message_media(world: World, arguments: Arguments) -> Json:
    """https://core.telegram.org/bots/api#editmessagemedia; a text message becomes the caption's media."""
    given = arguments.mapping("media", "InputMedia") or {}
    kind = given.get("type")
    keep = _MEDIA.get(kind) if isinstance(kind, str) else None
    if keep is None:
        raise bad_request("can't parse InputMedia: type must be specified")
    values = {name: str(given.get(name) or "") for name in ("media", "caption", "parse_mode")}
    media = Arguments(values={str(kind): values.pop("media"), **values}, uploads=arguments.uploads)
    markup = read_markup(arguments, inline_only=True)
    chat, message = _own_message(world, arguments)
    content = {str(kind): keep(world, media), **read_caption(media)}
    return _edit(world, chat, message, (*_TEXT, *_CAPTION, *_MEDIA), content, markup)


async def edit_message_reply_markup(world: World, arguments: Arguments) -> Json:
    """https://core.telegram.org/bots/api#editmessagereplymarkup."""
    markup = read_markup(arguments, inline_only=True)
    chat, message = _own_message(world, arguments)
    return _edit(world, chat, message, (), {}, markup)


async def delete_message(world: World, arguments: Arguments) -> bool:
    """https://core.telegram.org/bots/api#deletemessage."""
    chat = world.chat_of(arguments)
    message = chat.messages.get(_message_id(arguments))
    if message is None:
        raise bad_request("message to delete not found")
    if _too_old(world, message):
        raise bad_request("message can't be deleted for everyone")
    world.remove_message(chat, message["message_id"])
    return True


async def delete_messages(world: World, arguments: Arguments) -> bool:
    """https://core.telegram.org/bots/api#deletemessages; ids that cannot be found are skipped."""
    ids = arguments.array("message_ids", "message identifiers")
    if not ids:
        raise bad_request("message identifiers are not specified")
    if len(ids) > 100:
        raise bad_request("too many message identifiers specified")
    chat = world.chat_of(arguments)
    for message_id in ids:
        message = chat.messages.get(message_id) if isinstance(message_id, int) else None
        if message is not None and not _too_old(world, message):
            world.remove_message(chat, message_id)
    return True


def _own_message(world: World, arguments: Arguments) -> tuple[Chat, Json]:
    chat = world.chat_of(arguments)
    message = chat.messages.get(_message_id(arguments))
    if message is None:
        raise bad_request("message to edit not found")
    if message["from"]["id"] != world.bot["id"]:
        raise bad_request("message can't be edited")
    return chat, message


def _message_id(arguments: Arguments) -> int:
    message_id = arguments.integer("message_id")
    if message_id <= 0:
        raise bad_request("message identifier is not specified")
    return message_id


def _too_old(world: World, message: Json) -> bool:
    return bool(world.now().timestamp() - message["date"] > _DELETABLE_FOR.total_seconds())


def _edit(
    world: World, chat: Chat, message: Json, fields: tuple[str, ...], content: Json, markup: Markup
) -> Json:
    buttons = {"reply_markup": markup.inline} if markup.inline else {}
    new = {**content, **buttons}
    if {key: message[key] for key in (*fields, "reply_markup") if key in message} == new:
        raise bad_request(NOT_MODIFIED)
    world.pace.count(chat.person.id, world.now())
    for key in (*fields, "reply_markup"):
        message.pop(key, None)
    message.update(new, edit_date=int(world.now().timestamp()))
    world.keep_message(chat, message)
    return dict(message)
