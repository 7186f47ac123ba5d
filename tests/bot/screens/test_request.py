"""The counselor's request card and list."""

from dataclasses import replace

import pytest

from bot.callbacks import (
    Approve,
    CalendarFile,
    Decline,
    DeclineMenu,
    DeclineReason,
    Home,
    Requests,
    Reschedule,
    ShowBooking,
    ShowRequest,
)
from bot.screens.request import RequestsState, decline_reasons, request_card, requests
from core.domain.booking import Status
from tests.bot.screens.reading import NEW_YORK, buttons, labels, said
from tests.bot.screens.samples.messages import ENTRY, REQUEST
from tests.bot.screens.samples.people import START, booking


def test_an_open_request_tells_who_what_when_and_until_when() -> None:
    assert said(request_card(NEW_YORK, REQUEST)) == [
        "📨 New request",
        "👤 Dora Client",
        "Introductory session · 1 h",
        "🗓 Tue 3 Nov, 10:00–11:00 AM (New York time)",
        "For Dora Client: Tue 3 Nov, 4:00–5:00 PM (Berlin time)",
        "On your device: Tue 3 Nov, 10:00 AM (New York time)",
        "📹 Video call",
        "$60.00, pay the counselor",
        "🔖 Reference: K3M9Q2T",
        "💭 Topic: Exam nerves",
        "⏰ Please answer by Tue 3 Nov, 7:02 AM (New York time) (22 h left).",
    ]


def test_the_answers_carry_the_version_that_was_shown() -> None:
    state = replace(REQUEST, booking=replace(REQUEST.booking, version=3))
    assert buttons(request_card(NEW_YORK, state)) == {
        "✅ Approve": Approve(42, 3),
        "✖️ Decline": DeclineMenu(42, 3),
        "🔄 Propose another time": Reschedule(42),
        "📄 Details": ShowBooking(42),
    }


@pytest.mark.parametrize(
    ("status", "title"),
    [
        (Status.CONFIRMED, "✅ Request approved"),
        (Status.DECLINED, "❌ Request declined"),
        (Status.EXPIRED, "⌛ Request expired without an answer"),
        (Status.COMPLETED, "🏁 Completed"),
    ],
)
def test_a_settled_request_tells_how_it_stands_and_takes_no_answer(status: Status, title: str) -> None:
    screen = request_card(NEW_YORK, replace(REQUEST, booking=booking(status)))
    assert said(screen)[0] == title
    assert {type(each) for each in buttons(screen).values()} <= {
        Requests,
        Home,
        CalendarFile,
        ShowBooking,
    }


def test_a_request_past_its_deadline_takes_no_answer() -> None:
    screen = request_card(NEW_YORK, replace(REQUEST, now=START))
    assert said(screen)[0] == "⌛ Request expired without an answer"
    assert buttons(screen) == {
        "📄 Details": ShowBooking(42),
        "📨 Requests": Requests(),
        "🏠 Home": Home(),
    }


def test_an_approved_request_goes_into_the_counselor_s_calendar() -> None:
    screen = request_card(NEW_YORK, replace(REQUEST, booking=booking()))
    assert labels(screen)[0] == ["Google", "Outlook", "Apple, .ics"]
    assert said(screen)[-1] == "Dora Client is told that the session takes place."


def test_declining_asks_for_a_reason_by_tap() -> None:
    found = buttons(decline_reasons(NEW_YORK, REQUEST))
    assert list(found.values()) == [
        *(Decline(42, 1, reason) for reason in DeclineReason),
        ShowRequest(42),
    ]


def test_the_list_of_requests_comes_in_pages() -> None:
    entries = tuple(replace(ENTRY, booking_id=number) for number in range(1, 13))
    screen = requests(NEW_YORK, RequestsState(entries=entries, page=1))
    assert labels(screen)[0] == ["11", "12"]
    assert buttons(screen)["12"] == ShowRequest(12)
    assert buttons(screen)["‹"] == Requests(0)


def test_a_page_that_is_gone_shows_the_last() -> None:
    screen = requests(NEW_YORK, RequestsState(entries=(ENTRY,), page=7))
    assert labels(screen) == [["1"], ["🏠 Home"]]
