"""The card of one booking."""

from dataclasses import replace

from bot.callbacks import BookAgain, Bookings, CalendarFile, DeclineReason, Tab
from bot.screens.booking_card import CardState, booking_card
from core.domain.booking import Status
from core.domain.session_type import Location
from tests.bot.screens.reading import NEW_YORK, buttons, in_english, said
from tests.bot.screens.samples.people import ANN, INTRO, booking

CARD = CardState(booking=booking(), session_type=INTRO.title, other=ANN.name)


def test_the_card_shows_every_field() -> None:
    made = booking(Status.PENDING, note="A note", location=Location.IN_PERSON)
    screen = booking_card(in_english("Europe/Berlin"), replace(CARD, booking=made))
    assert said(screen) == [
        "Introductory session",
        "🕓 Pending",
        "An answer comes by Tue 3 Nov, 1:02 PM (Berlin time).",
        "🗓 Tue 3 Nov, 4:00–5:00 PM (Berlin time)",
        "For Ann Example: Tue 3 Nov, 10:00–11:00 AM (New York time)",
        "👤 Counselor: Ann Example",
        "⏱ 1 h",
        "📍 In person, 12 Example Street, New York",
        "$60.00, pay the counselor",
        "🔔 Reminders on",
        "Made on Mon 2 Nov, 3:02 PM (Berlin time)",
        "🔖 Reference: K3M9Q2T",
        "💭 Topic: Exam nerves",
        "📝 Note:",
        "A note",
        "Add to calendar:",
    ]


def test_back_leads_to_the_page_the_card_was_opened_from() -> None:
    found = buttons(booking_card(NEW_YORK, replace(CARD, tab=Tab.PAST, page=2)))
    assert found == {
        "Apple, .ics": CalendarFile(42),
        "📅 Book again": BookAgain(42),
        "‹ Back": Bookings(Tab.PAST, 2),
    }


def test_what_is_over_goes_into_no_calendar_and_tells_its_reason() -> None:
    declined = booking(Status.DECLINED, reason=DeclineReason.FULL)
    screen = booking_card(NEW_YORK, replace(CARD, booking=declined))
    assert said(screen)[2] == "The counselor has no room for more sessions at the moment."
    assert list(buttons(screen)) == ["📅 Book again", "‹ Back"]


def test_nobody_books_again_with_a_counselor_who_has_left_or_for_a_client() -> None:
    for state in (replace(CARD, bookable=False), replace(CARD, mine=False, other="Dora")):
        assert list(buttons(booking_card(NEW_YORK, state))) == ["Apple, .ics", "‹ Back"]
