"""Buttons of series: planning the dates, booking all of them, and what is done to several at once."""

from datetime import datetime

from bot.buttons.request import DeclineReason
from bot.callback_codec import Callback, route
from core.domain.cancellation import Reason


@route("qm")
class RepeatMenu(Callback):
    """How often the session is to be repeated: every week, or every other week."""

    draft: int
    fortnightly: bool = False


@route("qu")
class RepeatUntil(Callback):
    """The last dates to choose from; one may be typed."""

    draft: int
    fortnightly: bool = False


@route("qt")
class RepeatTimes(Callback):
    """So many sessions in all; then each date is looked at."""

    draft: int
    times: int
    fortnightly: bool = False


@route("qi")
class TakeInstead(Callback):
    """Another start for one of the dates, numbered from 0."""

    draft: int
    number: int
    start: datetime


@route("qx")
class SkipDate(Callback):
    """Leave one of the dates out."""

    draft: int
    number: int


@route("qb")
class BookSeries(Callback):
    """Book every date that the plan shows."""

    draft: int


@route("ql")
class ShowSeries(Callback):
    """All sessions of a series."""

    series_id: int


@route("qa")
class ApproveSeries(Callback):
    """Take all requests of the series as it was at this edition."""

    series_id: int
    edition: int


@route("qd")
class DeclineSeriesMenu(Callback):
    """The reasons to decline all of them."""

    series_id: int
    edition: int


@route("qn")
class DeclineSeries(Callback):
    """Decline all requests of the series as it was at this edition."""

    series_id: int
    edition: int
    reason: DeclineReason


@route("qc")
class CancelScope(Callback):
    """Cancel this session of a series, or this and the following."""

    booking_id: int
    following: bool


@route("qr")
class CancelFollowing(Callback):
    """Cancel this and the following for this reason: what comes back is shown first."""

    booking_id: int
    reason: Reason | None = None


@route("qo")
class MoveScope(Callback):
    """Look for another time for this session of a series, or for this and the following."""

    booking_id: int
    following: bool
