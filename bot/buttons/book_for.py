"""Booking for a client."""

from bot.callback_codec import Callback, route


@route("gm")
class BookForMenu(Callback):
    """A page of the clients whom a counselor may book for; a name may be typed from now on."""

    page: int = 0


@route("gp")
class PickClient(Callback):
    """Book for this client."""

    client_id: int
