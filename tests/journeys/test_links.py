"""Coming by a link: to a counselor, a program, a booking, or with a role to take on."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from telegram import BotCommandScopeChat

from bot.demo.cast import CAST
from bot.main import EVERYTHING, build, running
from bot.sandbox.phone import buttons_of, text_of
from core.domain.person import Role
from core.kit.config import Settings, load_settings
from core.ports.clock import OffsetClock
from tests.journeys.conftest import House, arrive, free_port, labels, on_sqlite, say, start, tap
from tests.servers.telegram import TOKEN, Telegram

WITHOUT_EVA = """
[practice]
name = "Harbour Counseling"
timezone = "Europe/London"
[[counselor]]
slug = "eva"
name = "Eva Summer"
timezone = "Europe/London"
weekly = { mon = ["09:00-17:00"], tue = ["09:00-17:00"], wed = ["09:00-17:00"] }
[[counselor]]
slug = "kim"
name = "Kim Winter"
timezone = "Europe/London"
weekly = { mon = ["09:00-17:00"] }
[[session_type]]
slug = "talk"
title = "A talk"
counselors = ["eva", "kim"]
durations = [60]
locations = ["video"]
"""


@pytest.fixture
def practice(request: pytest.FixtureRequest) -> str:
    """The demo practice, unless a journey asks for another."""
    return str(getattr(request, "param", ""))


@on_sqlite
async def test_a_counselors_page_outlasts_the_first_questions(house: House) -> None:
    maya = house.phone("Maya")
    await start(maya, "c-ann")
    await tap(maya, "Deutsch")
    await tap(maya, "English", "Not now", "I agree")
    await say(maya, "Lima")
    shown = await tap(maya, "Lima")
    assert "Ann Rivera" in text_of(shown)
    assert "What kind of session?" in text_of(shown)
    assert "‹ Back" not in labels(shown)
    (viewed,) = [each for each in await house.funnel() if each["name"] == "page_view"]
    assert viewed["data"] == {"program": None, "preselected": True}
    assert "What kind of session?" in text_of(await start(maya, "c-ann"))


@on_sqlite
async def test_a_programs_link_enrolls_once(house: House) -> None:
    maya = house.phone("Maya")
    await arrive(maya, link="p-CAREER5")
    for shown in (maya.last, await start(maya, "p-career5")):
        assert "Welcome to Career change in five steps" in text_of(shown)
        assert "5 sessions are left" in text_of(shown)
    entries = [each for each in await house.audit() if each["action"] == "program.enrolled"]
    assert [each["actor_id"] for each in entries] == [(await house.person_row(maya))["id"]]
    menu = await tap(maya, "Home")
    assert any(each.startswith("🎓 Career change") for each in labels(menu))


NOWHERE = {
    "c-nobody": "This counselor is not available any more",
    "p-NOCODE": "I do not know this enrollment code",
    "b-0000000": "I cannot find this booking",
    "b-x": "I cannot find this booking",
    "i-made-up": "This link has been used already or has expired",
    "a-made-up": "This link has been used already or has expired",
    "z-unknown": "what would you like to do?",
    "nonsense": "what would you like to do?",
    "c-": "what would you like to do?",
}


@on_sqlite
async def test_a_link_that_leads_nowhere_says_so_and_offers_the_menu(house: House) -> None:
    maya = house.phone("Maya")
    await arrive(maya, link="c-nobody")
    assert NOWHERE["c-nobody"] in text_of(maya.last)
    for link, answer in NOWHERE.items():
        shown = await start(maya, link)
        assert answer in text_of(shown), link
        assert any("Home" in each or "Book a session" in each for each in labels(shown))
    assert "what would you like to do?" in text_of(await start(maya))


@on_sqlite
async def test_a_bookings_link_opens_its_card_for_those_it_concerns(house: House) -> None:
    maya, ann, lukas, robin = (house.phone(each) for each in ("Maya", "Ann", "Lukas", "Robin"))
    for phone in (maya, lukas, robin):
        await arrive(phone)
    await arrive(ann, None)
    await tap(
        maya,
        "Book a session",
        "Ann Rivera",
        "Introductory",
        "Tomorrow",
        "9:00 AM",
        "Continue",
        "Book session",
    )
    (booking,) = await house.bookings("confirmed")
    link = f"b-{booking['reference']}"
    for phone, other in (
        (maya, "Counselor: Ann Rivera"),
        (ann, "Client: Maya Okafor"),
        (robin, "Client: Maya"),
    ):
        shown = await start(phone, link)
        assert other in text_of(shown)
        assert booking["reference"] in text_of(shown)
    assert "finde ich nicht" in text_of(await start(lukas, link))


@pytest.mark.parametrize("practice", [WITHOUT_EVA], indirect=True)
async def test_an_invite_makes_one_person_a_counselor_once(house: House) -> None:
    robin, maya, lukas = (house.phone(each) for each in ("Robin", "Maya", "Lukas"))
    await arrive(robin)
    await tap(robin, "Invite counselors")
    assert labels(robin.last)[:2] == ["Eva Summer", "Kim Winter"]
    await tap(robin, "Eva Summer")
    link = buttons_of(robin.last)[0]["copy_text"]["text"].partition("start=")[2]
    await arrive(maya, link=link)
    assert "Welcome, Eva Summer! You are connected as a counselor." in text_of(maya.last)
    menu = await tap(maya, "Home")
    assert "📨 Requests (0)" in labels(menu)

    await arrive(lukas, link=link)
    assert "schon benutzt" in text_of(lukas.last)
    await tap(robin, "Back", "Kim Winter")
    other = buttons_of(robin.last)[0]["copy_text"]["text"].partition("start=")[2]
    assert "You are a counselor here already." in text_of(await start(maya, other))
    await house.pass_time(timedelta(days=13))
    assert "Willkommen, Kim Winter" in text_of(await start(lukas, other))
    roles = {(await house.person_row(each))["is_counselor"] for each in (maya, lukas)}
    assert roles == {True}
    assert "All counselors are connected." in text_of(await tap(robin, "Back"))


@pytest.mark.parametrize("practice", [WITHOUT_EVA], indirect=True)
@on_sqlite
async def test_an_invite_expires(house: House) -> None:
    maya = house.phone("Maya")
    token = await house.program.core.people.counselor_invite("eva")
    await house.pass_time(timedelta(days=14))
    await arrive(maya, link=f"i-{token}")
    assert "has expired" in text_of(maya.last)
    assert not (await house.person_row(maya))["is_counselor"]


@on_sqlite
async def test_the_link_printed_for_a_practice_without_admin_works_once_and_for_one_person(
    tmp_path: Path, database_url: str, clock: OffsetClock
) -> None:
    async with Telegram(CAST).serving() as telegram:
        settings = with_token(tmp_path / "data", database_url, telegram)
        said: list[str] = []
        async with running(build(settings, clock), EVERYTHING, said.append) as program:
            (token,) = re.findall(r"\?start=(a-[A-Za-z0-9_-]+)", " ".join(said))
            maya, lukas = telegram.phone("Maya"), telegram.phone("Lukas")
            await arrive(maya, "New York", token)
            assert "You are now the admin of" in text_of(maya.last)
            await arrive(lukas, "Berlin", token)
            assert "schon benutzt" in text_of(lukas.last)
            menu = await program.bot.get_my_commands(scope=BotCommandScopeChat(maya.person.id))
            assert "invite" in {each.command for each in menu}
        async with program.store.read() as uow:
            admins = [each.name for each in await uow.people.with_role(Role.ADMIN)]
        said.clear()
        async with running(build(settings, clock), EVERYTHING, said.append):
            assert not any("?start=" in each for each in said)
        await program.database.close()
    assert admins == ["Maya Okafor"]


def with_token(data_dir: Path, database_url: str, telegram: Telegram) -> Settings:
    """Settings of a program that talks to Telegram, by polling."""
    environment = {
        "CONFER_DATA_DIR": str(data_dir),
        "CONFER_DATABASE_URL": database_url,
        "CONFER_SECRET_KEY": "a-key-that-is-only-for-tests-0123456789",
        "CONFER_PORT": str(free_port()),
        "CONFER_TELEGRAM_TOKEN": TOKEN,
        "CONFER_TELEGRAM_API_URL": telegram.url,
        "CONFER_LOG_LEVEL": "warning",
    }
    return load_settings(environment, dotenv=None)
