"""E-mail beside the chat: an address is set, mails come from the request to the reminder, and off again."""

from collections.abc import Sequence
from datetime import timedelta

import aiohttp
import pytest

from bot.callbacks import (
    AskEmail,
    EmailMenu,
    FindBooking,
    NotificationMenu,
    QuietMenu,
    RemoveEmail,
    SetQuiet,
    ShowDeliveries,
    SwitchTopic,
    TheirBookings,
)
from bot.sandbox.phone import Phone, text_of
from core.domain.access import Actor
from core.services.booking import Details
from core.services.bounces import Returned, Trouble
from core.services.offers import Wanted
from tests.journeys.conftest import House, arrive, labels, on_sqlite, press, say, tap
from webhooks.notifications.mailbox import KeptMail

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ADDRESS = "maya@example.org"


@pytest.fixture
async def maya(house: House) -> Phone:
    """A client in New York, who is welcome already."""
    phone = house.phone("Maya")
    await arrive(phone)
    return phone


@pytest.fixture
async def ann(house: House) -> Phone:
    """The counselor who answers requests."""
    phone = house.phone("Ann")
    await arrive(phone, None)
    return phone


def mails(house: House, to: str = ADDRESS) -> Sequence[KeptMail]:
    """The mails to an address, the oldest first."""
    assert house.program.mail.mailbox is not None
    every = reversed(house.program.mail.mailbox.newest())
    return [each for each in every if each.message["To"].addresses[0].addr_spec == to]


def subjects(house: House, to: str = ADDRESS) -> list[str]:
    """What they are about."""
    return [str(each.message["Subject"]) for each in mails(house, to)]


async def set_address(house: House, phone: Phone, address: str = ADDRESS) -> None:
    """Write an address, read its mail, write the code."""
    await say(phone, "/settings")
    await press(phone, EmailMenu, AskEmail)
    await say(phone, address)
    await house.settle()
    code = mails(house, address)[-1].text.splitlines()[2].strip()
    await say(phone, code)


async def book(phone: Phone, day: str = "4.11.", hour: str = "9:00 AM") -> None:
    """Ask Ann for 45 minutes."""
    await say(phone, "/book")
    await tap(phone, "Ann Rivera", "Counseling", "45 min")
    await say(phone, day)
    await tap(phone, hour, "Continue", "Book session")


async def fetch(house: House, path: str, method: str = "GET") -> str:
    """A page of the program's own server."""
    url = path if path.startswith("http") else f"http://127.0.0.1:{house.program.settings.port}{path}"
    async with aiohttp.ClientSession() as http, http.request(method, url) as answer:
        assert answer.status == 200
        return await answer.text()


async def test_from_the_address_to_the_reminders(house: House, maya: Phone, ann: Phone) -> None:
    await set_address(house, maya)
    assert "Your address is set" in text_of(maya.last)
    await book(maya)
    await house.settle()
    await tap(ann, "Approve")
    await house.settle()
    for _ in range(3):
        await house.pass_time(DAY)
    assert subjects(house) == [
        "Your code for this e-mail address",
        "Your request to Ann Rivera is on its way",
        "Your session with Ann Rivera is confirmed",
        "Your session with Ann Rivera starts in 5 hours",
    ]
    assert len({str(each.message["Message-ID"]) for each in mails(house)}) == len(mails(house))
    confirmed = mails(house)[2]
    assert "Wednesday 4 November 2026, 9:00–9:45 AM (New York time)" in confirmed.text
    assert confirmed.message["List-Unsubscribe"] is None


