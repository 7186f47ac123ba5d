"""Waiting for a time."""

from datetime import date

from bot.callback_codec import Callback, route


@route("yl")
class Waits(Callback):
    """What the client waits for."""


@route("yw")
class WaitAnyway(Callback):
    """Where nobody can be booked: choose whom to wait for."""

    draft: int


@route("yc")
class WaitChoice(Callback):
    """The days and weeks between two dates that may be waited for."""

    draft: int
    first: date
    last: date


@route("yj")
class JoinWait(Callback):
    """Wait for a time on one of these dates."""

    draft: int
    first: date
    last: date


@route("yx")
class LeaveWait(Callback):
    """Wait for this no longer."""

    entry_id: int


@route("yt")
class TakeOffer(Callback):
    """Book the time that is held for somebody waiting."""

    hold_id: int


@route("yn")
class RefuseOffer(Callback):
    """Do not book it: the next is asked."""

    hold_id: int
