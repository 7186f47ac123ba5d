"""The waitlist: three people wait for one time, and are asked one after the other."""

from datetime import date, timedelta

import pytest

from bot.callbacks import (
    Book,
    ConfirmBooking,
    JoinWait,
    Leave,
    LeaveWait,
    Quick,
    QuickChoice,
    RefuseOffer,
    SetLocale,
    ShowConfirm,
    TakeOffer,
    WaitChoice,
    pack,
    unpack,
)
from bot.sandbox.phone import Phone, buttons_of, text_of
from core.db.tables.people import people
from core.db.tables.waitlist import waitlist
from core.services.practice import load
from core.services.practice_file import parse_practice_file
from tests.journeys.conftest import (
    House,
    arrive,
    data_of,
    forge,
    labels,
    on_sqlite,
    press,
    say,
    start,
    tap,
    toast,
)

ONE_TIME = """
[practice]
name = "Harbour Counseling"
timezone = "Europe/London"
[[counselor]]
slug = "eva"
name = "Eva Summer"
telegram_id = 1001
timezone = "Europe/London"
confirmation = "instant"
weekly = { tue = ["09:00-10:00"] }
[[session_type]]
slug = "talk"
title = "A talk"
counselors = ["eva"]
durations = [60]
locations = ["video"]
"""
NOBODY = ONE_TIME.replace('confirmation = "instant"', 'confirmation = "instant"\nactive = false')
MINUTE = timedelta(minutes=1)
WORDS = {
    "en": {
        "waiting": "You are on the waitlist",
        "free": "A time has become free",
        "book": "Book it",
        "time": "Tue 3 Nov, 9:00–10:00 AM (London time)",
        "left": "({} min left)",
        "lapsed": "is no longer kept for you",
        "leave": "Leave the waitlist",
        "too late": "This time is no longer kept for you.\nYou are still on the waitlist.",
        "still": "You are still on the waitlist",
        "nothing free": "There is no free time on this day.",
        "booked": "✅ Session booked!",
    },
    "de": {
        "waiting": "Sie stehen auf der Warteliste",
        "free": "Eine Zeit ist frei geworden",
        "book": "Buchen",
        "time": "Di, 3. Nov., 09:00–10:00 (Ortszeit London)",
        "left": "(noch {} Min.)",
        "lapsed": "ist nicht mehr für Sie reserviert",
        "leave": "Warteliste verlassen",
        "too late": "Diese Zeit ist nicht mehr für Sie reserviert.\nSie stehen weiter auf der Warteliste.",
        "still": "Sie stehen weiter auf der Warteliste",
        "nothing free": "An diesem Tag ist nichts frei.",
        "booked": "✅ Sitzung gebucht!",
    },
}


@pytest.fixture
def practice(request: pytest.FixtureRequest) -> str:
    """Eva has one time a week, unless a journey asks for another practice."""
    return str(getattr(request, "param", ONE_TIME))


@pytest.fixture
async def robin(house: House) -> Phone:
    """A client who has booked Eva's only time this week."""
    phone = house.phone("Robin")
    await arrive(phone)
    await tap(phone, "Book a session", "Tomorrow", "9:00 AM", "Continue", "Book session")
    assert "Session booked!" in text_of(phone.last)
    return phone


async def wait_for_tomorrow(phone: Phone) -> None:
    """Write that tomorrow would suit, find it full, and wait for it."""
    await start(phone)
    await press(phone, Book)
    await say(phone, "3.11.")
    await press(phone, WaitChoice, JoinWait)


async def arrived(house: House, name: str) -> Phone:
    """Somebody who is welcome already, in London."""
    phone = house.phone(name)
    await arrive(phone)
    return phone


async def cancel(phone: Phone) -> None:
    """Call off the only booking."""
    await start(phone)
    await tap(phone, "My bookings", "1", "Cancel the session", "Another reason", "Yes, cancel")
    assert "Cancelled" in text_of(phone.last)


async def held_by(house: House) -> list[str]:
    """The names of those who hold a time."""
    names = {row["id"]: row["name"].partition(" ")[0] for row in await house.rows(people)}
    return [names[row["client_id"]] for row in await house.bookings("held")]


