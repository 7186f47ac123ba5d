"""The page at the door: looking never joins, and each way the door can be has its page."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from aiohttp import ClientResponse, ClientSession, web

from core.domain.booking import Booking
from core.domain.cancellation import Reason
from core.ports.trouble import Unavailable
from tests.core.services.sessions import DURATION, at
from tests.core.services.small_practice import HOUR, MINUTE, SmallPractice
from webhooks.meetings.door import create_door_routes

Serve = Callable[[list[web.RouteDef]], Awaitable[str]]
BASE = "https://confer.test"
FIREFOX = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}
TELEGRAM = {"User-Agent": "TelegramBot (like TwitterBot)"}


class Reader(HTMLParser):
    """The visible words of a page, and its buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.buttons: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            continue

    def handle_data(self, data: str) -> None:
        if data.strip() and not {"style", "script", "title"} & {*self._open}:
            (self.buttons if "button" in self._open else self.words).append(data.strip())


async def read(answer: ClientResponse) -> tuple[list[str], list[str]]:
    """The words and the buttons of a page."""
    reader = Reader()
    reader.feed(await answer.text())
    return reader.words, reader.buttons


class Door:
    """One link in a browser that follows nothing."""

    def __init__(self, url: str, http: ClientSession) -> None:
        self.url = url
        self._http = http

    async def ask(self, method: str = "GET", headers: dict[str, str] = FIREFOX) -> ClientResponse:
        """Open it, or press its button."""
        return await self._http.request(method, self.url, headers=headers, allow_redirects=False)

    async def words(self, method: str = "GET", **headers: dict[str, str]) -> tuple[list[str], list[str]]:
        """What is to be read and to be pressed."""
        return await read(await self.ask(method, **headers))


@pytest.fixture
async def booked(practice: SmallPractice) -> Booking:
    return await practice.book(counselor="ben")


@pytest.fixture
async def door(practice: SmallPractice, booked: Booking, serve: Serve, http: ClientSession) -> Door:
    """Dora's link."""
    base = await serve(create_door_routes(practice.core.joining))
    link = (await practice.core.listing.look(practice.actor("dora"), booked.id)).join
    assert link is not None
    return Door(link.replace(BASE, base), http)


WHEN = "Tue 3 Nov, 12:00–1:00 PM (UTC)"


async def test_before_the_time_there_is_a_countdown_and_nothing_to_press(door: Door) -> None:
    assert await door.words() == (
        [
            "Confer",
            "Your session with Ben",
            WHEN,
            "On your device:",
            "The meeting opens in",
            "1 day 2 h",
            "You can join from 11:45 AM on. This link stays the same.",
            "Look again",
        ],
        [],
    )


async def test_in_time_a_press_sends_on_and_looking_does_not(door: Door, practice: SmallPractice) -> None:
    await at(practice, -15 * MINUTE)
    words, buttons = await door.words()
    assert (words[:4], buttons) == (
        ["Confer", "Your session with Ben", WHEN, "The meeting is open."],
        ["Join"],
    )
    for method in ("GET", "HEAD"):
        answer = await door.ask(method)
        assert (answer.status, "Location" in answer.headers) == (200, False)
    assert "join_address" not in practice.provider.calls
    answer = await door.ask("POST")
    assert (answer.status, answer.headers["Cache-Control"]) == (303, "no-store")
    assert answer.headers["Location"].startswith("https://meet.test/confer-")


async def test_afterwards_there_is_a_friendly_end(door: Door, practice: SmallPractice) -> None:
    await at(practice, DURATION + 30 * MINUTE)
    end = ["Confer", "This session is over", WHEN, "Thank you, and see you soon!", "You can close this page."]
    assert await door.words() == (end, [])
    answer = await door.ask("POST")
    assert (answer.status, await read(answer)) == (200, (end, []))


async def test_a_session_that_was_called_off_has_no_way_in(
    door: Door, practice: SmallPractice, booked: Booking
) -> None:
    ben = practice.actor("ben")
    await practice.core.cancellations.cancel(ben, booked.id, booked.version, Reason.ILL)
    words, buttons = await door.words()
    assert (words[1], buttons) == ("This session does not take place", [])


