"""Every button of the chat: what its data hold."""

# ruff: noqa: PLC0414 - the codec is handed on from here, because unpacking needs the routes below

from datetime import date, datetime
from enum import StrEnum

from bot.callback_codec import BadCallback as BadCallback
from bot.callback_codec import Callback as Callback
from bot.callback_codec import pack as pack
from bot.callback_codec import route
from bot.callback_codec import unpack as unpack
from core.domain.cancellation import Reason
from core.domain.outcome import Outcome
from core.domain.session_type import Location
from core.domain.side import Side


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


class Tab(StrEnum):
    """The two lists of My bookings."""

    UPCOMING = "upcoming"
    PAST = "past"


class DeclineReason(StrEnum):
    """Why a counselor does not take a request."""

    TIME = "time"
    FULL = "full"
    OTHER_COUNSELOR = "other_counselor"
    MORE_DETAILS = "more_details"
    OTHER = "other"


class Region(StrEnum):
    """Parts of the world in the list of time zones."""

    AFRICA = "africa"
    AMERICA = "america"
    ASIA = "asia"
    OCEANIA = "oceania"
    EUROPE = "europe"
    ISLANDS = "islands"


@route("no")
class Noop(Callback):
    """A cell that does nothing."""


@route("ho")
class Home(Callback):
    """The menu."""


@route("co")
class Consent(Callback):
    """The answer to the privacy text."""

    agree: bool


@route("st")
class Settings(Callback):
    """Language, time zone and reminders."""


@route("lm")
class LanguageMenu(Callback):
    """The list of languages."""


@route("ls")
class SetLocale(Callback):
    """Speak this language from now on."""

    locale: str


@route("re")
class ToggleReminders(Callback):
    """Whether new bookings come with reminders."""

    on: bool


@route("zm")
class ZoneMenu(Callback):
    """How to say where one is; with a draft, the wizard goes on afterwards."""

    draft: int | None = None


@route("zl")
class ZoneLocation(Callback):
    """Show the key that shares the phone's location."""

    draft: int | None = None


@route("zr")
class ZoneRegion(Callback):
    """A page of the zones of one region."""

    region: Region
    page: int = 0
    draft: int | None = None


@route("zp")
class ZonePractice(Callback):
    """The same zone as the practice."""

    draft: int | None = None


@route("zs")
class SetZone(Callback):
    """Use this zone from now on."""

    zone: str
    draft: int | None = None


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


@route("ml")
class Bookings(Callback):
    """A page of My bookings, or of the sessions of a counselor."""

    tab: Tab = Tab.UPCOMING
    page: int = 0
    side: Side = Side.CLIENT


@route("mb")
class ShowBooking(Callback):
    """The card of a booking; Back leads to the page of the viewer's own list that it was opened from."""

    booking_id: int
    tab: Tab = Tab.UPCOMING
    page: int = 0


@route("mc")
class CalendarFile(Callback):
    """Send the booking as an .ics document."""

    booking_id: int


@route("ms")
class BookSameTime(Callback):
    """Book the time of a cancelled booking once more."""

    booking_id: int


@route("cm")
class CancelMenu(Callback):
    """The reasons to cancel."""

    booking_id: int


@route("cr")
class CancelReason(Callback):
    """Cancel for this reason, or without one: what comes back is shown first."""

    booking_id: int
    reason: Reason | None = None


@route("cb")
class CancelBooking(Callback):
    """Cancel on the terms just shown."""

    draft: int


@route("ci")
class InsteadMenu(Callback):
    """Cancel instead of moving: what comes back is shown first."""

    proposal_id: int
    version: int


@route("cx")
class CancelInstead(Callback):
    """Cancel instead of answering the offer as it was at this version."""

    proposal_id: int
    version: int


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


@route("xm")
class ExplainMenu(Callback):
    """A page of the counselors whose times may be asked about."""

    page: int = 0


@route("xa")
class AskExplain(Callback):
    """Wait for a date and time to be typed, then say why it is not offered."""

    counselor_id: int
    session_type_id: int | None = None


@route("kd")
class ShowDay(Callback):
    """The counselor's schedule of a date; without one, of today."""

    day: date | None = None


@route("kw")
class ShowWeek(Callback):
    """The counselor's week that holds this date, as a list; without one, this week."""

    day: date | None = None