@pytest.mark.parametrize("language", ["en", "de"])
async def test_of_three_who_wait_one_lets_it_lapse_one_declines_and_the_third_books(
    house: House, robin: Phone, language: str
) -> None:
    words = WORDS[language]
    maya, lukas, yuki = three = [await arrived(house, name) for name in ("Maya", "Lukas", "Yuki")]
    for phone in three:
        await forge(phone, pack(SetLocale(language)))
        await wait_for_tomorrow(phone)
        await house.pass_time(MINUTE)
        assert words["waiting"] in text_of(phone.last)
    await cancel(robin)
    await house.settle()
    first = await maya.wait_for(words["free"], button=words["book"])
    assert words["time"] in text_of(first)
    assert words["left"].format(15) in text_of(first)
    assert await held_by(house) == ["Maya"]
    assert [heard_of(phone, words["free"]) for phone in three] == [1, 0, 0]
    await house.pass_time(14 * MINUTE)
    assert await held_by(house) == ["Maya"]
    await house.pass_time(MINUTE)
    await maya.wait_for(words["lapsed"], button=words["leave"])
    second = await lukas.wait_for(words["free"], button=words["book"])
    assert await held_by(house) == ["Lukas"]
    await forge(maya, data_of(first, words["book"]), first["message_id"])
    shown = next(each for each in maya.answers if each["message_id"] == first["message_id"])
    assert words["too late"] in text_of(shown)
    await press(lukas, RefuseOffer)
    assert words["still"] in text_of(lukas.last)
    assert second["message_id"] == lukas.last["message_id"]
    await house.settle()
    await yuki.wait_for(words["free"], button=words["book"])
    assert await held_by(house) == ["Yuki"]
    await _look_at_tomorrow(maya)
    assert words["nothing free"] in text_of(maya.last)
    heard = len(yuki.answers)
    await press(yuki, TakeOffer, ShowConfirm, ConfirmBooking)
    await house.settle()
    assert words["booked"] in text_of(yuki.last)
    assert len(yuki.answers) == heard
    await house.pass_time(timedelta(hours=1))
    statuses = [row["status"] for row in await house.rows(waitlist)]
    assert statuses == ["waiting", "waiting", "done"]
    (booked,) = await house.bookings("confirmed")
    assert booked["client_id"] == (await house.person_row(yuki))["id"]
    assert [heard_of(phone, words["free"]) for phone in three] == [0, 0, 0], "each has become something else"


def heard_of(phone: Phone, what: str) -> int:
    """How many of the bot's messages say this now."""
    return len([each for each in phone.answers if what in text_of(each)])


async def _look_at_tomorrow(phone: Phone) -> None:
    await start(phone)
    await press(phone, Book)
    await say(phone, "3.11.")


@pytest.mark.usefixtures("robin")
async def test_the_empty_screens_of_the_wizard_lead_to_the_waitlist(house: House) -> None:
    maya = await arrived(house, "Maya")
    await tap(maya, "Book a session")
    assert "🔔 Tell me when something is free" not in labels(maya.last)
    await say(maya, "tomorrow")
    shown = await tap(maya, "Tell me when something is free")
    assert labels(shown)[:2] == ["Tue 3 Nov", "Mon 2 Nov to Sun 8 Nov"]
    shown = await tap(maya, "Mon 2 Nov to Sun 8 Nov")
    assert "A talk · 1 h · Eva Summer\n🗓 Mon 2 Nov to Sun 8 Nov" in text_of(shown)
    await tap(maya, "Back")
    assert "Which day suits you?" in text_of(maya.last)
    await press(maya, Quick)
    assert "Anything" not in text_of(maya.last)
    menu = await tap(maya, "Leave")
    assert "🔔 My waitlist (1)" in labels(menu)
    shown = await tap(maya, "My waitlist (1)")
    assert "1. A talk · 1 h · Eva Summer" in text_of(shown)
    shown = await tap(maya, "Leave 1")
    assert "You are not waiting for anything." in text_of(shown)
    assert [row["status"] for row in await house.rows(waitlist)] == ["left"]


@pytest.mark.usefixtures("robin")
async def test_a_full_week_is_waited_for_at_once(house: House) -> None:
    maya = await arrived(house, "Maya")
    await tap(maya, "Book a session")
    week = pack(Quick(unpacked(maya, Leave).draft, QuickChoice.THIS_WEEK))
    await forge(maya, week)
    assert "No free times that week." in text_of(maya.last)
    shown = await tap(maya, "Tell me when something is free")
    assert "You are on the waitlist" in text_of(shown)
    (row,) = await house.rows(waitlist)
    assert (row["first"].isoformat(), row["last"].isoformat()) == ("2026-11-02", "2026-11-08")


async def test_what_has_become_free_meanwhile_is_shown_instead_of_the_waitlist(
    house: House, robin: Phone
) -> None:
    maya = await arrived(house, "Maya")
    await tap(maya, "Book a session")
    await say(maya, "tomorrow")
    await cancel(robin)
    await tap(maya, "Tell me when something is free")
    assert await toast(maya, "Tue 3 Nov") == "There are free times now."
    assert "9:00 AM" in labels(maya.last)
    assert await house.rows(waitlist) == []


