"""Taps on inline buttons: from the thumb to the bot, and its one answer back."""

import secrets
from datetime import timedelta

from bot.sandbox.arguments import Arguments
from bot.sandbox.chats import Chat, Tap
from bot.sandbox.errors import QUERY_TOO_OLD, bad_request
from bot.sandbox.store import Json
from bot.sandbox.world import World

ANSWERED_WITHIN = timedelta(seconds=150)
_KEPT_FOR = timedelta(hours=24)
_LONGEST_ANSWER = 200


async def answer_callback_query(world: World, arguments: Arguments) -> bool:
    """https://core.telegram.org/bots/api#answercallbackquery; once, and within 150 seconds."""
    text = arguments.text("text")
    if len(text) > _LONGEST_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    tap = world.taps.get(arguments.text("callback_query_id"))
    if tap is None or tap.answered or is_expired(world, tap):
        raise bad_request(QUERY_TOO_OLD)
    tap.answered, tap.text, tap.alert = True, text, arguments.flag("show_alert")
    world.keep_tap(tap)
    return True


def make_tap(world: World, chat: Chat, message_id: int, data: str) -> Tap:
    """Somebody tapped; the bot gets a `callback_query` that carries the message as it is now."""
    _forget_old(world)
    person = chat.person
    query_id = str((person.id << 32) + secrets.randbelow(1 << 32))
    tap = Tap(query_id, person.id, message_id, data, world.now().timestamp())
    world.keep_tap(tap)
    gone: Json = {"message_id": message_id, "chat": person.as_chat(), "date": 0}
    query = {
        "id": query_id,
        "from": person.as_user(),
        "message": dict(chat.messages.get(message_id, gone)),
        "chat_instance": str(-(world.bot["id"] << 20) - person.id),
        "data": data,
    }
    world.updates.add("callback_query", query, lane=f"tap:{person.id}", now=world.now())
    return tap


def is_expired(world: World, tap: Tap) -> bool:
    """Whether Telegram no longer waits for the bot's answer."""
    return world.now().timestamp() - tap.at > ANSWERED_WITHIN.total_seconds()


def _forget_old(world: World) -> None:
    limit = (world.now() - _KEPT_FOR).timestamp()
    for tap in [tap for tap in world.taps.values() if tap.at < limit]:
        world.forget_tap(tap)
