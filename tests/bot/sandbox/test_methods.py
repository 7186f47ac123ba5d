"""Whatever a bot sends, a method answers or refuses; it never breaks."""

import asyncio
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.arguments import Arguments
from bot.sandbox.clock import StandaloneClock
from bot.sandbox.errors import ApiError
from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox

WAITING = ("getupdates", "setwebhook")
NAMES = (
    "chat_id", "message_id", "text", "caption", "parse_mode", "entities", "reply_markup", "reply_parameters",
    "link_preview_options", "message_ids", "callback_query_id", "commands", "scope", "language_code",
    "menu_button", "action", "document", "photo", "media", "file_id", "name", "description",
)  # fmt: skip

FIELDS = (
    "type", "offset", "length", "text", "url", "callback_data", "copy_text", "web_app", "keyboard",
    "inline_keyboard", "chat_id", "message_id", "command", "description", "style", "is_disabled",
)  # fmt: skip

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.sampled_from(["", "x", "<b>", "bold", "chat", "HTML"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(FIELDS),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
arguments = st.dictionaries(st.sampled_from(NAMES), st.text(max_size=5) | values.map(json.dumps), max_size=6)


async def call_all(given_values: dict[str, str]) -> list[Any]:
    sandbox = Sandbox(token="1:x", clock=StandaloneClock(), people=[Person(id=5, first_name="Clara")])
    await sandbox.start()
    await sandbox.person("Clara").start()
    known = {"chat_id": "5", "message_id": "1", **given_values}
    results = []
    for name, method in sandbox._methods.items():
        if name not in WAITING:
            try:
                results.append(await method(sandbox.world, Arguments(values=known)))
            except ApiError as refusal:
                results.append(refusal.answer())
    await sandbox.close()
    return results


@settings(max_examples=60, deadline=None)
@given(arguments)
def test_no_arguments_break_a_method(given_values: dict[str, str]) -> None:
    results = asyncio.run(call_all(given_values))
    assert len(results) == 27
    assert all(json.dumps(result) for result in results)


@pytest.mark.parametrize("source", ["[" * 100_000, '{"a": ' * 100_000])
async def test_bottomless_json_is_refused(sandbox: Sandbox, source: str) -> None:
    with pytest.raises(ApiError, match="can't parse reply keyboard markup JSON object"):
        await sandbox._methods["sendmessage"](
            sandbox.world, Arguments(values={"text": "x", "reply_markup": source})
        )