async def test_the_offer_s_own_hold_ends_in_the_wizard_as_well(house: House, robin: Phone) -> None:
    maya, yuki = await arrived(house, "Maya"), await arrived(house, "Yuki")
    for phone in (maya, yuki):
        await wait_for_tomorrow(phone)
        await house.pass_time(MINUTE)
    await cancel(robin)
    await house.settle()
    await maya.wait_for("A time has become free")
    await tap(maya, "Book it", "Add topic")
    await house.pass_time(15 * MINUTE)
    await maya.wait_for("This time is no longer kept for you", button="Check 9:00 AM again")
    assert await held_by(house) == ["Yuki"]
    assert "no longer available. Select another." in text_of(await tap(maya, "Check 9:00 AM again"))
    await yuki.wait_for("A time has become free")
    await tap(yuki, "Book it", "Back")
    assert await held_by(house) == []
    assert "9:00 AM" in labels(yuki.last)
    await house.settle()
    assert await held_by(house) == []


async def test_a_second_tap_on_book_it_shows_the_booking(house: House, robin: Phone) -> None:
    maya = await arrived(house, "Maya")
    await wait_for_tomorrow(maya)
    await cancel(robin)
    await house.settle()
    offer = await maya.wait_for("A time has become free")
    take, refuse = data_of(offer, "Book it"), data_of(offer, "No, thanks")
    await tap(maya, "Book it")
    await press(maya, ShowConfirm, ConfirmBooking)
    for data in (take, refuse):
        await forge(maya, data, offer["message_id"])
        assert "Confirmed" in text_of(maya.last)
    assert len(await house.bookings("confirmed")) == 1


@pytest.mark.usefixtures("robin")
async def test_five_waits_are_enough(house: House) -> None:
    maya = await arrived(house, "Maya")
    for day in ("4.11.", "5.11.", "6.11.", "7.11.", "8.11."):
        await start(maya)
        await tap(maya, "Book a session")
        await say(maya, day)
        await press(maya, WaitChoice, JoinWait)
        assert "You are on the waitlist" in text_of(maya.last)
    await start(maya)
    await tap(maya, "Book a session")
    await say(maya, "9.11.")
    await press(maya, WaitChoice, JoinWait)
    assert "You are on 5 waitlists already. Please leave one first." in text_of(maya.last)
    assert len(await house.rows(waitlist)) == 5


@on_sqlite
@pytest.mark.parametrize("practice", [NOBODY], indirect=True)
async def test_where_nobody_can_be_booked_one_waits_for_them_to_come_back(house: House) -> None:
    maya = await arrived(house, "Maya")
    shown = await tap(maya, "Book a session")
    assert "No counselors available. Try later." in text_of(shown)
    shown = await tap(maya, "Tell me when something is free")
    assert labels(shown)[0] == "Mon 2 Nov to Sun 8 Nov"
    await press(maya, JoinWait)
    assert "You are on the waitlist" in text_of(maya.last)
    await reload(house, ONE_TIME)
    await house.settle()
    offer = await maya.wait_for("A time has become free")
    assert "Tue 3 Nov, 9:00–10:00 AM (London time)" in text_of(offer)


@pytest.mark.usefixtures("robin")
@on_sqlite
async def test_forged_waits_change_nothing(house: House) -> None:
    maya = await arrived(house, "Maya")
    await tap(maya, "Book a session")
    draft = unpacked(maya, Leave).draft
    for first, last in (
        (date(1, 1, 1), date(1, 1, 1)),
        (date(9999, 12, 31), date(9999, 12, 31)),
        (date(2026, 11, 8), date(2026, 11, 2)),
        (date(2026, 10, 1), date(2026, 10, 7)),
    ):
        for kind in (JoinWait, WaitChoice):
            await forge(maya, pack(kind(draft, first, last)))
            assert "These dates cannot be waited for." in text_of(maya.last)
    for callback in (LeaveWait(99), TakeOffer(99), RefuseOffer(99)):
        await forge(maya, pack(callback))
        assert "went wrong" not in text_of(maya.last)
    assert await house.rows(waitlist) == []


async def reload(house: House, practice: str) -> None:
    """Load a practice file into the running program."""
    program = house.program
    await load(program.store, program.clock, parse_practice_file(practice, "practice.toml"))


def unpacked(phone: Phone, kind: type[Leave]) -> Leave:
    """The first button of this kind on the newest message."""
    found = [unpack(each["callback_data"]) for each in buttons_of(phone.last) if "callback_data" in each]
    return next(each for each in found if isinstance(each, kind))
