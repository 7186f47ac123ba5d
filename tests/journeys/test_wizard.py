"""The seven steps of booking: every way forward, back and around."""

import pytest

from bot.callbacks import PickDate, PickTime, ShowDetails, unpack
from bot.sandbox.phone import Phone, text_of
from tests.journeys.conftest import (
    House,
    Json,
    arrive,
    carried_out,
    forge,
    labels,
    on_sqlite,
    press,
    say,
    start,
    tap,
)

SMALL = """
[practice]
name = "Harbour Counseling"
timezone = "Europe/London"
[[counselor]]
slug = "eva"
name = "Eva Summer"
telegram_id = 1001
timezone = "Europe/London"
confirmation = "instant"
window_days = 60
daily_limit = 1
weekly = { tue = ["09:00-17:00"], thu = ["09:00-17:00"] }
out_of_office = [{ from = 2026-11-20, to = 2026-12-31 }]
[[session_type]]
slug = "talk"
title = "A talk"
counselors = ["eva"]
durations = [60]
locations = ["in_person", "video"]
address = "1 Harbour <Street>"
"""
CLOSED = SMALL.replace('confirmation = "instant"', "active = false")
FULL = SMALL.replace("from = 2026-11-20", "from = 2026-11-01").replace("to = 2026-12-31", "to = 2027-03-01")


@pytest.fixture
def practice(request: pytest.FixtureRequest) -> str:
    """The demo practice, unless a journey asks for another."""
    return str(getattr(request, "param", ""))


def header(message: Json) -> str:
    """The second line of a step: what has been chosen so far."""
    return text_of(message).splitlines()[1]


async def choose_ann(phone: Phone) -> Json:
    """As far as the date step of a 45 minute session with Ann."""
    return await tap(phone, "Book a session", "Ann Rivera", "Counseling session", "45 min")


@on_sqlite
async def test_every_step_leads_back_to_the_one_before(house: House) -> None:
    maya = house.phone("Maya")
    await arrive(maya)
    await tap(maya, "Book a session")
    wizard = maya.last["message_id"]
    assert labels(maya.last)[:6:2] == ["Ann Rivera", "Jonas Weber", "Yuki Tanaka"]
    steps = ["Ann Rivera", "Counseling session", "45 min", "Tomorrow", "9:00 AM", "Continue"]
    asks = [
        "Who would you",
        "What kind",
        "How long?",
        "Which day",
        "Which time",
        "Anything to add",
        "Please check",
    ]
    for step, ask in zip(steps, asks[1:], strict=True):
        assert ask in text_of(await tap(maya, step))
    assert len(await house.bookings("held")) == 1
    for ask in ("Anything to add", "Which time", "Which day", "What kind", "Who would you"):
        assert ask in text_of(await tap(maya, "‹ Back"))
        assert (await house.bookings("held") == []) is (ask != "Anything to add")
    assert "‹ Back" not in labels(maya.last)
    assert "what would you like to do?" in text_of(await tap(maya, "✕ Leave"))
    assert [each["message_id"] for each in maya.answers] == [wizard]


@on_sqlite
async def test_the_profile_tells_more_and_leads_on(house: House) -> None:
    maya = house.phone("Maya")
    await arrive(maya)
    await tap(maya, "Book a session")
    await maya.tap("Profile")
    await carried_out(maya)
    card = text_of(maya.last)
    assert "too many plants" in card
    assert "45 min, 1 h, 1 h 30 min" in card
    await tap(maya, "Back", "Yuki Tanaka", "Back")
    assert "Who would you like" in text_of(maya.last)
    await tap(maya, "Profile", "Book with Ann Rivera")
    assert "What kind of session?" in text_of(maya.last)


