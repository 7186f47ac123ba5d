"""Enrollment and the sessions left to schedule."""

from bot.callback_codec import Callback, route


@route("en")
class Enroll(Callback):
    """Ask for the enrollment code of a program; with a draft, the wizard goes on afterwards."""

    program_id: int
    draft: int | None = None


@route("sl")
class ScheduleLater(Callback):
    """Book nothing now and be reminded of the program's sessions."""

    draft: int


@route("sn")
class StopNudges(Callback):
    """No more reminders of sessions left to schedule."""

    program_id: int
