"""Step 5: topic, note, location and reminders."""

from dataclasses import replace

from bot.callbacks import (
    AskNote,
    AskTopic,
    ClearNote,
    SetLocation,
    SetReminders,
    ShowConfirm,
    ShowDetails,
    ShowTimes,
)
from bot.screens.booking_details import AskState, ask_note, ask_topic, details
from bot.screens.screen import Tap
from core.domain.session_type import Location
from tests.bot.screens.reading import NEW_YORK, buttons, said
from tests.bot.screens.samples.booking import HELD


def test_the_details_show_the_held_time_and_until_when_it_is_kept() -> None:
    assert said(details(NEW_YORK, HELD)) == [
        "Book a session",
        "Ann Example · Introductory session · 1 h",
        "🗓 Tue 3 Nov, 10:00–11:00 AM (New York time)",
        "⏳ Kept for you until 9:11 AM (9 min left)",
        "Anything to add? All of this is optional.",
        "📹 Video call",
        "🔔 Reminders on",
    ]


def test_everything_can_be_changed_and_back_leads_to_the_times() -> None:
    assert buttons(details(NEW_YORK, replace(HELD, topic="Exams"))) | {"✕ Leave": None} == {
        "💭 Change topic": AskTopic(5),
        "📝 Add note": AskNote(5),
        "📹 Video call": SetLocation(5, Location.VIDEO),
        "📍 In person": SetLocation(5, Location.IN_PERSON),
        "🔕 Turn reminders off": SetReminders(5, on=False),
        "Continue ›": ShowConfirm(5),
        "‹ Back": ShowTimes(5),
        "✕ Leave": None,
    }


def test_the_chosen_location_stands_out() -> None:
    rows = details(NEW_YORK, replace(HELD, location=Location.IN_PERSON)).rows
    chosen = [each.label for row in rows for each in row if isinstance(each, Tap) and each.style]
    assert chosen == ["📍 In person", "Continue ›"]


def test_a_single_location_is_no_choice() -> None:
    found = buttons(details(NEW_YORK, replace(HELD, locations=(Location.VIDEO,))))
    assert not any(isinstance(each, SetLocation) for each in found.values())


def test_the_question_for_a_text_tells_its_length_and_who_reads_it() -> None:
    screen = ask_topic(NEW_YORK, AskState(draft=5, current="", most=200))
    assert said(screen) == [
        "What would you like to talk about? Write it in one message, up to 200 characters.",
        "Only your counselor reads this.",
    ]
    assert buttons(screen) == {"‹ Back": ShowDetails(5)}


def test_a_text_that_is_there_can_be_removed() -> None:
    screen = ask_note(NEW_YORK, AskState(draft=5, current="First <time>", most=1000))
    assert said(screen)[-1] == "First <time>"
    assert buttons(screen)["🗑 Remove note"] == ClearNote(5)
