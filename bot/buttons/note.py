"""The counselor's private notes."""

from bot.callback_codec import Callback, route


@route("ns")
class ShowPrivateNote(Callback):
    """The counselor's own note about a session."""

    booking_id: int


@route("na")
class AskPrivateNote(Callback):
    """Wait for the counselor's own note."""

    booking_id: int


@route("nr")
class RemovePrivateNote(Callback):
    """Remove the note as it was at this version."""

    booking_id: int
    version: int
