"""The chat page in a real browser, with a tiny bot on the other side."""

import asyncio
import contextlib
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientSession, web
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "google-chrome", "chromium-browser"))), None)
FLAGS = "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync"
TOKEN = "100200300:a-test-token"

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium or google-chrome on this machine"),
    pytest.mark.asyncio(loop_scope="module"),
]


class TinyBot:
    """Greets on /start and answers three buttons: a toast with an edit, an alert, and silence."""

    def __init__(self, url: str, session: ClientSession) -> None:
        self._url = url
        self._session = session
        self.held = asyncio.Event()

    async def run(self) -> None:
        offset = 0
        while True:
            with contextlib.suppress(OSError):
                for update in await self.call("getUpdates", offset=offset, timeout=5) or []:
                    offset = update["update_id"] + 1
                    await self.answer(update)

    async def call(self, method: str, **arguments: Any) -> Any:
        async with self._session.post(f"{self._url}/bot{TOKEN}/{method}", json=arguments) as answer:
            return (await answer.json()).get("result")

    async def answer(self, update: dict[str, Any]) -> None:
        if "message" in update:
            await self.greet(update["message"])
        elif "callback_query" in update:
            await self.tapped(update["callback_query"])

    async def greet(self, message: dict[str, Any]) -> None:
        names = ("Book", "Rules", "Nothing")
        buttons = [[{"text": name, "callback_data": name.lower()} for name in names]]
        name = message["from"]["first_name"].replace("<", "&lt;")
        await self.call(
            "sendMessage",
            chat_id=message["chat"]["id"],
            text=f"Hello <b>{name}</b>, <tg-time unix='1772442000' format='Dt'>March 2</tg-time>",
            parse_mode="HTML",
            reply_markup={"inline_keyboard": buttons},
        )

    async def tapped(self, query: dict[str, Any]) -> None:
        place = {
            "chat_id": query["message"]["chat"]["id"],
            "message_id": query["message"]["message_id"],
        }
        if query["data"] == "book":
            await self.held.wait()
            await self.call("answerCallbackQuery", callback_query_id=query["id"], text="Booked!")
            await self.call("editMessageText", **place, text="Session booked 🎉")
        elif query["data"] == "rules":
            words = {"text": "Be kind.", "show_alert": True}
            await self.call("answerCallbackQuery", callback_query_id=query["id"], **words)


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    """One browser for all tests here, as it takes seconds to start."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def url(
    sandbox: Sandbox, serve: Callable[[Sandbox], AbstractAsyncContextManager[str]]
) -> AsyncIterator[str]:
    """The sandbox's address, served in the browser's own loop."""
    async with serve(sandbox) as address:
        yield address


@pytest_asyncio.fixture(loop_scope="module")
async def tiny(url: str) -> AsyncIterator[TinyBot]:
    async with ClientSession() as session:
        bot = TinyBot(url, session)
        running = asyncio.create_task(bot.run())
        yield bot
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running


@pytest.fixture
def wrong() -> list[str]:
    """What the browser complains of; empty in the end."""
    return []


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser: Browser, url: str, wrong: list[str]) -> AsyncIterator[Page]:
    context = await browser.new_context(timezone_id="America/New_York", locale="en-US")
    page = await context.new_page()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
    page.on("request", lambda asked: None if asked.url.startswith(url) else wrong.append(asked.url))
    await page.goto(f"{url}/sandbox")
    yield page
    await context.close()
    assert wrong == []


def phone_of(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=f"Phone of {name}")


async def test_a_tap_shows_a_wheel_then_a_toast_and_the_message_changes_in_place(
    page: Page, tiny: TinyBot
) -> None:
    phone = phone_of(page, "Clara Weiss")
    await phone.get_by_role("button", name="Start", exact=True).click()
    message = phone.locator(".message").nth(1)
    await expect(message.locator("strong")).to_have_text("Clara")
    await expect(message.locator("time")).to_have_text("March 2, 2026 at 4:00 AM")
    book = phone.get_by_role("button", name="Book")
    await book.click()
    await expect(book.locator(".spinner")).to_be_visible()
    tiny.held.set()
    await expect(phone.locator(".toast")).to_have_text("Booked!")
    await expect(message.locator(".words")).to_contain_text("Session booked 🎉")
    await expect(phone.locator(".spinner")).to_have_count(0)
    await expect(phone.locator(".message")).to_have_count(2)
    await expect(message.get_by_role("button")).to_have_count(0)
    await expect(message.locator(".when")).to_contain_text("edited")
    await expect(phone_of(page, "Max").locator(".message")).to_have_count(0)


@pytest.mark.usefixtures("tiny")
async def test_an_alert_waits_for_ok_and_keyboards_can_do_it_all(page: Page) -> None:
    phone = phone_of(page, "Max")
    await phone.get_by_role("button", name="Start", exact=True).focus()
    await page.keyboard.press("Enter")
    await phone.get_by_role("button", name="Rules").focus()
    await page.keyboard.press("Enter")
    alert = phone.get_by_role("dialog")
    await expect(alert.locator(".said")).to_have_text("Be kind.")
    await expect(alert.get_by_role("button", name="OK")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(alert).to_have_count(0)
    await expect(phone.get_by_role("button", name="Rules")).to_be_focused()
    await phone.get_by_role("textbox").focus()
    await page.keyboard.type("hi <b>there</b>")
    await page.keyboard.press("Enter")
    await expect(phone.locator(".mine .words").nth(1)).to_contain_text("hi <b>there</b>")


@pytest.mark.usefixtures("tiny")
async def test_names_are_text_and_people_block_and_are_let_in(page: Page, sandbox: Sandbox) -> None:
    await page.get_by_role("button", name="Add a person").click()
    await page.get_by_label("First name").fill("<img src=x onerror=alert(1)>")
    await page.get_by_role("button", name="Add", exact=True).click()
    phone = phone_of(page, "<img src=x onerror=alert(1)>")
    await phone.get_by_role("button", name="Start", exact=True).click()
    await expect(phone.locator("strong")).to_have_text("<img src=x onerror=alert(1)>")
    await phone.get_by_role("button", name="More for").click()
    await phone.get_by_role("button", name="Block the bot").click()
    await expect(phone.get_by_role("button", name="Unblock")).to_be_visible()
    assert sandbox.person("<img src=x onerror=alert(1)>").blocked
    await phone.get_by_role("button", name="Unblock").click()
    await expect(phone.get_by_role("textbox")).to_be_visible()


async def test_a_location_a_deep_link_and_time_reach_the_bot(
    page: Page, url: str, sandbox: Sandbox, clock: Any
) -> None:
    await page.goto(f"{url}/sandbox?start=claim_1")
    await page.get_by_role("combobox").select_option("Max, Client")
    await page.get_by_role("button", name="Open", exact=True).click()
    phone = phone_of(page, "Max")
    await expect(phone.locator(".mine")).to_contain_text("/start claim_1")
    assert page.url == f"{url}/sandbox"
    await phone.get_by_role("button", name="Share a location").click()
    await phone.get_by_role("button", name="Kathmandu").click()
    await expect(phone.locator(".place")).to_contain_text("Kathmandu")
    assert sandbox.person("Max").messages[-1]["location"] == {"latitude": 27.717, "longitude": 85.324}
    before = clock.now()
    await page.get_by_role("button", name="Advance the clock by 1 day").click()
    await expect(page.locator("#clock")).to_contain_text("Mar 3")
    assert (clock.now() - before).days == 1


@pytest.mark.usefixtures("tiny")
async def test_a_narrow_screen_shows_one_phone_and_counts_what_the_others_got(
    page: Page, sandbox: Sandbox
) -> None:
    await page.set_viewport_size({"width": 390, "height": 844})
    await expect(phone_of(page, "Clara Weiss")).to_be_visible()
    await expect(phone_of(page, "Max")).to_be_hidden()
    await sandbox.person("Max").start()
    await page.get_by_role("button", name="Max 1 unread").click()
    await expect(phone_of(page, "Max").locator(".message")).to_have_count(2)
    await expect(page.get_by_role("button", name="Max", exact=True)).to_be_visible()


async def test_the_page_says_when_the_server_is_away_and_comes_back(
    browser: Browser,
    new_sandbox: Callable[..., Sandbox],
    serve: Callable[[Sandbox], AbstractAsyncContextManager[str]],
    tmp_path: Path,
) -> None:
    page = await browser.new_page()
    first = new_sandbox(tmp_path)
    async with serve(first) as url:
        await page.goto(f"{url}/sandbox")
        await first.person("Clara").send("before")
        await expect(phone_of(page, "Clara Weiss").locator(".mine")).to_have_count(1)
    await expect(page.get_by_role("alert")).to_contain_text("The sandbox is away")
    second = new_sandbox(tmp_path)
    runner = web.AppRunner(second.app, access_log=None, shutdown_timeout=1)
    await second.start()
    await second.person("Clara").send("meanwhile")
    await second.add_person(Person(id=5, first_name="Zoë"))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", int(url.rsplit(":", 1)[1])).start()
    await page.get_by_role("button", name="Try now").click()
    await expect(page.get_by_role("alert")).to_be_hidden()
    await expect(phone_of(page, "Clara Weiss").locator(".mine")).to_have_count(2)
    await expect(phone_of(page, "Zoë")).to_be_visible()
    await page.close()
    await runner.cleanup()
    await second.close()
