"""Step 7: it is done."""

from bot.callbacks import Book, CalendarFile, Home
from bot.screens.booking_done import DoneState, done
from bot.screens.screen import Screen
from core.domain.booking import Status
from core.domain.session_type import Location
from tests.bot.screens.reading import NEW_YORK, buttons, said
from tests.bot.screens.samples.people import ANN, INTRO, booking


def after(status: Status) -> Screen:
    """The last step for the sample booking."""
    made = booking(status, topic="Secret worries", note="Very private", location=Location.IN_PERSON)
    return done(NEW_YORK, DoneState(booking=made, counselor=ANN.name, session_type=INTRO.title))


def test_a_confirmed_booking_is_booked() -> None:
    screen = after(Status.CONFIRMED)
    assert said(screen)[:3] == [
        "✅ Session booked!",
        "See you then.",
        "🗓 Tue 3 Nov, 10:00–11:00 AM (New York time)",
    ]
    assert buttons(screen) == {
        "Apple, .ics": CalendarFile(42),
        "📅 Book another": Book(),
        "🏠 Home": Home(),
    }


def test_a_pending_one_is_a_request_with_a_deadline() -> None:
    assert said(after(Status.PENDING))[:2] == [
        "📨 Request sent",
        "Ann Example answers by Tue 3 Nov, 7:02 AM (New York time) at the latest.",
    ]
