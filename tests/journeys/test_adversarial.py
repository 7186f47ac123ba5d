"""People who forge, hurry, mistake and overdo: a clear answer each, and nothing changes that must not."""

import os
import random
from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, date, datetime
from enum import StrEnum
from itertools import product
from typing import Any, get_args, get_type_hints

import pytest
from telegram import Update

from bot.callbacks import (
    Approve,
    AskNote,
    AskTopic,
    Callback,
    ConfirmBooking,
    Decline,
    DeclineMenu,
    DeclineReason,
    Home,
    PickTime,
    Settings,
    ShowConfirm,
    ZoneMenu,
    pack,
    unpack,
)
from bot.handlers.routes import TAPS
from bot.sandbox.phone import Phone, text_of
from core.db.tables.bookings import bookings
from core.db.tables.drafts import drafts
from core.db.tables.people import people
from tests.journeys.conftest import (
    House,
    Row,
    Shown,
    arrive,
    carried_out,
    data_of,
    forge,
    labels,
    on_sqlite,
    press,
    say,
    start,
    tap,
)

SOAK = os.environ.get("SOAK") == "1"
MOST_FORGED, MOST_ALIKE = (200, 1000) if SOAK else (4, 3)
OUT_OF_DATE = "This button is out of date. Please open the menu with /start."
FOREIGN = [
    "1",
    "1zz",
    "0ho",
    "2ho",
    "ho",
    "1HO",
    "1ho:",
    "1ho:1",
    "1 ho",
    "1co:2",
    "1co:true",
    "1bw:-1",
    "1bw:1.0",
    "1bw:²",
    "1bw:٣",
    "1bw:01",
    "1bw: 1",
    "1bw:1\n",
    "1bw:9223372036854775808",
    "1bw:" + "9" * 59,
    "1wm:1:20261301",
    "1wm:1:2026-11-02",
    "1wd:1:00000101",
    "1wh:1:9999999999",
    "1wq:1:yesterday",
    "1ls:",
    "1zs:../../etc/passwd\x00:",
    "1zs:<b>:",
    "1rd:1:1:because",
    "1ml:upcoming:-1",
    "☃" * 21,
    "\u202e" * 20,
    "' OR 1=1 --",
    "<b>",
    "x" * 64,
]
HOSTILE: dict[Any, tuple[Any, ...]] = {
    int: (0, 1, 2**63 - 1),
    bool: (True, False),
    date: (date.min, date(2026, 11, 4), date.max),
    datetime: (
        datetime(1970, 1, 1, tzinfo=UTC),
        datetime(2026, 11, 4, 14, tzinfo=UTC),
        datetime(9999, 12, 31, 23, 59, tzinfo=UTC),
    ),
    str: ("xx", "Mars/Phobos", "Factory"),
}


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


@pytest.fixture
async def lukas(house: House) -> Phone:
    """Another client, who reads English."""
    phone = house.phone("Lukas")
    await start(phone)
    await tap(phone, "English")
    await arrive(phone, "Berlin")
    return phone


async def book(phone: Phone, kind: str, *more: str, day: str = "4.11.", hour: str = "9:00 AM") -> None:
    """Book with Ann."""
    await tap(phone, "Book a session", "Ann Rivera", kind, *more)
    await say(phone, day)
    await tap(phone, hour, "Continue", "Book session")


async def belongings(house: House, phone: Phone) -> tuple[list[Row], ...]:
    """Everything that is somebody's: their record, their drafts and their bookings, on either side."""
    person = await house.person_row(phone)
    return (
        [person],
        list(await house.rows(drafts, drafts.c.person_id == person["id"])),
        [
            each
            for each in await house.bookings()
            if each["client_id"] == person["id"] or not person["is_client"]
        ],
    )


@on_sqlite
async def test_data_that_we_never_made_are_answered_and_do_nothing(house: House, maya: Phone) -> None:
    chance = random.Random(7)
    noise = ["".join(chance.choices("1:ahowzn0é\U0001f600", k=chance.randint(1, 16))) for _ in range(40)]
    before, seen = await belongings(house, maya), len(maya.answers)
    for data in FOREIGN + noise:
        if data not in {"1ho", "1no"}:
            assert await forge(maya, data) == OUT_OF_DATE, data
    assert await belongings(house, maya) == before
    assert len(maya.answers) == seen


