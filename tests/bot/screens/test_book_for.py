"""Booking for a client: what the counselor chooses."""

from dataclasses import replace

from bot.callbacks import (
    AskTopic,
    BookForMenu,
    ConfirmBooking,
    Home,
    Leave,
    PickClient,
    SetLocation,
    ShowBooking,
    ShowTimes,
)
from bot.screens.book_for import asked, confirm_for, found_clients, pick_client
from bot.screens.booking_card import action_rows
from core.domain.actions import Action, Party
from core.domain.session_type import Location
from tests.bot.screens.reading import NEW_YORK, buttons, said
from tests.bot.screens.samples.behalf import CLIENTS, FOR
from tests.bot.screens.samples.behalf import asked as asked_booking
from tests.bot.screens.samples.cards import case


def test_a_client_is_picked_from_the_list_or_typed() -> None:
    screen = pick_client(NEW_YORK, replace(CLIENTS, pages=3, page=1))
    assert said(screen)[-1] == "You may also write a name, or the reference of a booking."
    assert list(buttons(screen).items())[:2] == [
        ("Dora Client", PickClient(7)),
        ("Emil Example", PickClient(8)),
    ]
    assert buttons(screen)["›"] == BookForMenu(2)


def test_a_name_that_nobody_has_may_be_written_again() -> None:
    screen = found_clients(NEW_YORK, "Zoe", ())
    assert said(screen)[1:] == [
        "I know nobody by the name “Zoe”.",
        "They have to start the chat with me once. You may write another name.",
    ]
    assert buttons(screen) == {"‹ Back": BookForMenu(), "🏠 Home": Home()}


def test_the_summary_shows_the_time_on_both_clocks_and_the_deadline() -> None:
    screen = confirm_for(NEW_YORK, FOR)
    assert said(screen) == [
        "Book for a client",
        "Dora Client · Introductory session · 1 h",
        "🗓 Tue 3 Nov, 10:00–11:00 AM (New York time)",
        "For Dora Client: Tue 3 Nov, 4:00–5:00 PM (Berlin time)",
        "📹 Video call",
        "$60.00, pay the counselor",
        "💭 Topic: Our second talk",
        "Dora Client is asked now, and has until Tue 3 Nov, 7:02 AM (New York time) to answer.",
    ]
    assert buttons(screen) == {
        "💭 Change topic": AskTopic(5),
        "📹 Video call": SetLocation(5, Location.VIDEO),
        "📍 In person": SetLocation(5, Location.IN_PERSON),
        "📨 Ask Dora Client": ConfirmBooking(5),
        "‹ Back": ShowTimes(5),
        "✕ Leave": Leave(5),
    }


def test_afterwards_the_counselor_sees_that_the_client_is_asked() -> None:
    screen = asked(NEW_YORK, FOR, 42)
    assert said(screen)[0] == "📨 Dora Client is asked"
    assert list(buttons(screen).values()) == [ShowBooking(42), BookForMenu(), Home()]


def test_the_card_s_answers_are_the_asked_side_s() -> None:
    among = frozenset({Action.APPROVE, Action.DECLINE})
    rows = action_rows(NEW_YORK, case(asked_booking()), among)
    assert [button.label for row in rows for button in row] == ["✅ Accept", "✖️ Decline"]
    assert action_rows(NEW_YORK, case(asked_booking(), Party.COUNSELOR), among) == ()
