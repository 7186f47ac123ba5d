"""Requests that wait for the counselor."""

from enum import StrEnum

from bot.callback_codec import Callback, route


class DeclineReason(StrEnum):
    """Why a counselor does not take a request."""

    TIME = "time"
    FULL = "full"
    OTHER_COUNSELOR = "other_counselor"
    MORE_DETAILS = "more_details"
    OTHER = "other"


@route("rl")
class Requests(Callback):
    """A page of the requests that wait for the counselor."""

    page: int = 0


@route("rs")
class ShowRequest(Callback):
    """The card of a request."""

    booking_id: int


@route("ra")
class Approve(Callback):
    """Take the request as it was at this version."""

    booking_id: int
    version: int


@route("rm")
class DeclineMenu(Callback):
    """The reasons to decline."""

    booking_id: int
    version: int


@route("rd")
class Decline(Callback):
    """Decline the request as it was at this version."""

    booking_id: int
    version: int
    reason: DeclineReason
