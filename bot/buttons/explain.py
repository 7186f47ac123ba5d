"""Why a time is not offered."""

from bot.callback_codec import Callback, route


@route("xm")
class ExplainMenu(Callback):
    """A page of the counselors whose times may be asked about."""

    page: int = 0


@route("xa")
class AskExplain(Callback):
    """Wait for a date and time to be typed, then say why it is not offered."""

    counselor_id: int
    session_type_id: int | None = None
