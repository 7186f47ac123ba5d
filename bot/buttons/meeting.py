"""The way into a session's meeting."""

from bot.callback_codec import Callback, route


@route("mj")
class Join(Callback):
    """Where the meeting of this booking is, now."""

    booking_id: int
