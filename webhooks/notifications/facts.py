"""The lines about a session that every mail has: when, what, where, for how much."""

from collections.abc import Iterable
from datetime import datetime

from core.domain.booking import Booking
from core.domain.notification import Notification
from core.domain.reschedule import Proposal
from core.domain.session_type import Location, SessionType
from core.domain.side import Side
from core.domain.zones import wall_time, zone
from core.kit.i18n import MOMENT, Texts, msgid
from webhooks.notifications.plain import plain

Rows = list[tuple[str, list[str]]]
"""Lines of label and values."""
PLACES = {
    Location.VIDEO: msgid("Video call"),
    Location.AUDIO: msgid("Audio call"),
    Location.CHAT: msgid("Chat"),
    Location.IN_PERSON: msgid("In person"),
}


def session_rows(t: Texts, n: Notification) -> Rows:
    """The session as it stands, or all of those it is told of together."""
    bookings = n.together or (n.booking,)
    return [
        (t("When"), [each for one in bookings for each in _when(t, n, one.starts_at, one.ends_at)]),
        *about_rows(t, n.session_type, n.booking),
    ]


def offer_rows(t: Texts, n: Notification, proposal: Proposal) -> Rows:
    """The time that is offered beside the one that stands."""
    offers = n.offers or (proposal,)
    return [
        (
            t("Proposed time"),
            [each for one in offers for each in _when(t, n, one.starts_at, one.ends_at)],
        ),
        (
            t("Time until now"),
            [span(t, each.starts_at, each.ends_at) for each in n.together or (n.booking,)],
        ),
        *about_rows(t, n.session_type, n.booking),
    ]


def about_rows(t: Texts, session_type: SessionType, booking: Booking) -> Rows:
    """What the session is, where it takes place, what it costs, and its reference."""
    found = {
        t("Session"): f"{plain(session_type.title)}, {t.duration(booking.minutes)}",
        t("Where"): _place(t, booking),
        t("Price"): _price(t, booking),
        t("Reference"): booking.reference,
    }
    return [(label, [value]) for label, value in found.items()]


def span(t: Texts, start: datetime, end: datetime) -> str:
    """`Tuesday 3 November 2026, 2:00–2:45 PM (New York time)`."""
    return t(MOMENT, day=t.long_day(start), time=t.times(start, end), zone=t.zone_short())


def _when(t: Texts, n: Notification, start: datetime, end: datetime) -> Iterable[str]:
    yield span(t, start, end)
    theirs = n.counselor.zone if n.side is Side.CLIENT else n.client.zone or n.counselor.zone
    if wall_time(start, theirs) != wall_time(start, t.zone.key):
        name = n.counselor.name if n.side is Side.CLIENT else n.client.name
        yield t("For {name}: {time}", name=plain(name), time=t.in_zone(zone(theirs)).span(start, end))


def _place(t: Texts, booking: Booking) -> str:
    word = t(PLACES[booking.location])
    address = plain(booking.address) if not booking.location.online else ""
    return f"{word}, {address}" if address else word


def _price(t: Texts, booking: Booking) -> str:
    if booking.price.is_free:
        return t("Free of charge")
    return t("{amount}, pay the counselor", amount=t.money(booking.price.minor, booking.price.currency))
