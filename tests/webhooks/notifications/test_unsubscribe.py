"""The page behind a mail's link: looking changes nothing, one POST does, and only ours are known."""

from dataclasses import replace

import aiohttp
import pytest

from core.db.engine import Database
from core.domain.channel import Channel, Topic
from core.ports.clock import OffsetClock
from tests.core.services.small_practice import SmallPractice, small_practice
from tests.webhooks.conftest import Serve
from webhooks.notifications.unsubscribe import create_unsubscribe_routes


@pytest.fixture
async def practice(sqlite_database: Database, clock: OffsetClock) -> SmallPractice:
    practice = await small_practice(sqlite_database, clock)
    async with practice.store.write() as uow:
        practice.people["dora"] = replace(practice.people["dora"], locale="de")
        await uow.people.save(practice.people["dora"])
    return practice


@pytest.fixture
async def page(practice: SmallPractice, serve: Serve) -> str:
    """Dora's link for reminders, on this server."""
    server = await serve(create_unsubscribe_routes(practice.core.choices))
    link = practice.unsubscribe.address(practice.people["dora"], Topic.REMINDERS)
    assert link is not None
    return link.replace("https://confer.test", server)


async def test_looking_at_the_page_changes_nothing(
    practice: SmallPractice, page: str, http: aiohttp.ClientSession
) -> None:
    async with http.get(page) as answer:
        text = await answer.text()
        assert (answer.status, answer.headers["Referrer-Policy"]) == (200, "no-referrer")
    assert "Diese E-Mails abbestellen?" in text
    assert '<form method="post">' in text
    assert not (await practice.core.choices.get(practice.actor("dora"))).muted


async def test_one_click_of_a_mail_program_is_enough(
    practice: SmallPractice, page: str, http: aiohttp.ClientSession
) -> None:
    for _ in range(2):
        async with http.post(page, data={"List-Unsubscribe": "One-Click"}) as answer:
            assert answer.status == 200
            assert "Sie bekommen diese E-Mails nicht mehr" in await answer.text()
    choices = await practice.core.choices.get(practice.actor("dora"))
    assert choices.muted == {(Topic.REMINDERS, Channel.MAIL)}


async def test_a_link_that_we_never_made_is_not_known(page: str, http: aiohttp.ClientSession) -> None:
    base, _, capability = page.rpartition("/")
    for forged in ("x", capability[:-1] + "A", capability[1:] + "A", "%00"):
        for method in ("GET", "POST"):
            async with http.request(method, f"{base}/{forged}") as answer:
                assert answer.status == 404
