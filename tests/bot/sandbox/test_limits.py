"""A bot that writes too fast is told how long to wait, by the sandbox's clock."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import telegram

from bot.sandbox.limits import Limits
from bot.sandbox.phone import Phone
from bot.sandbox.server import Sandbox


@pytest.fixture
def sandbox(new_sandbox: Callable[..., Sandbox]) -> Sandbox:
    return new_sandbox(
        limits=Limits(chat_burst=2, chat_per_second=0.5, overall_burst=3, overall_per_second=1)
    )


async def test_a_chat_takes_a_burst_and_then_asks_to_wait(
    bot: telegram.Bot, clara: Phone, maximilian: Phone, clock: Any
) -> None:
    await clara.start()
    await maximilian.start()
    for text in ("a", "b"):
        await bot.send_message(clara.person.id, text)
    with pytest.raises(telegram.error.RetryAfter) as refused:
        await bot.send_message(clara.person.id, "c")
    assert refused.value.retry_after == timedelta(seconds=2)
    await bot.send_message(maximilian.person.id, "other chats go on")
    await clock.advance(timedelta(seconds=2))
    await bot.send_message(clara.person.id, "d")
    assert [message["text"] for message in clara.answers] == ["a", "b", "d"]


async def test_all_chats_together_have_a_limit_too_and_edits_count(
    clara: Phone, maximilian: Phone, call: Any
) -> None:
    await clara.start()
    await maximilian.start()
    sent = await call("sendMessage", chat_id=clara.person.id, text="a")
    place = {"chat_id": clara.person.id, "message_id": sent["result"]["message_id"]}
    assert (await call("editMessageText", **place, text="b"))["ok"] is True
    assert (await call("sendMessage", chat_id=maximilian.person.id, text="c"))["ok"] is True
    assert await call("sendMessage", chat_id=maximilian.person.id, text="d") == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }


async def test_the_wait_is_in_the_header_too(clara: Phone, url: str, http: Any) -> None:
    await clara.start()
    address = f"{url}/bot100200300:a-test-token/sendMessage"
    arguments = {"chat_id": clara.person.id, "text": "a"}
    for _ in range(2):
        async with http.post(address, json=arguments) as answer:
            assert answer.status == 200
    async with http.post(address, json=arguments) as answer:
        assert (answer.status, answer.headers["Retry-After"]) == (429, "2")
