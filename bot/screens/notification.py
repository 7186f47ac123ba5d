"""The messages people receive: one function for each kind."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from markupsafe import Markup

from bot.callbacks import BookAgain, ShowBooking
from bot.screens import book_for_message, no_show, outcome, reschedule_message, review, waitlist
from bot.screens.calendar import calendar_row
from bot.screens.cancelling import cancelled_message
from bot.screens.decline import decline_words
from bot.screens.meeting import join_ahead
from bot.screens.programs import ProgressState, later_reminder
from bot.screens.request import RequestState, request_card
from bot.screens.screen import Screen, Style, Tap, rows
from bot.screens.series_message import series_message
from bot.screens.session import described, place, price, what, when, when_elsewhere
from bot.screens.wording import bold, device_time, lines, paragraphs, shown
from core.domain.booking import Booking
from core.domain.notification import Kind, LaterNudge, Notification
from core.domain.side import Side
from core.kit.i18n import Texts

ROUNDED = timedelta(minutes=10)
HOUR = timedelta(hours=1)


def notification_screen(notification: Notification, t: Texts, now: datetime) -> Screen:
    """The message of a notification in the recipient's words and zone."""
    if notification.together:
        return series_message(t, notification, now)
    return SCREENS[notification.kind](t, notification, now)


def later_nudge(nudge: LaterNudge, t: Texts) -> Screen:
    """The reminder of sessions still to be scheduled."""
    program = nudge.program
    return later_reminder(
        t, ProgressState(program_id=program.id, title=program.title, remaining=nudge.remaining)
    )


def _request_received(t: Texts, n: Notification, _: datetime) -> Screen:
    deadline = n.booking.expires_at
    answer = (
        t("{name} answers by {deadline} at the latest.", name=_other(n), deadline=t.moment(deadline))
        if deadline
        else None
    )
    return Screen(
        text=paragraphs(bold(t("📨 Request sent")), _facts(t, n), answer), rows=rows(_details(t, n))
    )


def _new_request(t: Texts, n: Notification, now: datetime) -> Screen:
    return request_card(t, _request(n, now))


def _request_nudge(t: Texts, n: Notification, now: datetime) -> Screen:
    return request_card(t, _request(n, now), t("⏰ A request is waiting for your answer"))


def _new_booking(t: Texts, n: Notification, now: datetime) -> Screen:
    accepted = t("✅ {name} has accepted", name=_other(n))
    return _with_calendar(t, n, now, accepted if n.booking.awaits is Side.CLIENT else t("📅 New booking"))


def _confirmed(t: Texts, n: Notification, now: datetime) -> Screen:
    return _with_calendar(t, n, now, t("✅ Your session is confirmed"))


def _declined(t: Texts, n: Notification, _: datetime) -> Screen:
    words = t("{name} cannot take your request.", name=_other(n))
    return _find_another(t, n, bold(words), decline_words(t, n.booking.reason))


def _expired(t: Texts, n: Notification, _: datetime) -> Screen:
    if n.booking.awaits is Side.CLIENT:
        return book_for_message.not_answered(t, n)
    words = t("Sorry, {name} did not answer your request in time.", name=_other(n))
    return _find_another(t, n, bold(words), None)


def _expired_unanswered(t: Texts, n: Notification, now: datetime) -> Screen:
    if n.booking.awaits is Side.CLIENT:
        return book_for_message.unanswered(t, n)
    return request_card(t, _request(n, now))


def _reminder(t: Texts, n: Notification, now: datetime) -> Screen:
    title = t("🔔 Your session starts in {left}", left=_left(t, n.booking.starts_at - now))
    way_in = join_ahead(t, n.booking, n.join, now)
    return Screen(text=paragraphs(bold(title), _facts(t, n)), rows=rows(way_in, _details(t, n)))


