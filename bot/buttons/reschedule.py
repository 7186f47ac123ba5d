"""Agreeing on another time."""

from bot.callback_codec import Callback, route


@route("oe")
class Reschedule(Callback):
    """Look for another time for a booking."""

    booking_id: int


@route("oc")
class Counter(Callback):
    """Look for another time in answer to the offer as it was at this version."""

    proposal_id: int
    version: int


@route("os")
class SendOffer(Callback):
    """Offer the time that was chosen."""

    draft: int


@route("oa")
class AcceptTime(Callback):
    """Take the offer as it was at this version."""

    proposal_id: int
    version: int


@route("ok")
class KeepTime(Callback):
    """Refuse the offer as it was at this version."""

    proposal_id: int
    version: int


@route("ow")
class Withdraw(Callback):
    """Take one's own offer back as it was at this version."""

    proposal_id: int
    version: int
