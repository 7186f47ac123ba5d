"""Updates are sent to the bot's address with its secret, in order, until they are accepted."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import telegram
from aiogram.types import Update
from aiohttp import web

from bot.sandbox.phone import Phone
from bot.sandbox.server import Sandbox

SECRET = "a-Secret_1"


class Receiver:
    """A webhook that remembers what came and answers what it is told."""

    def __init__(self) -> None:
        self.statuses: dict[str, list[int]] = {}
        self.call: dict[str, Any] | None = None
        self.came: list[str] = []
        self.secrets: Counter[str | None] = Counter()
        self.slow = 0.0
        self.at_once = 0
        self.most_at_once = 0

    async def receive(self, request: web.Request) -> web.Response:
        update = Update.model_validate(await request.json())
        message = update.message.text if update.message else update.callback_query.data  # type: ignore[union-attr]
        self.secrets[request.headers.get("X-Telegram-Bot-Api-Secret-Token")] += 1
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(self.slow)
        self.at_once -= 1
        self.came.append(str(message))
        statuses = self.statuses.get(str(message), [])
        if self.call is not None and update.callback_query:
            return web.json_response({"callback_query_id": update.callback_query.id} | self.call)
        return web.Response(status=statuses.pop(0) if statuses else 200)


@pytest.fixture
def sandbox(new_sandbox: Callable[..., Sandbox]) -> Sandbox:
    return new_sandbox(webhook_retry_seconds=0.05)


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


@pytest.fixture
async def hook(receiver: Receiver) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_post("/hook", receiver.receive)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await runner.cleanup()


async def until(true: Callable[[], object]) -> None:
    async with asyncio.timeout(5):
        while not true():  # noqa: ASYNC110 - what is waited for rings no bell
            await asyncio.sleep(0.01)


async def test_updates_arrive_with_the_secret_and_are_confirmed(
    bot: telegram.Bot, clara: Phone, receiver: Receiver, hook: str
) -> None:
    await clara.send("before")
    assert await bot.set_webhook(hook, secret_token=SECRET, max_connections=100)
    await clara.send("after")
    await until(lambda: receiver.came == ["before", "after"])
    assert receiver.secrets == {SECRET: 2}
    await until(lambda: not clara._world.updates.pending(clara._world.now()))
    info = await bot.get_webhook_info()
    assert (info.url, info.max_connections, info.pending_update_count) == (hook, 100, 0)


async def test_what_is_not_accepted_comes_again_and_holds_up_only_its_own_chat(
    bot: telegram.Bot, clara: Phone, maximilian: Phone, receiver: Receiver, hook: str
) -> None:
    receiver.statuses = {"a1": [500, 503, 404]}
    await bot.set_webhook(hook)
    await clara.send("a1")
    await clara.send("a2")
    await maximilian.send("b1")
    await until(lambda: "a2" in receiver.came)
    assert Counter(receiver.came) == {"a1": 4, "a2": 1, "b1": 1}
    assert receiver.came[-1] == "a2"
    assert receiver.came.index("b1") < 4
    info = await bot.get_webhook_info()
    assert info.last_error_message == "Wrong response from the webhook: 404 Not Found"
    assert info.last_error_date is not None


async def test_a_tap_does_not_wait_for_a_text(
    bot: telegram.Bot, clara: Phone, receiver: Receiver, hook: str
) -> None:
    await clara.start()
    receiver.slow = 0.1
    await bot.set_webhook(hook, drop_pending_updates=True)
    await clara.send("text")
    await clara.tap_data("tap", 1)
    await until(lambda: len(receiver.came) == 2)
    assert receiver.most_at_once == 2


async def test_a_call_in_the_answer_is_carried_out(
    bot: telegram.Bot, clara: Phone, receiver: Receiver, hook: str
) -> None:
    await clara.start()
    await bot.set_webhook(hook, drop_pending_updates=True)
    receiver.call = {"method": "answerCallbackQuery", "text": "Done.", "show_alert": True}
    await clara.tap_data("tap", 1)
    await until(lambda: clara.taps[0].answered)
    assert (clara.taps[0].text, clara.taps[0].alert) == ("Done.", True)


@pytest.mark.parametrize(
    "call", [{"method": "noSuchThing"}, {"method": "answerCallbackQuery", "text": "x" * 201}]
)
async def test_nobody_learns_that_a_call_in_the_answer_was_refused(
    bot: telegram.Bot, clara: Phone, receiver: Receiver, hook: str, call: dict[str, Any]
) -> None:
    await clara.start()
    await bot.set_webhook(hook, drop_pending_updates=True)
    receiver.call = call
    await clara.tap_data("tap", 1)
    await until(lambda: not clara._world.updates.pending(clara._world.now()))
    assert not clara.taps[0].answered
    assert (await bot.get_webhook_info()).last_error_message is None


async def test_no_more_connections_than_allowed_are_used(
    bot: telegram.Bot, clara: Phone, maximilian: Phone, receiver: Receiver, hook: str
) -> None:
    receiver.slow = 0.05
    await bot.set_webhook(hook, max_connections=1)
    await clara.send("a")
    await maximilian.send("b")
    await until(lambda: len(receiver.came) == 2)
    assert receiver.most_at_once == 1


async def test_nothing_is_lost_while_nobody_listens(
    bot: telegram.Bot, clara: Phone, receiver: Receiver, hook: str
) -> None:
    await bot.set_webhook("http://127.0.0.1:9/hook")
    await clara.send("a")
    await until(lambda: "last_error_message" in clara._world.settings["webhook"])
    info = await bot.get_webhook_info()
    assert (info.last_error_message, info.pending_update_count) == ("Connection refused", 1)
    await bot.set_webhook(hook)
    await until(lambda: receiver.came == ["a"])
    assert (await bot.get_webhook_info()).last_error_message is None


async def test_deleting_the_webhook_keeps_or_drops_what_waits(bot: telegram.Bot, clara: Phone) -> None:
    await bot.set_webhook("http://127.0.0.1:9/hook")
    await clara.send("a")
    assert await bot.delete_webhook()
    assert len(await bot.get_updates()) == 1
    assert await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()


@pytest.mark.parametrize(
    ("arguments", "refusal"),
    [
        ({"url": "http://example.org/"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "example"}, "bad webhook: invalid webhook URL specified"),
        ({"url": "https://[::1"}, "bad webhook: invalid webhook URL specified"),
        (
            {"url": "https://example.org/", "secret_token": "ä"},
            "secret token contains unallowed characters",
        ),
    ],
)
async def test_refusals(call: Any, arguments: dict[str, Any], refusal: str) -> None:
    assert (await call("setWebhook", **arguments))["description"] == f"Bad Request: {refusal}"


async def test_setting_and_deleting_is_described(call: Any) -> None:
    said = [
        (await call(method, **arguments))["description"]
        for method, arguments in (
            ("setWebhook", {"url": "https://example.org/"}),
            ("setWebhook", {"url": "https://example.org/"}),
            ("deleteWebhook", {}),
            ("deleteWebhook", {}),
        )
    ]
    assert said == [
        "Webhook was set",
        "Webhook is already set",
        "Webhook was deleted",
        "Webhook is already deleted",
    ]


async def test_setting_a_webhook_ends_a_poll(bot: telegram.Bot, call: Any) -> None:
    waiting = asyncio.create_task(call("getUpdates", timeout=20))
    await asyncio.sleep(0.05)
    await bot.set_webhook("https://example.org/")
    assert (await waiting)["description"] == "Conflict: terminated by setWebhook request"
