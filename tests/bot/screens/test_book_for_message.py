"""What a client who is booked for and the counselor are told."""

from bot.callbacks import (
    Approve,
    Decline,
    DeclineReason,
    PickClient,
    Reschedule,
    ShowBooking,
)
from bot.screens.notification import notification_screen
from bot.screens.screen import Screen
from core.domain.booking import Status
from core.domain.notification import Kind
from core.domain.side import Side
from tests.bot.screens.reading import BERLIN, NEW_YORK, buttons, said
from tests.bot.screens.samples.behalf import NOTIFICATIONS, notification
from tests.bot.screens.samples.people import NOW, START


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