async def test_a_guest_hears_everything_by_mail(house: House, ann: Phone) -> None:
    address = "gast@example.org"
    async with house.program.store.write() as uow:
        guest = await uow.people.add(name="Gast", email=address, locale="de", zone="Europe/Berlin")
        practice = await uow.practice()
    kind = next(each for each in practice.session_types.values() if each.slug == "counseling")
    counselor = next(each for each in practice.counselors.values() if each.slug == "ann")
    wanted = Wanted(counselor_id=counselor.id, session_type_id=kind.id, minutes=45)
    actor, start = Actor(person=guest), house.clock.now().replace(hour=15) + 2 * DAY
    held = await house.program.core.holds.take(actor, wanted, start, 1)
    await house.program.core.bookings.request(actor, held.id, Details())
    await house.settle()
    await tap(ann, "Approve")
    await house.settle()
    await house.pass_time(DAY + 6 * HOUR)
    assert subjects(house, address) == [
        "Ihre Anfrage an Ann Rivera ist unterwegs",
        "Ihre Sitzung mit Ann Rivera ist bestätigt",
        "Ihre Sitzung mit Ann Rivera beginnt in 24 Stunden",
    ]
    assert "Im Chat" not in mails(house, address)[-1].text


@on_sqlite
async def test_a_link_in_a_reminder_stops_reminders_by_mail_alone(
    house: House, maya: Phone, ann: Phone
) -> None:
    await set_address(house, maya)
    await book(maya)
    await house.settle()
    await tap(ann, "Approve")
    await house.pass_time(DAY + 5 * HOUR)
    reminder = mails(house)[-1]
    link = str(reminder.message["List-Unsubscribe"]).strip("<>")
    assert "Stop these e-mails?" in await fetch(house, link)
    assert "You no longer get these e-mails" in await fetch(house, link, "POST")
    before = len(mails(house))
    await house.pass_time(23 * HOUR)
    assert len(mails(house)) == before
    assert "starts in 1 hour" in text_of(maya.last)


@on_sqlite
async def test_choices_and_quiet_hours_are_set_by_tapping(house: House, maya: Phone) -> None:
    await set_address(house, maya)
    await say(maya, "/settings")
    await press(maya, NotificationMenu, SwitchTopic)
    assert "💬 Bookings ✕" in labels(maya.last)
    await press(maya, QuietMenu, SetQuiet)
    assert "🌙 Quiet hours: 9 PM – 7 AM" in labels(maya.last)
    await say(maya, "/settings")
    await press(maya, EmailMenu, RemoveEmail)
    assert "No address is set" in text_of(maya.last)


@on_sqlite
async def test_the_admin_sees_why_somebody_got_no_mail(house: House, maya: Phone) -> None:
    await set_address(house, maya)
    returned = Returned(id="one", trouble=Trouble.BOUNCED, addresses=(ADDRESS,))
    assert await house.program.core.bounces.take_in(returned)
    await house.settle()
    assert "My e-mails do not reach you any more" in text_of(maya.last)
    await book(maya)
    await house.settle()
    robin = house.phone("Robin")
    await arrive(robin)
    await tap(robin, "Run the practice")
    await press(robin, FindBooking)
    await say(robin, "Maya")
    await press(robin, TheirBookings, ShowDeliveries)
    shown = text_of(robin.last)
    assert "✉️ The address sends mails back" in shown
    assert "request received\n❌ the address does not exist (any more)" in shown


@on_sqlite
async def test_a_wrong_code_and_a_wrong_address_are_told(maya: Phone) -> None:
    await say(maya, "/settings")
    await press(maya, EmailMenu, AskEmail)
    assert "does not look like an e-mail address" in text_of(await say(maya, "maya at example"))
    await tap(maya, "Try again")
    await say(maya, ADDRESS)
    assert "This is not the code I sent" in text_of(await say(maya, "12345"))


@on_sqlite
async def test_the_mailbox_shows_what_was_sent_and_every_mail_there_is(house: House, maya: Phone) -> None:
    await set_address(house, maya)
    assert "Your code for this e-mail address" in await fetch(house, "/sandbox/mail")
    name = mails(house)[-1].name
    page = await fetch(house, f"/sandbox/mail/{name}")
    assert "Auto-Submitted" in page
    assert f"/sandbox/mail/{name}/html" in page
    assert "<h1>Your code" in await fetch(house, f"/sandbox/mail/{name}/html")
    every = await fetch(house, "/sandbox/mail/every")
    assert every.count("<li>") == 62
    assert "Ihre Sitzung" in await fetch(house, "/sandbox/mail/every/de/confirmed")
