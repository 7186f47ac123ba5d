"""The first words between the bot and somebody new: agreement, language and time zone."""

import re
from datetime import timedelta

import pytest
from telegram import BotCommandScopeChat, Update

from bot.callbacks import (
    Approve,
    AskTopic,
    Book,
    BookAgain,
    Bookings,
    ConfirmBooking,
    Decline,
    DeclineMenu,
    Home,
    LanguageMenu,
    PickCounselor,
    PickDate,
    PickTime,
    PickType,
    Requests,
    SetReminders,
    Settings,
    SetZone,
    ShowBooking,
    ShowConfirm,
    ShowMonth,
    ShowProfile,
    ShowRequest,
    ZoneMenu,
)
from bot.sandbox.people import Person
from bot.sandbox.phone import buttons_of, text_of
from tests.journeys.conftest import (
    House,
    arrive,
    carried_out,
    labels,
    on_sqlite,
    press,
    say,
    start,
    tap,
)

GERMAN_PRACTICE = """
[practice]
name = "Praxis am Fluss"
timezone = "Europe/Berlin"
locale = "de"
[[counselor]]
slug = "eva"
name = "Eva Sommer"
telegram_id = 1001
bio = "Hört zu."
timezone = "America/New_York"
weekly = { mon = ["09:00-17:00"], tue = ["09:00-17:00"], wed = ["09:00-17:00"] }
[[counselor]]
slug = "udo"
name = "Udo Winter"
telegram_id = 1002
bio = "Fragt nach."
timezone = "Europe/Berlin"
confirmation = "instant"
weekly = { mon = ["09:00-17:00"], tue = ["09:00-17:00"] }
[[session_type]]
slug = "gespraech"
title = "Gespräch"
counselors = ["eva", "udo"]
durations = [60]
locations = ["video", "in_person"]
address = "Am Fluss 1"
price = "80.00"
currency = "EUR"
[[session_type]]
slug = "kurz"
title = "Kurzgespräch"
counselors = ["eva", "udo"]
durations = [30, 45]
locations = ["audio"]
"""
ENGLISH = re.compile(
    r"\b(?:the|you|your|and|with|for|please|what|which|who|how|days?|week|month|times?|today|tomorrow"
    r"|morning|afternoon|evening|sessions?|book|booked|bookings?|back|leave|home|settings|reminders?"
    r"|requests?|confirmed|pending|declined|expired|free|next|earliest|left|until|minutes|hours?|of|to|it"
    r"|is|are|not|no|yes|here|now|agree|language|zone|counselor|client|topic|note|try|again|monday|tuesday"
    r"|wednesday|thursday|friday|saturday|sunday|january|february|march|june|july|october|december"
    r"|mon|tue|wed|thu|fri|sat|sun)\b",
    re.IGNORECASE,
)

NAMES = {
    "<b>Bob</b> & </i>": "<b>Bob</b> & </i>",
    "👩‍👩‍👧‍👦 🏳️‍🌈": "👩‍👩‍👧‍👦 🏳️‍🌈",
    "אברהם \u202eכהן": "\u2068אברהם כהן\u2069",
    "x" * 80: "x" * 64,
}
"""Names as people have them, and as they are shown."""


@pytest.fixture
def practice(request: pytest.FixtureRequest) -> str:
    """The demo practice, unless a journey asks for another."""
    return str(getattr(request, "param", ""))


@on_sqlite
async def test_nothing_but_the_language_can_be_chosen_before_the_agreement(house: House) -> None:
    maya = house.phone("Maya")
    welcome = await start(maya)
    assert "Riverside Counseling" in text_of(welcome)
    assert labels(welcome) == ["✅ I agree", "Not now", "🗣 Deutsch"]
    await tap(maya, "Deutsch")
    assert "Guten Tag, Maya Okafor" in text_of(maya.last)
    await tap(maya, "English")
    for attempt in ("/book", "/bookings", "/settings", "hello", "tomorrow 3pm"):
        assert "Your privacy" in text_of(await say(maya, attempt))
    await maya.share_location(52.5, 13.4)
    await carried_out(maya)
    assert "Your privacy" in text_of(maya.last)
    row = await house.person_row(maya)
    assert (row["zone"], row["consented_at"]) == (None, None)