async def tap_all(phone: Phone, taps: Sequence[tuple[str, int]]) -> None:
    """Tap one after the other, given as callback data and message, a few of them at a time."""
    for start_of_batch in range(0, len(taps), 10):
        for data, message_id in taps[start_of_batch : start_of_batch + 10]:
            await phone.tap_data(data, message_id)
        await carried_out(phone)


def alike(shown: Sequence[Shown]) -> list[tuple[str, int]]:
    """Of the buttons of one kind on one message a few stand for all, unless there is a lot of time."""
    found: dict[tuple[int, type[Callback]], list[tuple[str, int]]] = {}
    for each in shown:
        found.setdefault((each.message_id, type(unpack(each.data))), []).append((each.data, each.message_id))
    return [tap for some in found.values() for tap in some[:MOST_ALIKE]]


def hostile(kind: type[Callback], ids: tuple[int, ...]) -> list[Callback]:
    """Some buttons of a kind with values that no honest one has, and with these ids."""
    hints = get_type_hints(kind)
    choices = list(product(*(_values(hints[each.name], ids) for each in fields(kind))))  # type: ignore[arg-type]
    some = random.Random(kind.__name__).sample(choices, min(MOST_FORGED, len(choices)))
    return [kind(*values) for values in some]


def _values(hint: Any, ids: tuple[int, ...]) -> tuple[Any, ...]:
    inner = next((each for each in get_args(hint) if each is not type(None)), hint)
    values = (*ids, *HOSTILE[int]) if inner is int else HOSTILE.get(inner, ())
    if isinstance(inner, type) and issubclass(inner, StrEnum):
        values = tuple(inner)[:2]
    return (None, *values) if inner is not hint else values


async def test_hostile_values_in_every_kind_of_button_touch_nothing_of_others(
    house: House, maya: Phone, ann: Phone, lukas: Phone
) -> None:
    await book(maya, "Counseling session", "45 min")
    await start(maya)
    await tap(maya, "Book a session", "Ann Rivera", "Counseling session", "45 min", "Tomorrow", "10:00 AM")
    jonas = house.phone("Jonas")
    await arrive(jonas, None)
    await tap(lukas, "Book a session", "Ann Rivera")
    before = [await belongings(house, each) for each in (maya, ann)]
    rows = await house.rows(drafts)
    ids = tuple({each["id"] for each in rows[-2:]} | {each["id"] for each in await house.bookings()})
    forged = [pack(each) for kind in TAPS for each in hostile(kind, ids)]
    await tap_all(lukas, [(data, lukas.last["message_id"]) for data in forged])
    await tap_all(jonas, [(data, jonas.last["message_id"]) for data in forged[::4]])
    assert [await belongings(house, each) for each in (maya, ann)] == before
    assert {each["client_id"] for each in await house.bookings() if each["status"] != "held"} == {
        (await house.person_row(maya))["id"]
    }
    menu = await start(lukas)
    assert len(labels(menu)) >= 3


async def test_every_button_ever_shown_tapped_again_changes_no_booking(
    house: House, maya: Phone, ann: Phone, lukas: Phone
) -> None:
    await book(maya, "Counseling session", "45 min")
    await ann.wait_for("New request")
    await tap(ann, "Decline", "Back", "Approve", "Requests", "Home", "Why is a time")
    await say(ann, "tomorrow 9am")
    await start(maya)
    await book(maya, "Introductory", day="5.11.")
    await tap(maya, "Home", "My bookings", "1", "Back", "Past", "Home", "Settings")
    await start(lukas)
    await tap(lukas, "Book a session", "Jonas Weber", "Career", "Tomorrow")
    await press(lukas, PickTime)
    await tap(lukas, "Enroll now")
    await say(lukas, "CAREER5")
    await press(lukas, PickTime)
    await tap(lukas, "Continue", "Book session")
    await house.settle()
    kept = {each["id"]: each for each in await house.bookings()}
    assert sorted(each["status"] for each in kept.values()) == ["confirmed", "confirmed", "pending"]
    for phone in (maya, ann, lukas):
        await tap_all(phone, alike(house.shown_to(phone)))
    await house.settle()
    now = {each["id"]: each for each in await house.bookings()}
    assert {number: now[number] for number in kept} == kept
    assert all(now[number]["status"] == "held" for number in now.keys() - kept.keys())


