"""The main way in a real browser, on the sandbox's page; the README's pictures are taken here."""

import os
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from core.jobs.listing import list_waiting
from core.services.subscribers import NOTIFY
from tests.journeys.conftest import House
from tests.servers.chromium import CHROMIUM, FLAGS

PICTURES = Path(__file__).parents[2] / "deploy" / "pictures"
TAKE = bool(os.environ.get("PICTURES"))
"""Set PICTURES=1 to take the README's pictures anew."""

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium or google-chrome on this machine")


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """A headless browser."""
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield started
        await started.close()


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What the page shows does not depend on the database."""
    return sqlite_url


class Screen:
    """One person's phone on the page."""

    def __init__(self, page: Page, name: str) -> None:
        self.phone: Locator = page.get_by_role("region", name=f"Phone of {name}")

    async def tap(self, label: str) -> None:
        """Tap the newest button with this label, once nothing is under way."""
        await self.phone.get_by_role("button", name=label).last.click()

    async def sees(self, text: str) -> None:
        """Wait until the words are on the screen."""
        await expect(self.phone.get_by_text(text).last).to_be_visible(timeout=10_000)

    async def arrive(self, agree: str) -> None:
        """Press Start and agree."""
        await self.tap("Start")
        await self.tap(agree)


async def picture(page: Page, name: str) -> None:
    """Keep what the page shows for the README, when asked to."""
    if TAKE:
        PICTURES.mkdir(exist_ok=True)
        await page.locator("main").evaluate("main => main.scrollTo(0, 0)")
        await page.wait_for_timeout(600)
        await page.screenshot(path=PICTURES / f"{name}.png")


async def test_two_clients_book_and_the_counselor_approves_with_one_tap(
    house: House, browser: Browser
) -> None:
    page = await browser.new_page(viewport={"width": 1100, "height": 860})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    await page.goto(f"http://127.0.0.1:{house.program.settings.port}/sandbox")
    maya, ann, lukas = Screen(page, "Maya Okafor"), Screen(page, "Ann Rivera"), Screen(page, "Lukas Braun")

    await ann.arrive("I agree")
    await maya.arrive("I agree")
    for label in (
        "As the practice",
        "Book a session",
        "Ann Rivera",
        "Counseling session",
        "45 min",
        "Tomorrow",
    ):
        await maya.tap(label)
    await maya.sees("Which time suits you?")
    await picture(page, "times")
    for label in ("9:00 AM", "Continue", "Book session"):
        await maya.tap(label)
    await maya.sees("Request sent")
    await house.settle()
    await ann.sees("New request")
    await picture(page, "request")
    await ann.tap("Approve")
    await ann.sees("Request approved")
    await house.settle()
    await maya.sees("Your session is confirmed")

    await lukas.arrive("Einverstanden")
    for label in ("Europa", "Berlin", "Sitzung buchen", "Ann Rivera", "Introductory session", "Morgen"):
        await lukas.tap(label)
    await lukas.sees("Welche Zeit")
    for label in ("16:00", "Weiter", "Sitzung buchen"):
        await lukas.tap(label)
    await lukas.sees("Sitzung gebucht!")
    await house.settle()
    await ann.sees("New booking")
    await picture(page, "booked")

    async with house.program.database.read() as conn:
        waiting = [
            job for job in await list_waiting(conn, 100) if job.kind == NOTIFY and ":reminder:" in job.key
        ]
    assert len(waiting) == 8, "two reminders for each side of the two sessions"
    await page.get_by_text("+1 day").click()
    await maya.sees("Your session starts in")
    assert said == []


async def test_on_a_phone_one_chat_is_shown_at_a_time(house: House, browser: Browser) -> None:
    page = await browser.new_page(viewport={"width": 390, "height": 844}, color_scheme="dark")
    await page.goto(f"http://127.0.0.1:{house.program.settings.port}/sandbox")
    maya = Screen(page, "Maya Okafor")
    await maya.arrive("I agree")
    await maya.tap("As the practice")
    await maya.tap("Book a session")
    await maya.sees("Who would you like to talk to?")
    await picture(page, "phone-dark")
    assert await page.locator("section.phone:visible").count() == 1
    assert await page.evaluate("document.documentElement.scrollWidth") <= 390
    await house.pass_time(timedelta(minutes=1))


async def test_the_week_picture_fits_a_phone_and_is_shown_whole(house: House, browser: Browser) -> None:
    page = await browser.new_page(viewport={"width": 390, "height": 844})
    await page.goto(f"http://127.0.0.1:{house.program.settings.port}/sandbox")
    await page.get_by_role("button", name="Ann", exact=False).first.click()
    ann = Screen(page, "Ann Rivera")
    await ann.arrive("I agree")
    await ann.tap("Week")
    await ann.tap("Week picture")
    drawn = ann.phone.locator(".picture img").last
    await expect(drawn).to_be_visible(timeout=10_000)
    width, height, natural_width, natural_height = await drawn.evaluate(
        "async img => { await img.decode();"
        " return [img.clientWidth, img.clientHeight, img.naturalWidth, img.naturalHeight] }"
    )
    assert 280 <= width <= 390
    assert height == pytest.approx(width * natural_height / natural_width, abs=1)