@on_sqlite
async def test_a_counselor_of_the_practice_file_is_met_in_their_own_language_once(house: House) -> None:
    jonas = house.phone("Jonas")
    assert "Guten Tag, Jonas Weber" in text_of(await start(jonas))
    menu = await house.program.bot.get_my_commands(BotCommandScopeChat(jonas.person.id))
    assert "Anfragen" in [each.description for each in menu]
    await tap(jonas, "English")
    assert "Hello Jonas Weber" in text_of(await start(jonas))
    assert (await house.person_row(jonas))["locale"] == "en"
    ann = house.phone("Ann")
    assert "Hello Ann Rivera" in text_of(await start(ann))


@on_sqlite
async def test_whoever_declines_may_come_back_and_agree_once(house: House) -> None:
    maya = house.phone("Maya")
    await start(maya)
    declined = await tap(maya, "Not now")
    assert "Without your agreement" in text_of(declined)
    assert (await house.person_row(maya))["consented_at"] is None
    assert "Where are you?" in text_of(await tap(maya, "I agree"))
    agreed = (await house.person_row(maya))["consented_at"]
    assert agreed == house.clock.now()
    await tap(maya, "As the practice")
    assert labels(await start(maya))[0] == "📅 Book a session"
    assert (await house.person_row(maya))["consented_at"] == agreed


@on_sqlite
async def test_an_old_refusal_tapped_after_the_agreement_says_nothing_wrong(house: House) -> None:
    maya = house.phone("Maya")
    first = await start(maya)
    await start(maya)
    await tap(maya, "I agree", "As the practice")
    await maya.tap("Not now", message_id=first["message_id"])
    await carried_out(maya)
    assert "Without your agreement" not in " ".join(text_of(each) for each in maya.answers)


@on_sqlite
async def test_the_zone_of_a_shared_location_is_used_and_the_place_forgotten(house: House) -> None:
    maya = house.phone("Maya")
    await start(maya)
    await tap(maya, "I agree", "Share my location")
    assert maya.keyboard
    await maya.share_location(-33.87, 151.21)
    await carried_out(maya)
    assert not maya.keyboard
    assert "Got it: Sydney" in text_of(maya.answers[-2])
    assert "📅 Book a session" in labels(maya.last)
    assert (await house.person_row(maya))["zone"] == "Australia/Sydney"
    assert not any("151.21" in str(row) for row in [*await house.audit(), *await house.funnel()])


@on_sqlite
async def test_a_place_without_a_country_has_a_zone_too(house: House) -> None:
    assert house.program.sandbox is not None
    for number, place in enumerate(((0.0, 0.0), (90.0, 0.0), (-90.0, 0.0), (0.0, -140.0), (-60.0, 180.0))):
        phone = await house.program.sandbox.add_person(Person(id=5000 + number, first_name=f"At {place}"))
        await start(phone)
        await tap(phone, "I agree", "Share my location")
        await phone.share_location(*place)
        await carried_out(phone)
        assert "📅 Book a session" in labels(phone.last)


@on_sqlite
async def test_the_zone_is_found_by_region_and_by_the_name_of_a_city(house: House) -> None:
    maya, robin = house.phone("Maya"), house.phone("Robin")
    await start(maya)
    await tap(maya, "I agree", "Asia")
    while not any("Tokyo" in each for each in labels(maya.last)):
        await tap(maya, "›")
    assert "Back" in " ".join(labels(maya.last))
    await tap(maya, "Tokyo")
    assert (await house.person_row(maya))["zone"] == "Asia/Tokyo"
    assert "Tokyo" in maya.toasts[-1]

    await start(robin)
    await tap(robin, "I agree")
    assert "I do not know “Atlantis”" in text_of(await say(robin, "Atlantis"))
    await say(robin, "são paulo")
    await tap(robin, "Paulo (UTC−3)")
    assert (await house.person_row(robin))["zone"] == "America/Sao_Paulo"
    assert "📅 Book a session" in labels(robin.last)


@on_sqlite
async def test_whoever_returns_sees_the_menu_and_can_change_everything(house: House) -> None:
    maya = house.phone("Maya")
    await arrive(maya)
    await tap(maya, "Settings")
    assert "New York" in text_of(maya.last)
    await tap(maya, "Turn reminders off")
    assert "Reminders off" in text_of(maya.last)
    await press(maya, ZoneMenu)
    assert "At the moment: New York" in text_of(maya.last)
    await say(maya, "Lisbon")
    await press(maya, SetZone)
    assert "Lisbon" in text_of(maya.last)
    await tap(maya, "Language", "Deutsch")
    assert "Einstellungen" in text_of(maya.last)
    row = await house.person_row(maya)
    assert (row["locale"], row["zone"], row["reminders"]) == ("de", "Europe/Lisbon", False)
    assert "Guten Tag, Maya Okafor" in text_of(await start(maya))