@on_sqlite
async def test_other_peoples_buttons_do_nothing_to_them(
    house: House, maya: Phone, ann: Phone, lukas: Phone
) -> None:
    await book(maya, "Counseling session", "45 min")
    await ann.wait_for("New request")
    await tap(ann, "Decline", "Back")
    await start(maya)
    await tap(maya, "Book a session", "Ann Rivera", "Counseling session", "45 min", "Tomorrow", "10:00 AM")
    await tap(maya, "Add topic", "Back", "Continue")
    before = [await belongings(house, each) for each in (maya, ann)]
    jonas = house.phone("Jonas")
    await arrive(jonas, None)
    theirs = dict.fromkeys(data for phone in (maya, ann) for data, _ in alike(house.shown_to(phone)))
    for phone in (lukas, jonas):
        await tap_all(phone, [(data, phone.last["message_id"]) for data in theirs])
    assert [await belongings(house, each) for each in (maya, ann)] == before
    for callback in (Approve(1, 2), DeclineMenu(1, 2), Decline(1, 2, DeclineReason.TIME)):
        await forge(maya, pack(callback))
    assert [each["status"] for each in await house.rows(bookings)] == ["pending", "held"]
    wizard = next(each.message_id for each in reversed(house.shown_to(maya)) if "1wb" in each.data)
    confirm = next(each.data for each in reversed(house.shown_to(maya)) if "1wb" in each.data)
    await forge(maya, confirm, wizard)
    assert len(await house.bookings("pending")) == 2


async def test_a_double_tap_counts_once(house: House, maya: Phone, ann: Phone) -> None:
    await tap(
        maya,
        "Book a session",
        "Ann Rivera",
        "Counseling session",
        "45 min",
        "Tomorrow",
        "9:00 AM",
        "Continue",
    )
    for _ in range(3):
        await maya.tap("Book session")
    await carried_out(maya)
    assert [each["status"] for each in await house.bookings()] == ["pending"]
    assert "A" in text_of(maya.last)
    card = await ann.wait_for("New request")
    decline = data_of(card, "Decline")
    for data in (data_of(card, "Approve"), decline, data_of(card, "Approve")):
        await ann.tap_data(data, card["message_id"])
    await carried_out(ann)
    await house.settle()
    assert [each["status"] for each in await house.bookings()] == ["confirmed"]
    assert "Request approved" in text_of(ann.last)
    assert len([each for each in ann.answers if "New request" in text_of(each)]) == 0
    assert len([each for each in maya.answers if "is confirmed" in text_of(each)]) == 1


@on_sqlite
async def test_texts_of_any_length_and_kind_are_answered_wherever_they_are_typed(
    house: House, maya: Phone
) -> None:
    texts = (
        "a" * 65_000,
        "😀" * 500,
        "<b>not bold</b> & <script>",
        "مرحبا \u202eبالعالم",
        "\u200b",
        "-1",
        "'; --",
    )
    await _type_all(maya, texts)
    await start(maya)
    await press(maya, Settings, ZoneMenu)
    await _type_all(maya, texts)
    await start(maya, "p-CAREER5")
    await tap(maya, "Book a session", "Jonas Weber")
    await _type_all(maya, texts)
    await say(maya, "tomorrow")
    await press(maya, PickTime)
    for text in texts:
        for question in (AskTopic, AskNote):
            said = text_of(await press(maya, question) and await say(maya, text))
            if "That is too long" in said:
                await tap(maya, "Try again", "Back")
    await press(maya, ShowConfirm, ConfirmBooking)
    (booking,) = await house.bookings()
    assert (booking["topic"], booking["note"]) == ("'; --", "'; --")


async def _type_all(phone: Phone, texts: tuple[str, ...]) -> None:
    for text in texts:
        said = await say(phone, text)
        assert text_of(said)


THINGS: list[dict[str, Any]] = [
    {
        "sticker": {
            "file_id": "s", "file_unique_id": "s", "type": "regular", "width": 1, "height": 1,
            "is_animated": False, "is_video": False,
        }
    },
    {"photo": [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]},
    {"voice": {"file_id": "v", "file_unique_id": "v", "duration": 3}},
    {"document": {"file_id": "d", "file_unique_id": "d", "file_name": "a.pdf"}},
    {"contact": {"phone_number": "1", "first_name": "Eve"}},
    {"dice": {"emoji": "🎲", "value": 3}},
    {"venue": {"location": {"latitude": 1, "longitude": 1}, "title": "x", "address": "y"}},
]  # fmt: skip


