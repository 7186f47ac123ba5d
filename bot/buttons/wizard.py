"""The way to a booking, step by step."""

from datetime import date, datetime
from enum import StrEnum

from bot.callback_codec import Callback, route
from core.domain.session_type import Location


class QuickChoice(StrEnum):
    """Shortcuts at the date step."""

    EARLIEST = "earliest"
    TODAY = "today"
    TOMORROW = "tomorrow"
    THIS_WEEK = "this_week"
    NEXT_WEEK = "next_week"


class DayPart(StrEnum):
    """Parts of a day at the time step, in the client's zone."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


@route("bk")
class Book(Callback):
    """Start the wizard."""


@route("bw")
class BookWith(Callback):
    """Start the wizard with this counselor."""

    counselor_id: int


@route("bp")
class BookProgram(Callback):
    """Start the wizard for the sessions of this program."""

    program_id: int


@route("ba")
class BookAgain(Callback):
    """Start the wizard with the counselor and session type of an earlier booking."""

    booking_id: int


@route("wc")
class ShowCounselors(Callback):
    """Step 1: a page of counselors."""

    draft: int
    page: int = 0


@route("wp")
class ShowProfile(Callback):
    """The profile card of a counselor."""

    draft: int
    counselor_id: int


@route("wk")
class PickCounselor(Callback):
    """Take this counselor."""

    draft: int
    counselor_id: int


@route("wt")
class ShowTypes(Callback):
    """Step 2: session types and durations."""

    draft: int


@route("wy")
class PickType(Callback):
    """Take this session type."""

    draft: int
    session_type_id: int


@route("wu")
class PickDuration(Callback):
    """Take this many minutes of the session type picked before."""

    draft: int
    minutes: int


@route("wm")
class ShowMonth(Callback):
    """Step 3: the month that holds this date; without one, the month of the day picked or of today."""

    draft: int
    month: date | None = None


@route("wq")
class Quick(Callback):
    """A shortcut to a date."""

    draft: int
    choice: QuickChoice


@route("wd")
class PickDate(Callback):
    """Take this day; step 4 shows its times."""

    draft: int
    day: date


@route("wg")
class ShowTimes(Callback):
    """Step 4: the times of one part of the day picked before; without one, of the first that has any."""

    draft: int
    part: DayPart | None = None
    page: int = 0


@route("wh")
class PickTime(Callback):
    """Take this start: it is held for the client."""

    draft: int
    start: datetime


@route("we")
class ShowDetails(Callback):
    """Step 5: topic, note, location, reminders."""

    draft: int


@route("wa")
class AskTopic(Callback):
    """Wait for the topic to be typed."""

    draft: int


@route("wn")
class AskNote(Callback):
    """Wait for the note to be typed."""

    draft: int


@route("wx")
class ClearTopic(Callback):
    """No topic."""

    draft: int


@route("wz")
class ClearNote(Callback):
    """No note."""

    draft: int


@route("wl")
class SetLocation(Callback):
    """Where the session takes place."""

    draft: int
    location: Location


@route("wr")
class SetReminders(Callback):
    """Whether this booking comes with reminders."""

    draft: int
    on: bool


@route("wf")
class ShowConfirm(Callback):
    """Step 6: the summary."""

    draft: int


@route("wb")
class ConfirmBooking(Callback):
    """Book what the summary shows."""

    draft: int


@route("wo")
class Leave(Callback):
    """Leave the wizard: the hold is released."""

    draft: int