@on_sqlite
async def test_each_role_sees_its_own_commands_in_its_own_language(house: House) -> None:
    maya, ann = house.phone("Maya"), house.phone("Ann")
    await arrive(maya)
    await arrive(ann, None)
    await tap(maya, "Settings", "Language", "Deutsch")
    await tap(ann, "Settings", "Language", "Deutsch")
    for phone, wanted in ((maya, False), (ann, True)):
        menu = await house.program.bot.get_my_commands(scope=BotCommandScopeChat(phone.person.id))
        assert ("requests" in {each.command for each in menu}) is wanted
        assert "Einstellungen" in {each.description for each in menu}


@pytest.mark.parametrize("practice", [GERMAN_PRACTICE], indirect=True)
@on_sqlite
async def test_a_german_client_reads_german_everywhere(house: House) -> None:
    lukas, eva = house.phone("Lukas"), house.phone("Ann")
    await start(lukas)
    await tap(lukas, "Jetzt nicht", "Einverstanden", "Europa")
    await say(lukas, "Atlantis")
    await say(lukas, "Wien")
    await press(lukas, SetZone, Settings, LanguageMenu)
    await tap(lukas, "Deutsch")
    await say(lukas, "Unsinn")
    await press(lukas, Home, Bookings, Home, Book, ShowProfile, PickCounselor, PickType)
    await say(lukas, "irgendwann vielleicht")
    await say(lukas, "übermorgen")
    await press(lukas, ShowMonth)
    await say(lukas, "heute 16 Uhr")
    await press(lukas, AskTopic)
    await say(lukas, "x" * 300)
    await say(lukas, "Arbeit")
    await press(lukas, SetReminders, ShowConfirm, ConfirmBooking)
    assert "Eva Sommer antwortet" in text_of(lukas.last)
    await arrive(eva, None)
    await press(eva, Requests, ShowRequest, DeclineMenu, Decline)
    await lukas.wait_for("Eva Sommer kann Ihre Anfrage nicht annehmen")
    await press(lukas, BookAgain, PickDate, PickTime, ShowConfirm)
    await house.pass_time(timedelta(minutes=10))
    await lukas.wait_for("nicht mehr für Sie reserviert")
    await press(lukas, PickTime, ShowConfirm, ConfirmBooking)
    await house.settle()
    await press(eva, Approve)
    await lukas.wait_for("Ihre Sitzung ist bestätigt")
    await house.pass_time(timedelta(hours=4))
    await lukas.wait_for("Ihre Sitzung beginnt in")
    await press(lukas, ShowBooking, Bookings, Home, Bookings)
    await start(lukas, "b-0000000")
    await say(lukas, "/unsinn")
    for message in house.messages_to(lukas):
        _german_only(text_of(message))
        for button in buttons_of(message):
            _german_only(button["text"].replace("English", ""))
    for spoken in lukas.toasts:
        _german_only(spoken)


def _german_only(text: str) -> None:
    assert ENGLISH.search(text) is None, text


@on_sqlite
async def test_names_of_all_kinds_are_shown_as_they_are(house: House) -> None:
    assert house.program.sandbox is not None
    for number, (name, shown) in enumerate(NAMES.items()):
        phone = await house.program.sandbox.add_person(Person(id=5000 + number, first_name=name))
        await arrive(phone)
        assert f"Hello {shown}, what would you like to do?" in text_of(phone.last)


@on_sqlite
async def test_whoever_has_no_name_to_speak_of_is_called_by_their_number(house: House) -> None:
    maya = house.phone("Maya")
    nameless = {**maya.person.as_user(), "first_name": " \t ", "last_name": ""}
    said = {"message_id": 1, "date": 1_790_000_000, "from": nameless, "chat": maya.person.as_chat()}
    update = Update.de_json({"update_id": 1, "message": {**said, "text": "/start"}}, house.program.bot)
    await house.program.chat.handle(update)
    assert (await house.person_row(maya))["name"] == str(maya.person.id)
