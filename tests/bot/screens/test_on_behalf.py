"""The admin's screens of acting for somebody."""

from dataclasses import replace

from bot.callbacks import (
    AdminMenu,
    FindBooking,
    Home,
    ProposeFor,
    ShowBooking,
    ShowDeliveries,
    ShowTheirBooking,
    Tab,
    TheirBookings,
)
from bot.screens.notification import notification_screen
from bot.screens.on_behalf import find, found_people, on_whose_behalf, their_bookings
from core.domain.booking import Status
from core.domain.notification import Kind
from core.domain.side import Side
from tests.bot.screens.reading import NEW_YORK, buttons, said
from tests.bot.screens.samples.behalf import FOUND, MOVE, THEIR, notification
from tests.bot.screens.samples.cards import THEIRS
from tests.bot.screens.samples.people import NOW


def test_a_booking_is_looked_for_by_reference_or_name() -> None:
    assert buttons(find(NEW_YORK)) == {"‹ Back": AdminMenu(), "🏠 Home": Home()}
    screen = found_people(NEW_YORK, "e", FOUND[:1])
    assert list(buttons(screen).values()) == [TheirBookings(2**63 - 1), FindBooking(), Home()]
    nothing = found_people(NEW_YORK, "<Zoe>", ())
    assert said(nothing)[1] == "I find neither a booking nor a person for “<Zoe>”."


def test_somebody_s_bookings_lead_to_their_cards() -> None:
    screen = their_bookings(NEW_YORK, THEIR)
    assert said(screen)[0] == "👤 Dora Client"
    assert buttons(screen) == {
        "1": ShowTheirBooking(42, Side.CLIENT, Tab.UPCOMING, 0),
        "Upcoming (1)": TheirBookings(7),
        "Past (0)": TheirBookings(7, tab=Tab.PAST),
        "📬 Messages to them": ShowDeliveries(7),
        "‹ Back": FindBooking(),
        "🏠 Home": Home(),
    }


def test_a_counselor_is_looked_at_from_both_sides() -> None:
    screen = their_bookings(NEW_YORK, replace(THEIR, counselor=True))
    assert said(screen)[:2] == ["👤 Dora Client", "As client"]
    assert buttons(screen)["As counselor"] == TheirBookings(7, Side.COUNSELOR)


def test_another_time_is_proposed_for_a_side_that_may() -> None:
    assert buttons(on_whose_behalf(NEW_YORK, MOVE)) == {
        "For Dora Client": ProposeFor(42, Side.CLIENT),
        "For Ann Example": ProposeFor(42, Side.COUNSELOR),
        "‹ Back": ShowBooking(42),
    }
    one = on_whose_behalf(NEW_YORK, replace(MOVE, sides=(Side.COUNSELOR,)))
    assert list(buttons(one).values()) == [ProposeFor(42, Side.COUNSELOR), ShowBooking(42)]


def test_whose_side_asked_reads_who_answers_now() -> None:
    told = replace(notification(Kind.RESCHEDULE_REQUESTED, Status.CONFIRMED, Side.COUNSELOR), proposal=THEIRS)
    screen = notification_screen(told, NEW_YORK, NOW)
    assert said(screen)[0] == "🔄 The practice has proposed another time for you"
    assert said(screen)[-1].startswith("Dora Client has until ")
    assert buttons(screen) == {"📄 Details": ShowBooking(42)}