@route("kp")
class ShowWeekPicture(Callback):
    """The same week as a picture."""

    day: date | None = None
    dark: bool = False


@route("ks")
class ShowStatistics(Callback):
    """The counselor's numbers."""


@route("kc")
class ShowClients(Callback):
    """A page of the counselor's clients."""

    page: int = 0


@route("kh")
class ShowClient(Callback):
    """What one of them has booked; `back` is the page of the list it was opened from."""

    client_id: int
    page: int = 0
    back: int = 0


@route("ko")
class ShowDaysOff(Callback):
    """A page of the counselor's days off."""

    page: int = 0


@route("ka")
class AddDaysOff(Callback):
    """Choose days off: the month that holds this date; with `first`, the last day is what is missing."""

    month: date | None = None
    first: date | None = None


@route("kr")
class ReviewDaysOff(Callback):
    """What taking these days off would mean."""

    first: date
    last: date


@route("kv")
class SaveDaysOff(Callback):
    """Take these days off."""

    first: date
    last: date


@route("kx")
class RemoveDaysOff(Callback):
    """Be there on these days after all."""

    first: date
    last: date


@route("kn")
class ProposeNewTimes(Callback):
    """Offer another time to everybody whose session falls into these days off."""

    first: date
    last: date


@route("us")
class StartSession(Callback):
    """Begin the session of the booking as it was at this version."""

    booking_id: int
    version: int


@route("uo")
class SetOutcome(Callback):
    """Say what became of the booking as it was at this version."""

    booking_id: int
    version: int
    outcome: Outcome


@route("un")
class NoShowMenu(Callback):
    """Who did not come to the session."""

    booking_id: int
    version: int


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


@route("dl")
class Disputes(Callback):
    """A page of the no-show reports that wait for the admin."""

    page: int = 0


@route("dp")
class ShowDispute(Callback):
    """What the two sides say of a session, for the admin."""

    booking_id: int


@route("dd")
class DecideDispute(Callback):
    """What became of a session, by the admin's word; the version is the report's."""

    booking_id: int
    version: int
    outcome: Outcome


@route("vs")
class ShowReview(Callback):
    """The review of a session, as the viewer's side sees it."""

    booking_id: int


@route("vr")
class Rate(Callback):
    """Give a session so many stars."""

    booking_id: int
    stars: int


@route("vc")
class AskComment(Callback):
    """Wait for the words to the stars."""

    booking_id: int


@route("vx")
class ClearComment(Callback):
    """No words to the stars."""

    booking_id: int


@route("va")
class AskReviewAnswer(Callback):
    """Wait for the counselor's answer to the review as it was at this version."""

    booking_id: int
    version: int


@route("vl")
class Reviews(Callback):
    """A page of all reviews, for the admin."""

    page: int = 0


@route("vm")
class ShowAnyReview(Callback):
    """A review as the admin sees it; Back leads to the page of the list it was opened from."""

    booking_id: int
    page: int = 0


@route("vh")
class AskHideReview(Callback):
    """Wait for the reason to hide the review as it was at this version."""

    booking_id: int
    version: int


@route("vu")
class UnhideReview(Callback):
    """Let the review be seen again that was hidden at this version."""

    booking_id: int
    version: int


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


@route("gm")
class BookForMenu(Callback):
    """A page of the clients whom a counselor may book for; a name may be typed from now on."""

    page: int = 0


@route("gp")
class PickClient(Callback):
    """Book for this client."""

    client_id: int


@route("pm")
class FindBooking(Callback):
    """Wait for a reference or a name to be typed by the admin."""


@route("pl")
class TheirBookings(Callback):
    """A page of somebody's bookings, for the admin."""

    person_id: int
    side: Side = Side.CLIENT
    tab: Tab = Tab.UPCOMING
    page: int = 0


@route("ps")
class ProposeFor(Callback):
    """Look for another time for a booking, on behalf of one side."""

    booking_id: int
    side: Side


@route("im")
class AdminMenu(Callback):
    """What the admin looks after."""


@route("il")
class Invites(Callback):
    """Counselors whose chat is not connected yet."""


@route("is")
class InviteCounselor(Callback):
    """Make and show a counselor's invite link."""

    counselor_id: int