async def test_a_provider_in_trouble_is_said_and_can_be_asked_again(
    door: Door, practice: SmallPractice
) -> None:
    await at(practice)
    practice.provider.troubles.append(Unavailable("down"))
    answer = await door.ask("POST")
    words, buttons = await read(answer)
    assert (answer.status, buttons) == (503, ["Try again"])
    assert "Your session stays as it is." in words
    assert (await door.ask("POST")).status == 303


@pytest.mark.parametrize(
    "agent",
    [
        "TelegramBot (like TwitterBot)",
        "WhatsApp/2.23.20.0",
        "facebookexternalhit/1.1",
        "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5",
        "curl/8.5.0",
        "",
    ],
)
async def test_programs_that_preview_links_read_of_nobody_and_never_join(
    door: Door, practice: SmallPractice, agent: str
) -> None:
    await at(practice)
    for method in ("GET", "POST"):
        answer = await door.ask(method, {"User-Agent": agent})
        assert (answer.status, await read(answer)) == (200, (["Your meeting", "Open this link to join."], []))
    assert practice.provider.calls == []


@pytest.mark.parametrize(
    "agent",
    [
        "Mozilla/5.0 (Linux; Android 13; CUBOT P80) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 [FBAN/FBIOS]",
        "Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) AppleWebKit/537.36 Telegram-Android/11.2.3",
    ],
)
async def test_people_in_unusual_browsers_get_in(door: Door, practice: SmallPractice, agent: str) -> None:
    await at(practice)
    assert (await door.ask("POST", {"User-Agent": agent})).status == 303


@pytest.mark.parametrize(
    ("wanted", "heading"),
    [
        ("de-AT,de;q=0.9,en;q=0.8", "Dieser Link führt nirgendwohin (oder nicht mehr)."),
        ("fr", "This link does not lead anywhere (any more)."),
        ("", "This link does not lead anywhere (any more)."),
    ],
)
async def test_a_link_that_is_not_ours_is_told_in_the_browsers_language(
    door: Door, wanted: str, heading: str
) -> None:
    door.url = door.url[:-3] + "xyz"
    for method in ("GET", "POST"):
        answer = await door.ask(method, {**FIREFOX, "Accept-Language": wanted})
        assert (answer.status, (await read(answer))[0][0]) == (404, heading)


async def test_each_side_reads_their_own_language_and_clock(
    practice: SmallPractice, booked: Booking, serve: Serve, http: ClientSession
) -> None:
    async with practice.store.write() as uow:
        await uow.people.save(replace(practice.people["ben"], locale="de", zone="Asia/Tokyo"))
    base = await serve(create_door_routes(practice.core.joining))
    link = (await practice.core.listing.look(practice.actor("ben"), booked.id)).join
    assert link is not None
    words, _ = await Door(link.replace(BASE, base), http).words()
    assert words[1:3] == ["Ihre Sitzung mit Dora", "Di, 3. Nov., 21:00–22:00 (Ortszeit Tokio)"]


async def test_a_name_cannot_break_the_page(door: Door, practice: SmallPractice) -> None:
    await practice.set_counselor("ben", name="<script>alert(1)</script>")
    text = await (await door.ask()).text()
    assert "Your session with &lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "<script>alert" not in text


async def test_the_page_allows_its_own_script_only_and_is_kept_by_nobody(door: Door) -> None:
    first, second = await door.ask(), await door.ask()
    policies = [answer.headers["Content-Security-Policy"] for answer in (first, second)]
    assert policies[0] != policies[1]
    (nonce,) = set(re.findall(r"'nonce-([^']+)'", policies[0]))
    assert (await first.text()).count(f'nonce="{nonce}"') == 2
    assert policies[0].replace(nonce, "N") == (
        "default-src 'none'; style-src 'nonce-N'; script-src 'nonce-N'; img-src data:; base-uri 'none'; "
        "form-action 'self' https: http:; frame-ancestors 'none'"
    )
    wanted = {
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Frame-Options": "DENY",
        "X-Robots-Tag": "noindex, nofollow",
    }
    assert {name: first.headers[name] for name in wanted} == wanted


async def test_a_moved_session_keeps_its_link(door: Door, practice: SmallPractice, booked: Booking) -> None:
    ben, dora, moves = practice.actor("ben"), practice.actor("dora"), practice.core.reschedules
    offer = await moves.propose(ben, booked.id, booked.version, booked.starts_at + HOUR)
    await moves.accept(dora, offer.id, offer.version)
    assert (await door.words())[0][2] == "Tue 3 Nov, 1:00–2:00 PM (UTC)"
