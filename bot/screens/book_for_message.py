"""What a client who is booked for and the counselor are told."""

from datetime import datetime

from bot.callbacks import PickClient, ShowBooking
from bot.screens.booking_card import action_rows
from bot.screens.screen import Row, Screen, Style, Tap, rows
from bot.screens.session import described, place, price, what, when, when_elsewhere
from bot.screens.wording import bold, device_time, lines, paragraphs, shown
from core.domain.actions import Action, Case, Party
from core.domain.booking import Status
from core.domain.notification import Notification
from core.domain.side import Side
from core.kit.i18n import Texts

ANSWERS = frozenset({Action.APPROVE, Action.DECLINE, Action.RESCHEDULE})
"""What a client who is asked may do by one tap."""


def booked_for(t: Texts, n: Notification, now: datetime) -> Screen:
    """A client is asked whether they take a time."""
    return _ask(t, n, now, t("📅 {name} has picked a time for you", name=_counselor(n)))


def booked_for_nudge(t: Texts, n: Notification, now: datetime) -> Screen:
    """The same once more, to a client who has not answered yet."""
    return _ask(t, n, now, t("⏰ {name} is waiting for your answer", name=_counselor(n)))


def turned_down(t: Texts, n: Notification, _: datetime) -> Screen:
    """The client does not take the time."""
    return _told(t, n, t("❌ {name} cannot take this time", name=_client(n)))


def unanswered(t: Texts, n: Notification) -> Screen:
    """The client did not answer in time, told to the counselor."""
    return _told(t, n, t("⌛ {name} has not answered in time", name=_client(n)))


def not_answered(t: Texts, n: Notification) -> Screen:
    """The same, told to the client."""
    return Screen(
        text=paragraphs(
            bold(t("⌛ The time that {name} has picked is no longer kept for you", name=_counselor(n))),
            _what_and_when(t, n),
        ),
        rows=rows(Tap(t("📄 Details"), ShowBooking(n.booking.id))),
    )


def _ask(t: Texts, n: Notification, now: datetime, title: str) -> Screen:
    booking, deadline = n.booking, n.booking.expires_at
    left = t.countdown((deadline - now).total_seconds()) if deadline else ""
    answer_by = (
        t("⏰ Please answer by {time} ({left} left).", time=t.moment(deadline), left=left)
        if deadline and booking.status is Status.PENDING
        else None
    )
    return Screen(
        text=paragraphs(
            bold(title),
            lines(_what_and_when(t, n), place(t, booking.location, booking.address), price(t, booking.price)),
            described(t, booking.topic, booking.note),
            answer_by,
        ),
        rows=rows(*_answers(t, n, now), Tap(t("📄 Details"), ShowBooking(booking.id))),
    )


def _answers(t: Texts, n: Notification, now: datetime) -> tuple[Row, ...]:
    case = Case(
        booking=n.booking,
        party=Party.CLIENT,
        now=now,
        policy=n.policy,
        counselor_active=n.counselor.active,
    )
    return action_rows(t, case, ANSWERS)


def _told(t: Texts, n: Notification, title: str) -> Screen:
    return Screen(
        text=paragraphs(bold(title), _what_and_when(t, n)),
        rows=rows(
            Tap(t("🔄 Pick another time"), PickClient(n.client.id), Style.PRIMARY),
            Tap(t("📄 Details"), ShowBooking(n.booking.id)),
        ),
    )


def _what_and_when(t: Texts, n: Notification) -> str:
    booking, host, client = n.booking, n.counselor, n.client
    other, zone = (host.name, host.zone) if n.side is Side.CLIENT else (client.name, client.zone)
    return lines(
        when(t, booking.starts_at, booking.ends_at),
        when_elsewhere(t, booking.starts_at, booking.ends_at, zone, shown(other)) if zone else None,
        device_time(t, booking.starts_at),
        what(t, n.session_type.title, booking.minutes, other),
    )


def _counselor(n: Notification) -> str:
    return shown(n.counselor.name)


def _client(n: Notification) -> str:
    return shown(n.client.name)
