"""The pages at the door in a real browser: on a phone, light and dark, in both languages, for everybody."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from playwright.async_api import Browser, async_playwright, expect

from core.domain.booking import Booking
from tests.core.services.sessions import DURATION, at
from tests.core.services.small_practice import HOUR, MINUTE, SmallPractice
from tests.servers.chromium import CHROMIUM, FLAGS
from tests.servers.node import NoPeers, installed
from webhooks.meetings.door import create_door_routes

Serve = Callable[[list[web.RouteDef]], Awaitable[str]]
PICTURES = Path(__file__).parents[3] / "build" / "meetings"
BASE = "https://confer.test"

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium or google-chrome on this machine")


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """A headless browser."""
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield started
        await started.close()


@pytest.fixture
async def link(practice: SmallPractice, serve: Serve) -> str:
    """Dora's link to a session with somebody of a long name."""
    await practice.set_counselor("ben", name="Dr. Benedikta Hohenstein-Wolkersdorf")
    booked: Booking = await practice.book(counselor="ben")
    base = await serve(create_door_routes(practice.core.joining))
    found = (await practice.core.listing.look(practice.actor("dora"), booked.id)).join
    assert found is not None
    return found.replace(BASE, base)


@pytest.fixture
async def axe() -> str:
    """What looks for barriers; empty, with the reason said, where Node is not."""
    try:
        folder = await asyncio.to_thread(installed)
    except NoPeers as reason:
        print(f"the pages are not looked at for barriers: {reason}")  # noqa: T201 - shown with -rP
        return ""
    return (folder / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


class Visit:
    """One look at the page, on a phone; what the browser complains of is kept in `said`."""

    def __init__(self, browser: Browser, link: str, axe: str = "") -> None:
        self._browser, self._link, self._axe = browser, link, axe
        self.said: list[str] = []

    async def opened(self, **settings: Any) -> Any:
        """The page in a browser of these settings."""
        phone = {"width": 390, "height": 844}
        page = await self._browser.new_page(viewport=phone, **settings)  # type: ignore[arg-type]
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        await page.goto(self._link)
        return page

    async def pictures(self, name: str) -> None:
        """Light and dark, and nothing wider than the phone."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        for scheme in ("light", "dark"):
            page = await self.opened(color_scheme=scheme, timezone_id="Asia/Tokyo")
            assert await page.evaluate("document.documentElement.scrollWidth") == 390
            await page.screenshot(path=PICTURES / f"{name}-{scheme}.png")
            if self._axe:  # https://github.com/dequelabs/axe-core
                await page.evaluate(self._axe)
                assert (await page.evaluate("axe.run()"))["violations"] == []
            await page.close()


@pytest.mark.parametrize("locale", ["en", "de"])
async def test_three_pages_for_a_phone_light_and_dark(
    practice: SmallPractice, browser: Browser, link: str, axe: str, locale: str
) -> None:
    async with practice.store.write() as uow:
        dora = replace(practice.people["dora"], locale=locale, zone="Europe/Berlin")
        await uow.people.save(dora)
    visit = Visit(browser, link, axe)
    await visit.pictures(f"{locale}-early")
    await at(practice)
    await visit.pictures(f"{locale}-open")
    await at(practice, DURATION + 30 * MINUTE)
    await visit.pictures(f"{locale}-over")
    assert visit.said == []


async def test_the_count_runs_and_the_persons_own_clock_is_shown(
    practice: SmallPractice, browser: Browser, link: str
) -> None:
    await at(practice, -HOUR)
    visit = Visit(browser, link)
    page = await visit.opened(timezone_id="Asia/Tokyo")
    await expect(page.locator(".countdown")).to_have_text(re.compile(r"^4\d min \d\d s$"))
    first = await page.locator(".countdown").text_content()
    await expect(page.locator(".countdown")).not_to_have_text(first, timeout=3000)
    device = await page.locator(".device").text_content()
    assert " ".join(device.split()) == "On your device: Tue, Nov 3, 9:00 PM GMT+9"
    at_home = await visit.opened(timezone_id="UTC")
    await expect(at_home.locator(".device")).to_be_hidden()
    assert practice.provider.calls == []
    assert visit.said == []


async def test_at_zero_the_way_in_appears_by_itself_and_a_press_leads_to_the_provider(
    practice: SmallPractice, browser: Browser, link: str
) -> None:
    soon = timedelta(seconds=2)
    await at(practice, -15 * MINUTE - soon)
    visit = Visit(browser, link)
    page = await visit.opened()
    await expect(page.locator(".countdown")).to_be_visible()
    await practice.clock.advance(soon)
    await page.route("https://meet.test/**", lambda route: route.fulfill(body="You are in."))
    await page.get_by_role("button", name="Join").click()
    await expect(page.get_by_text("You are in.")).to_be_visible()
    assert page.url.startswith("https://meet.test/confer-")
    assert visit.said == []


async def test_without_javascript_everything_can_be_read_and_pressed(
    practice: SmallPractice, browser: Browser, link: str
) -> None:
    visit = Visit(browser, link)
    page = await visit.opened(java_script_enabled=False)
    await expect(page.locator(".countdown")).to_have_text("1 day 2 h")
    await at(practice)
    await page.get_by_role("link", name="Look again").click()
    await page.route("https://meet.test/**", lambda route: route.fulfill(body="You are in."))
    await page.get_by_role("button", name="Join").click()
    await expect(page.get_by_text("You are in.")).to_be_visible()
