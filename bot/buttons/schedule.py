"""The counselor's day, week, numbers and clients."""

from datetime import date

from bot.callback_codec import Callback, route


@route("kd")
class ShowDay(Callback):
    """The counselor's schedule of a date; without one, of today."""

    day: date | None = None


@route("kb")
class ShowBookingOfDay(Callback):
    """The card of a booking; Back leads to the day it was opened from."""

    booking_id: int
    day: date


@route("kw")
class ShowWeek(Callback):
    """The counselor's week that holds this date, as a list; without one, this week."""

    day: date | None = None


@route("kp")
class ShowWeekPicture(Callback):
    """The same week as a picture."""

    day: date | None = None
    dark: bool = False


@route("ks")
class ShowStatistics(Callback):
    """The counselor's numbers."""


@route("kc")
class ShowClients(Callback):
    """A page of the counselor's clients."""

    page: int = 0


@route("kh")
class ShowClient(Callback):
    """What one of them has booked; `back` is the page of the list it was opened from."""

    client_id: int
    page: int = 0
    back: int = 0


@route("kg")
class ShowBookingOfClient(Callback):
    """The card of a booking; Back leads to the client's history it was opened from, as `ShowClient`."""

    booking_id: int
    client_id: int
    page: int
    back: int