@on_sqlite
async def test_shortcuts_lead_to_days_and_weeks(house: House) -> None:
    maya = house.phone("Maya")
    await arrive(maya)
    await choose_ann(maya)
    for shortcut, day in (
        ("Earliest", "Monday 2 November 2026"),
        ("Today", "Monday 2 November 2026"),
        ("Tomorrow", "Tuesday 3 November 2026"),
    ):
        assert day in text_of(await tap(maya, shortcut))
        await tap(maya, "Back")
    await tap(maya, "This week")
    assert labels(maya.last)[0] == "Mon 2 Nov · 13 times"
    await tap(maya, "Back", "Next week")
    assert labels(maya.last)[0] == "Mon 9 Nov · 13 times"
    await press(maya, PickDate)
    assert "Which time suits you? All times are in New York time." in text_of(maya.last)
    assert [each for each in labels(maya.last) if each.startswith(("🌅", "☀️", "🌙"))] != []


@on_sqlite
async def test_months_are_leafed_through_as_far_as_one_may_book(house: House) -> None:
    maya = house.phone("Maya")
    await arrive(maya)
    await choose_ann(maya)
    seen = []
    while any(each.endswith("›") for each in labels(maya.last)):
        await tap(maya, "›")
        seen.append(text_of(maya.last).splitlines()[-1])
    assert seen == ["🗓 December 2026", "🗓 January 2027"]
    await tap(maya, "‹ December 2026", "‹ November 2026")
    assert not any(each.startswith("‹ O") for each in labels(maya.last))


@pytest.mark.parametrize("practice", [SMALL], indirect=True)
@on_sqlite
async def test_what_leaves_no_choice_is_skipped_and_empty_months_and_days_lead_on(house: House) -> None:
    maya = house.phone("Maya")
    await arrive(maya)
    await tap(maya, "Book a session")
    assert header(maya.last) == "Eva Summer · A talk · 1 h"
    assert "‹ Back" not in labels(maya.last)
    await tap(maya, "December 2026 ›")
    words = "No free times this month. The next free day is Tuesday 3 November 2026."
    assert words in text_of(maya.last)
    await tap(maya, "Next free day")
    assert "Which time suits you?" in text_of(maya.last)
    await say(maya, "next sunday")
    assert "There is no free time on this day." in text_of(maya.last)
    await tap(maya, "Next free day: Tue 10 Nov")
    assert "9:00" in " ".join(labels(maya.last))
    assert header(maya.last) == "Eva Summer · A talk · 1 h"


@pytest.mark.parametrize("practice", [FULL], indirect=True)
@on_sqlite
async def test_a_counselor_without_any_free_time_says_so(house: House) -> None:
    maya = house.phone("Maya")
    await arrive(maya)
    await tap(maya, "Book a session")
    assert "No free times this month." in text_of(maya.last)
    await tap(maya, "Earliest")
    assert "There is no free time at the moment" in text_of(maya.last)
    assert "No free times this month." in text_of(await tap(maya, "Back"))


@pytest.mark.parametrize("practice", [CLOSED], indirect=True)
@on_sqlite
async def test_nobody_to_book_with(house: House) -> None:
    maya = house.phone("Maya")
    await arrive(maya)
    assert "No counselors available. Try later." in text_of(await tap(maya, "Book a session"))
    assert "No counselors available. Try later." in text_of(await tap(maya, "Try again"))
    assert "what would you like" in text_of(await tap(maya, "Home"))


@on_sqlite
async def test_the_zone_may_be_changed_within_the_wizard(house: House) -> None:
    maya = house.phone("Maya")
    await arrive(maya)
    await choose_ann(maya)
    await tap(maya, "Tomorrow")
    assert "9:00 AM" in labels(maya.last)
    await tap(maya, "Change time zone")
    await say(maya, "Berlin")
    await tap(maya, "Berlin")
    assert "Times are now shown in Berlin" in maya.toasts[-1]
    assert "All times are in Berlin time." in text_of(maya.last)
    assert "3:00 PM" in labels(maya.last)
    await tap(maya, "Back", "Change time zone", "Share my location")
    await maya.share_location(35.68, 139.69)
    await carried_out(maya)
    assert "Tokyo" in text_of(maya.last)
    assert maya.keyboard is None
    assert header(maya.last) == "Ann Rivera · Counseling session · 45 min"
    await tap(maya, "Change time zone", "Back")
    assert "Tokyo time" in text_of(maya.last)


