"""The least of a Bot API server that the bot can talk to: it answers at once and keeps the newest message."""

import json
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from urllib.parse import parse_qsl

Json = dict[str, Any]

BOT = {"id": 1, "is_bot": True, "first_name": "Confer", "username": "confer_bench_bot"}
DATE = 1_790_000_000
KNOWN: Json = {
    "getMe": BOT,
    "getWebhookInfo": {"url": "", "has_custom_certificate": False, "pending_update_count": 0},
    "getMyDescription": {"description": ""},
    "getMyShortDescription": {"short_description": ""},
}
"""What the bot asks about itself."""


@dataclass(slots=True)
class Telegram:
    """One bot's Telegram: the newest message of the bot in each chat, as the Bot API shows it.

    `unanswered` are the taps that still show a spinner.
    """

    newest: dict[int, Json] = field(default_factory=dict)
    unanswered: set[str] = field(default_factory=set)
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    def call(self, method: str, given: Json) -> Any:
        """The result of a method; those that the bot only announces itself with are answered True."""
        match method:
            case "sendMessage":
                return self._show(given, next(self.numbers))
            case "editMessageText":
                return self._show(given, int(given["message_id"]))
            case "answerCallbackQuery":
                self.unanswered.remove(str(given["callback_query_id"]))
        return KNOWN.get(method, True)

    def call_from_answer(self, call: Json) -> None:
        """A call that came in the answer to an update."""
        self.call(call["method"], call)

    def _show(self, given: Json, message_id: int) -> Json:
        chat_id = int(given["chat_id"])
        message = {
            "message_id": message_id,
            "from": BOT,
            "chat": {"id": chat_id, "first_name": "Somebody", "type": "private"},
            "date": DATE,
            "text": given["text"],
        }
        if markup := given.get("reply_markup"):
            message["reply_markup"] = json.loads(markup) if isinstance(markup, str) else markup
        self.newest[chat_id] = message
        return message


def arguments(head: bytes, body: bytes) -> Json:
    """What a call gives, as JSON or as a form."""
    if b"application/json" in head:
        return dict(json.loads(body))
    return dict(parse_qsl(body.decode()))
