"""The counselor's days off."""

from datetime import date, datetime

from bot.callback_codec import Callback, route


@route("ko")
class ShowDaysOff(Callback):
    """A page of the counselor's days off."""

    page: int = 0


@route("ka")
class AddDaysOff(Callback):
    """Choose days off: the month that holds this date; with `first`, the last day is what is missing."""

    month: date | None = None
    first: date | None = None


@route("kr")
class ReviewDaysOff(Callback):
    """What taking these days off would mean."""

    first: date
    last: date


@route("kv")
class SaveDaysOff(Callback):
    """Take these days off."""

    first: date
    last: date


@route("kx")
class RemoveDaysOff(Callback):
    """Be there on these days after all."""

    first: date
    last: date


@route("kn")
class ProposeNewTimes(Callback):
    """Offer another time to everybody whose session falls into these days off."""

    first: date
    last: date


@route("kt")
class ProposeMoreTimes(Callback):
    """The same for those whose session begins later than `after`, the last one of the round before."""

    first: date
    last: date
    after: datetime


@route("kz")
class ShowBookingInDaysOff(Callback):
    """The card of a booking; Back leads to the days off that it falls into."""

    booking_id: int
    first: date
    last: date
