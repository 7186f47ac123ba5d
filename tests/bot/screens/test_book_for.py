"""Booking for a client: what the counselor chooses, and what both are told."""

from dataclasses import replace

from bot.callbacks import (
    Approve,
    AskTopic,
    BookForMenu,
    ConfirmBooking,
    Decline,
    DeclineReason,
    Home,
    Leave,
    PickClient,
    Reschedule,
    SetLocation,
    ShowBooking,
    ShowTimes,
)
from bot.screens.book_for import asked, confirm_for, found_clients, pick_client
from bot.screens.booking_card import action_rows
from bot.screens.notification import notification_screen
from bot.screens.screen import Screen
from core.domain.actions import Action, Party
from core.domain.booking import Status
from core.domain.notification import Kind
from core.domain.session_type import Location
from core.domain.side import Side
from tests.bot.screens.reading import BERLIN, NEW_YORK, buttons, said
from tests.bot.screens.samples.behalf import CLIENTS, FOR, NOTIFICATIONS, notification
from tests.bot.screens.samples.behalf import asked as asked_booking
from tests.bot.screens.samples.cards import case
from tests.bot.screens.samples.people import NOW, START


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


def test_the_client_answers_by_one_tap() -> None:
    for kind, title in (
        (Kind.BOOKED_FOR, "📅 Ann Example has picked a time for you"),
        (Kind.BOOKED_FOR_NUDGE, "⏰ Ann Example is waiting for your answer"),
    ):
        screen = notification_screen(NOTIFICATIONS[kind], NEW_YORK, NOW)
        assert said(screen)[0] == title
        assert said(screen)[-1] == "⏰ Please answer by Tue 3 Nov, 7:02 AM (New York time) (22 h left)."
        assert buttons(screen) == {
            "✅ Accept": Approve(42, 1),
            "✖️ Decline": Decline(42, 1, DeclineReason.OTHER),
            "🔄 Propose another time": Reschedule(42),
            "📄 Details": ShowBooking(42),
        }


def test_what_cannot_be_answered_any_more_has_no_answer_buttons() -> None:
    late = notification_screen(NOTIFICATIONS[Kind.BOOKED_FOR], NEW_YORK, START)
    assert buttons(late) == {"📄 Details": ShowBooking(42)}


def test_the_card_s_answers_are_the_asked_side_s() -> None:
    among = frozenset({Action.APPROVE, Action.DECLINE})
    rows = action_rows(NEW_YORK, case(asked_booking()), among)
    assert [button.label for row in rows for button in row] == ["✅ Accept", "✖️ Decline"]
    assert action_rows(NEW_YORK, case(asked_booking(), Party.COUNSELOR), among) == ()


def test_the_counselor_hears_how_it_ended() -> None:
    found = {
        kind: notification_screen(notification(kind, status, Side.COUNSELOR), NEW_YORK, NOW)
        for kind, status in (
            (Kind.NEW_BOOKING, Status.CONFIRMED),
            (Kind.TURNED_DOWN, Status.DECLINED),
            (Kind.EXPIRED_UNANSWERED, Status.EXPIRED),
        )
    }
    assert {kind: said(screen)[0] for kind, screen in found.items()} == {
        Kind.NEW_BOOKING: "✅ Dora Client has accepted",
        Kind.TURNED_DOWN: "❌ Dora Client cannot take this time",
        Kind.EXPIRED_UNANSWERED: "⌛ Dora Client has not answered in time",
    }
    for kind in (Kind.TURNED_DOWN, Kind.EXPIRED_UNANSWERED):
        assert list(buttons(found[kind]).values()) == [PickClient(7), ShowBooking(42)]


def test_the_client_hears_that_the_time_has_gone() -> None:
    screen: Screen = notification_screen(notification(Kind.EXPIRED, Status.EXPIRED, Side.CLIENT), BERLIN, NOW)
    assert said(screen)[0] == (
        "⌛ Die Zeit, die Ann Example ausgesucht hat, ist nicht mehr für Sie reserviert"
    )
