"""The lists of My bookings."""

from dataclasses import replace

from bot.callbacks import Book, Bookings, Home, ShowBooking, Tab
from bot.screens.bookings import BookingsState, bookings, not_found, not_loaded
from core.domain.side import Side
from tests.bot.screens.reading import NEW_YORK, buttons, labels, said
from tests.bot.screens.samples.messages import ENTRY
from tests.bot.screens.samples.people import HOUR, START


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


def test_another_time_on_offer_has_a_line_of_its_own() -> None:
    proposed = replace(ENTRY, proposed_at=START + 29 * HOUR)
    state = BookingsState(tab=Tab.UPCOMING, page=0, upcoming=1, past=0, entries=(proposed,))
    assert said(bookings(NEW_YORK, state))[3] == "🔄 New time proposed: Wed 4 Nov, 3:00 PM"


def test_a_counselor_looks_at_both_sides_and_books_with_nobody_there() -> None:
    state = BookingsState(
        tab=Tab.PAST, page=0, upcoming=0, past=0, entries=(), side=Side.COUNSELOR, counselor=True
    )
    screen = bookings(NEW_YORK, state)
    assert said(screen) == ["My sessions as counselor", "No past sessions yet."]
    assert buttons(screen) == {
        "Upcoming (0)": Bookings(Tab.UPCOMING, side=Side.COUNSELOR),
        "Past (0)": Bookings(Tab.PAST, side=Side.COUNSELOR),
        "As client": Bookings(Tab.PAST),
        "As counselor": Bookings(Tab.PAST, side=Side.COUNSELOR),
        "🏠 Home": Home(),
    }


def test_a_list_that_could_not_be_loaded_offers_the_same_page_again() -> None:
    wanted = Bookings(Tab.PAST, 3, Side.COUNSELOR)
    screen = not_loaded(NEW_YORK, wanted)
    assert said(screen) == [
        "My sessions as counselor",
        "The list could not be loaded. Please try again.",
    ]
    assert buttons(screen) == {"↻ Try again": wanted, "🏠 Home": Home()}


def test_a_reference_that_is_nobody_s_leads_to_the_list() -> None:
    screen = not_found(NEW_YORK, "K3M9Q2T")
    assert "K3M9Q2T" in said(screen)[0]
    assert buttons(screen) == {"🗂 My bookings": Bookings(), "🏠 Home": Home()}
