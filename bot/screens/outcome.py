"""What people are told of an outcome: the question after the end, completion, and a no-show."""

from datetime import datetime

from markupsafe import Markup

from bot.callbacks import BookAgain, NoShowMenu, ReportMenu, ShowBooking
from bot.screens.cancellation import refund_line
from bot.screens.meeting import seen_line
from bot.screens.running import choice
from bot.screens.screen import Row, Screen, Style, Tap, rows
from bot.screens.session import what, when
from bot.screens.stars import stars_row
from bot.screens.wording import bold, lines, paragraphs, shown
from core.domain.actions import CORRECTABLE
from core.domain.booking import Booking
from core.domain.no_show import Report, ReportStatus
from core.domain.notification import Notification
from core.domain.outcome import COMPLETES_AFTER, Outcome
from core.domain.side import Side
from core.kit.i18n import Texts, msgid


def outcome_asked(t: Texts, n: Notification, _: datetime) -> Screen:
    """The session is over: its counselor says what became of it."""
    booking = n.booking
    silence = t(
        "If I hear nothing, it counts as taken place from {time} on.",
        time=t.moment(booking.ends_at + COMPLETES_AFTER),
    )
    return Screen(
        text=paragraphs(
            bold(t("🏁 How did it go?")), _facts(t, n), seen_line(t, n.seen, n.client.name), silence
        ),
        rows=rows(*(choice(t, booking, each) for each in _likely_first(n)), _details(t, n)),
    )


def completed(t: Texts, n: Notification, _: datetime) -> Screen:
    """The session counts as taken place: the client may review it, the counselor set it right."""
    decided = _decided(t, n.report)
    if n.side is Side.COUNSELOR:
        title = t("🏁 Your session with {name} counts as taken place", name=_other(n))
        return Screen(
            text=paragraphs(bold(title), _facts(t, n), decided or _correctable(t, n.booking)),
            rows=rows(None if decided else _correct(t, n.booking), _details(t, n)),
        )
    thanks = t("🏁 Your session with {name} took place", name=_other(n))
    if n.review is not None:
        return Screen(text=paragraphs(bold(thanks), _facts(t, n), decided), rows=rows(_details(t, n)))
    asked = t(
        "How was it? {name} sees your review with your name, everybody else without it.", name=_other(n)
    )
    return Screen(
        text=paragraphs(bold(thanks), _facts(t, n), decided, asked),
        rows=rows(stars_row(n.booking.id), _details(t, n)),
    )


def no_show(t: Texts, n: Notification, _: datetime) -> Screen:
    """The session counts as a no-show: whose, and what comes back."""
    decided = _decided(t, n.report)
    return Screen(
        text=paragraphs(bold(_who(t, n)), _facts(t, n), decided, refund_line(t, n.booking), _objection(t, n)),
        rows=rows(_way_on(t, n), _details(t, n)),
    )


def _likely_first(n: Notification) -> list[Outcome]:
    """What the meeting's provider has seen comes before the rest."""
    return sorted(Outcome, key=lambda each: each.absent is not n.seen.missing)


def _correctable(t: Texts, booking: Booking) -> str | None:
    if booking.closed_at is None:
        return None
    return t("You can set this right until {time}.", time=t.moment(booking.closed_at + CORRECTABLE))


def _correct(t: Texts, booking: Booking) -> Tap:
    return Tap(t("🚫 Somebody did not come"), NoShowMenu(booking.id, booking.version))


def _who(t: Texts, n: Notification) -> str:
    by_client = n.booking.absent is Side.CLIENT
    if n.side is Side.COUNSELOR:
        words = msgid("🚫 {name} did not come to your session") if by_client else msgid("🙇 You did not come")
        return t(words, name=_other(n))
    if by_client:
        return t("🚫 You did not come to your session with {name}", name=_other(n))
    return t("🙇 Sorry, {name} could not make it to your session", name=_other(n))


def _objection(t: Texts, n: Notification) -> str | None:
    if not _may_object(n):
        return None
    return t("{name} says so. If you see it otherwise, tell me.", name=_other(n))


def _may_object(n: Notification) -> bool:
    return n.side is Side.CLIENT and n.booking.absent is Side.CLIENT and n.report is None


def _way_on(t: Texts, n: Notification) -> Tap | Row | None:
    if _may_object(n):
        return Tap(t("✋ That is not right"), ReportMenu(n.booking.id, n.booking.version))
    if n.side is Side.CLIENT and n.counselor.active:
        return Tap(t("📅 Find another time"), BookAgain(n.booking.id), Style.PRIMARY)
    return None


def _decided(t: Texts, report: Report | None) -> str | None:
    decided = report is not None and report.status is ReportStatus.DECIDED
    return t("⚖️ The admin of the practice has decided this.") if decided else None


def _facts(t: Texts, n: Notification) -> Markup:
    booking = n.booking
    return lines(
        when(t, booking.starts_at, booking.ends_at),
        what(t, n.session_type.title, booking.minutes, _other(n)),
    )


def _details(t: Texts, n: Notification) -> Tap:
    return Tap(t("📄 Details"), ShowBooking(n.booking.id))


def _other(n: Notification) -> str:
    return shown(n.counselor.name if n.side is Side.CLIENT else n.client.name)