@on_sqlite
async def test_days_and_times_may_be_typed(house: House) -> None:
    maya = house.phone("Maya")
    await arrive(maya)
    await choose_ann(maya)
    assert "I did not understand this date." in text_of(await say(maya, "whenever you like"))
    await tap(maya, "Try again")
    assert "Wednesday 4 November 2026" in text_of(await say(maya, "4.11."))
    assert "Wed 4 Nov, 11:00–11:45 AM" in text_of(await say(maya, "11am"))
    await tap(maya, "Back")
    assert "Tue 3 Nov, 3:00–3:45 PM" in text_of(await say(maya, "tomorrow 3pm"))
    await tap(maya, "Back")
    for hopeless in ("31.12.9999", "31.12.9999 23:59", "1.1.3000 at noon"):
        assert "There is no free time on this day." in text_of(await say(maya, hopeless))
    assert "This time is not offered" in text_of(await say(maya, "tomorrow 3:10pm"))
    await press(maya, PickTime)
    assert "Anything to add?" in text_of(maya.last)
    await tap(maya, "Leave")
    assert "I did not understand that. What would you like to do?" in text_of(await say(maya, "tomorrow 3pm"))
    assert len(maya.answers) == len({each["message_id"] for each in maya.answers})


@pytest.mark.parametrize("practice", [SMALL], indirect=True)
async def test_everything_added_stands_in_the_summary_and_in_the_booking(house: House) -> None:
    maya = house.phone("Maya")
    await arrive(maya)
    await tap(maya, "Book a session", "Tomorrow", "9:00 AM")
    assert "📍 In person, 1 Harbour <Street>" in text_of(maya.last)
    await tap(maya, "Add topic")
    assert "That is too long: at most 200 characters, please. It has 201." in text_of(
        await say(maya, "t" * 201)
    )
    await tap(maya, "Try again")
    await say(maya, "Grief  &\n <b>anger</b>")
    assert "Topic: Grief & <b>anger</b>" in text_of(maya.last)
    await tap(maya, "Add note")
    assert "at most 1000 characters" in text_of(await say(maya, "n" * 1001))
    await say(maya, "First line\nשורה שנייה")
    await tap(maya, "Video call", "Turn reminders off", "Change topic", "Remove topic", "Add topic")
    await say(maya, "Sleep 😴")
    summary = text_of(await tap(maya, "Continue"))
    for part in ("Sleep 😴", "First line\nשורה שנייה", "📹 Video call", "🔕 Reminders off", "London time"):
        assert part in summary
    await tap(maya, "Back", "In person", "Continue", "Book session")
    assert "✅ Session booked!" in text_of(maya.last)
    (booking,) = await house.bookings()
    kept = [booking[name] for name in ("status", "topic", "note", "location", "address", "reminders")]
    assert kept == [
        "confirmed",
        "Sleep 😴",
        "First line\nשורה שנייה",
        "in_person",
        "1 Harbour <Street>",
        False,
    ]


@on_sqlite
async def test_book_again_starts_at_the_date(house: House) -> None:
    maya = house.phone("Maya")
    await arrive(maya)
    await choose_ann(maya)
    await tap(
        maya, "Tomorrow", "9:00 AM", "Continue", "Book session", "Home", "My bookings", "1", "Book again"
    )
    assert "Which day suits you?" in text_of(maya.last)
    assert header(maya.last) == "Ann Rivera · Counseling session · 45 min"
    await tap(maya, "Back")
    assert "What kind of session?" in text_of(maya.last)


@on_sqlite
async def test_a_button_of_a_step_long_past_still_works(house: House) -> None:
    maya = house.phone("Maya")
    await arrive(maya)
    await choose_ann(maya)
    wizard = maya.last["message_id"]
    await tap(maya, "Tomorrow", "9:00 AM", "Continue")
    (held,) = await house.bookings("held")
    details = next(each.data for each in house.shown_to(maya) if isinstance(unpack(each.data), ShowDetails))
    await start(maya)
    await forge(maya, details, wizard)
    assert "Anything to add?" in text_of(next(each for each in maya.answers if each["message_id"] == wizard))
    assert [each["id"] for each in await house.bookings("held")] == [held["id"]]
