"""What the two sides say of a session that somebody missed."""

from bot.callback_codec import Callback, route
from core.domain.outcome import Outcome


@route("dm")
class ReportMenu(Callback):
    """What the client may say of the booking as it was at this version."""

    booking_id: int
    version: int


@route("dr")
class AskReport(Callback):
    """Wait for the client's words to what they say of a session."""

    booking_id: int
    version: int
    claim: Outcome


@route("dn")
class SendReport(Callback):
    """The same without words."""

    booking_id: int
    version: int
    claim: Outcome


@route("ds")
class ShowReport(Callback):
    """A no-show report as it stands, as the viewer's side sees it."""

    booking_id: int


@route("da")
class AskReportAnswer(Callback):
    """Wait for the counselor's words to their answer; the version is the report's."""

    booking_id: int
    version: int
    outcome: Outcome


@route("dx")
class SendReportAnswer(Callback):
    """The same without words."""

    booking_id: int
    version: int
    outcome: Outcome
