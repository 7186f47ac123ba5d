"""The lists of bookings and the card of one."""

from enum import StrEnum

from bot.callback_codec import Callback, route
from core.domain.side import Side


class Tab(StrEnum):
    """The two lists of My bookings."""

    UPCOMING = "upcoming"
    PAST = "past"


@route("ml")
class Bookings(Callback):
    """A page of My bookings, or of the sessions of a counselor."""

    tab: Tab = Tab.UPCOMING
    page: int = 0
    side: Side = Side.CLIENT


@route("mb")
class ShowBooking(Callback):
    """The card of a booking; Back leads to the page of the viewer's own list that it was opened from."""

    booking_id: int
    tab: Tab = Tab.UPCOMING
    page: int = 0


@route("mc")
class CalendarFile(Callback):
    """Send the booking as an .ics document."""

    booking_id: int


@route("ms")
class BookSameTime(Callback):
    """Book the time of a cancelled booking once more."""

    booking_id: int