@on_sqlite
async def test_what_is_no_text_is_answered_and_taken_for_no_answer(house: House, maya: Phone) -> None:
    await tap(
        maya,
        "Book a session",
        "Ann Rivera",
        "Counseling session",
        "45 min",
        "Tomorrow",
        "9:00 AM",
        "Add topic",
    )
    await say(maya, "Sleep")
    await tap(maya, "Change topic")
    for thing in THINGS:
        seen = maya.last["message_id"]
        maya._say(thing)
        await carried_out(maya)
        assert "I did not understand that." in text_of(maya.last)
        assert maya.last["message_id"] > seen
    maya._say({"photo": THINGS[1]["photo"], "caption": "My sleep"})
    await carried_out(maya)
    assert "Topic: My sleep" in text_of(maya.last)
    assert (await house.person_row(maya))["zone"] == "America/New_York"


@on_sqlite
async def test_commands_are_understood_with_the_bots_name_and_unknown_ones_answered(maya: Phone) -> None:
    for command, answer in {
        "/book@confer_sandbox_bot": "Who would you like to talk to?",
        "/BOOKINGS": "My bookings",
        "/settings please": "Settings",
        "/start@confer_sandbox_bot c-ann": "What kind of session?",
        "/nonsense": "I did not understand that.",
        "/": "I did not understand that.",
        "//start": "I did not understand that.",
        "/requests": "I did not understand that.",
        "/invite": "I did not understand that.",
    }.items():
        assert answer in text_of(await say(maya, command)), command


@on_sqlite
async def test_what_is_not_said_to_the_bot_itself_is_left_alone(house: House, maya: Phone) -> None:
    before, seen = await house.rows(people), len(maya.messages)
    said = {"message_id": 1, "date": 1_790_000_000, "from": maya.person.as_user(), "text": "/start"}
    private, group = maya.person.as_chat(), {"id": -100, "type": "group", "title": "A group"}
    for update in (
        {"message": {**said, "chat": group}},
        {"edited_message": {**said, "chat": private, "edit_date": 1_790_000_001}},
        {"channel_post": {**said, "chat": {"id": -200, "type": "channel", "title": "A channel"}}},
        {"message": {**said, "chat": private, "from": {"id": 9, "is_bot": True, "first_name": "Other bot"}}},
        {"inline_query": {"id": "1", "from": maya.person.as_user(), "query": "x", "offset": ""}},
    ):
        read = Update.de_json({"update_id": 1, **update}, house.program.bot)
        await house.program.chat.handle(read)
    assert len(maya.messages) == seen
    assert await house.rows(people) == before


@on_sqlite
async def test_a_button_forged_onto_a_file_is_answered_in_a_new_message(house: House, maya: Phone) -> None:
    await book(maya, "Introductory")
    file = await tap(maya, ".ics")
    assert "document" in file
    await forge(maya, pack(Home()), file["message_id"])
    assert maya.last["message_id"] > file["message_id"]
    assert "what would you like to do?" in text_of(maya.last)
    assert len(await house.bookings("confirmed")) == 1


async def test_an_update_that_comes_twice_is_carried_out_once(house: House, maya: Phone) -> None:
    said = {"message_id": 1, "date": 1_790_000_000, "from": maya.person.as_user(), "text": "/book"}
    update = {"update_id": 77, "message": {**said, "chat": maya.person.as_chat()}}
    seen = len(maya.answers)
    for _ in range(3):
        await house.program.chat.handle(Update.de_json(update, house.program.bot))
    assert len(maya.answers) == seen + 1


@on_sqlite
async def test_a_tap_and_a_text_at_the_same_moment_are_both_carried_out(house: House, maya: Phone) -> None:
    await tap(
        maya,
        "Book a session",
        "Ann Rivera",
        "Counseling session",
        "45 min",
        "Tomorrow",
        "9:00 AM",
        "Add topic",
    )
    message = maya.last["message_id"]
    back = data_of(maya.last, "Back")
    await maya.send("Sleep")
    await maya.tap_data(back, message)
    await carried_out(maya)
    assert "Topic: Sleep" in " ".join(text_of(each) for each in maya.answers)
    assert (await house.rows(drafts))[-1]["payload"]["topic"] == "Sleep"