def _with_calendar(t: Texts, n: Notification, now: datetime, title: str) -> Screen:
    return Screen(
        text=paragraphs(
            bold(title), _facts(t, n), described(t, n.booking.topic, n.booking.note), t("Add to calendar:")
        ),
        rows=rows(
            join_ahead(t, n.booking, n.join, now),
            calendar_row(t, n.booking, n.session_type.title, _other(n)),
            _details(t, n),
        ),
    )


def _find_another(t: Texts, n: Notification, title: Markup, reason: str | None) -> Screen:
    again = Tap(t("📅 Find another time"), BookAgain(n.booking.id), Style.PRIMARY)
    return Screen(text=paragraphs(title, reason, _facts(t, n)), rows=rows(again, _details(t, n)))


def _facts(t: Texts, n: Notification) -> Markup:
    booking: Booking = n.booking
    return lines(
        when(t, booking.starts_at, booking.ends_at),
        when_elsewhere(t, booking.starts_at, booking.ends_at, _their_zone(n), _other(n)),
        device_time(t, booking.starts_at),
        what(t, n.session_type.title, booking.minutes, _other(n)),
        place(t, booking.location, booking.address),
        price(t, booking.price),
        t.html("🔖 Reference: <code>{reference}</code>", reference=booking.reference),
    )


def _request(n: Notification, now: datetime) -> RequestState:
    return RequestState(
        booking=n.booking,
        client=n.client.name,
        session_type=n.session_type.title,
        client_zone=n.client.zone,
        now=now,
        policy=n.policy,
        counselor_active=n.counselor.active,
    )


def _details(t: Texts, n: Notification) -> Tap:
    return Tap(t("📄 Details"), ShowBooking(n.booking.id))


def _other(n: Notification) -> str:
    return shown(n.counselor.name if n.side is Side.CLIENT else n.client.name)


def _their_zone(n: Notification) -> str:
    return n.counselor.zone if n.side is Side.CLIENT else n.client.zone or n.counselor.zone


def _left(t: Texts, left: timedelta) -> str:
    hours = round(left / HOUR)
    if hours >= 1 and abs(left - hours * HOUR) < ROUNDED:
        return t.n("{n} hour", "{n} hours", hours)
    return t.countdown(left.total_seconds())


SCREENS: Mapping[Kind, Callable[[Texts, Notification, datetime], Screen]] = {
    Kind.REQUEST_RECEIVED: _request_received,
    Kind.NEW_REQUEST: _new_request,
    Kind.NEW_BOOKING: _new_booking,
    Kind.CONFIRMED: _confirmed,
    Kind.DECLINED: _declined,
    Kind.EXPIRED: _expired,
    Kind.EXPIRED_UNANSWERED: _expired_unanswered,
    Kind.CANCELLED: cancelled_message,
    Kind.RESCHEDULE_REQUESTED: reschedule_message.requested,
    Kind.RESCHEDULE_COUNTERED: reschedule_message.countered,
    Kind.RESCHEDULE_ACCEPTED: reschedule_message.accepted,
    Kind.RESCHEDULE_REJECTED: reschedule_message.rejected,
    Kind.RESCHEDULE_WITHDRAWN: reschedule_message.withdrawn,
    Kind.RESCHEDULE_EXPIRED: reschedule_message.expired,
    Kind.REQUEST_NUDGE: _request_nudge,
    Kind.REMINDER: _reminder,
    Kind.OUTCOME_ASKED: outcome.outcome_asked,
    Kind.COMPLETED: outcome.completed,
    Kind.NO_SHOW: outcome.no_show,
    Kind.NO_SHOW_REPORTED: no_show.no_show_reported,
    Kind.NO_SHOW_DECIDED: no_show.no_show_decided,
    Kind.REVIEW_WRITTEN: review.review_written,
    Kind.REVIEW_ANSWERED: review.review_answered,
    Kind.BOOKED_FOR: book_for_message.booked_for,
    Kind.BOOKED_FOR_NUDGE: book_for_message.booked_for_nudge,
    Kind.TURNED_DOWN: book_for_message.turned_down,
    Kind.WAITLIST_OPENING: waitlist.opening,
}
