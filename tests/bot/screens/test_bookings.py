"""The lists of My bookings."""

from bot.callbacks import Book, Bookings, ShowBooking, Tab
from bot.screens.bookings import BookingsState, bookings
from tests.bot.screens.reading import NEW_YORK, buttons, labels, said
from tests.bot.screens.samples.messages import ENTRY


def test_a_row_tells_type_status_counselor_and_time() -> None:
    state = BookingsState(tab=Tab.UPCOMING, page=0, upcoming=1, past=3, entries=(ENTRY,))
    screen = bookings(NEW_YORK, state)
    assert said(screen) == [
        "My bookings",
        "1. Introductory session · ✅ Confirmed",
        "Ann Example · Tue 3 Nov, 10:00–11:00 AM",
        "Times are in New York time. Tap a number for details.",
    ]
    assert labels(screen) == [["1"], ["Upcoming (1)", "Past (3)"], ["🏠 Home"]]


def test_numbers_go_on_from_page_to_page_and_lead_back_to_it() -> None:
    state = BookingsState(tab=Tab.PAST, page=1, upcoming=0, past=12, entries=(ENTRY, ENTRY))
    found = buttons(bookings(NEW_YORK, state))
    assert found["12"] == ShowBooking(42, Tab.PAST, 1)
    assert found["‹"] == Bookings(Tab.PAST, 0)
    assert found["Upcoming (0)"] == Bookings(Tab.UPCOMING)


def test_an_empty_list_invites_to_book() -> None:
    screen = bookings(NEW_YORK, BookingsState(tab=Tab.UPCOMING, page=0, upcoming=0, past=0, entries=()))
    assert said(screen) == ["My bookings", "Nothing is booked yet. Shall we find a time?"]
    assert buttons(screen)["📅 Book a session"] == Book()
