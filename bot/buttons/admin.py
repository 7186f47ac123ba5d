"""What the admin looks after."""

from bot.buttons.bookings import Tab
from bot.callback_codec import Callback, route
from core.domain.outcome import Outcome
from core.domain.side import Side


@route("dl")
class Disputes(Callback):
    """A page of the no-show reports that wait for the admin."""

    page: int = 0


@route("dp")
class ShowDispute(Callback):
    """What the two sides say of a session, for the admin."""

    booking_id: int


@route("dd")
class DecideDispute(Callback):
    """What became of a session, by the admin's word; the version is the report's."""

    booking_id: int
    version: int
    outcome: Outcome


@route("vl")
class Reviews(Callback):
    """A page of all reviews, for the admin."""

    page: int = 0


@route("vm")
class ShowAnyReview(Callback):
    """A review as the admin sees it; Back leads to the page of the list it was opened from."""

    booking_id: int
    page: int = 0


@route("vh")
class AskHideReview(Callback):
    """Wait for the reason to hide the review as it was at this version."""

    booking_id: int
    version: int


@route("vu")
class UnhideReview(Callback):
    """Let the review be seen again that was hidden at this version."""

    booking_id: int
    version: int


@route("pm")
class FindBooking(Callback):
    """Wait for a reference or a name to be typed by the admin."""


@route("pl")
class TheirBookings(Callback):
    """A page of somebody's bookings, for the admin."""

    person_id: int
    side: Side = Side.CLIENT
    tab: Tab = Tab.UPCOMING
    page: int = 0


@route("pb")
class ShowTheirBooking(Callback):
    """The card of a booking; Back leads to the page of that side's bookings which it was opened from."""

    booking_id: int
    side: Side
    tab: Tab
    page: int


@route("ps")
class ProposeFor(Callback):
    """Look for another time for a booking, on behalf of one side."""

    booking_id: int
    side: Side


@route("im")
class AdminMenu(Callback):
    """What the admin looks after."""


@route("il")
class Invites(Callback):
    """Counselors whose chat is not connected yet."""


@route("is")
class InviteCounselor(Callback):
    """Make and show a counselor's invite link."""

    counselor_id: int


@route("dy")
class ShowDeliveries(Callback):
    """What became of the messages to somebody, page by page."""

    person_id: int
    page: int = 0
