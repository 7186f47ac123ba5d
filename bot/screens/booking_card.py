"""The card of one booking, with every field."""

from dataclasses import dataclass

from markupsafe import Markup

from bot.callbacks import BookAgain, Bookings, Tab
from bot.screens.calendar import calendar_row
from bot.screens.decline import decline_words
from bot.screens.navigation import back
from bot.screens.screen import Screen, Tap, rows
from bot.screens.session import described, place, price, when, when_elsewhere
from bot.screens.status import badge
from bot.screens.wording import bold, lines, paragraphs, shown
from core.domain.booking import Booking, Status
from core.kit.i18n import Texts

IN_CALENDAR = frozenset({Status.PENDING, Status.CONFIRMED, Status.IN_PROGRESS})


@dataclass(frozen=True, slots=True, kw_only=True)
class CardState:
    """A booking as one side sees it; `other` is the name of the other side.

    `mine` says that the viewer is the client; `tab` and `page` are the list that Back leads to.
    """

    booking: Booking
    session_type: str
    other: str
    mine: bool = True
    bookable: bool = True
    tab: Tab = Tab.UPCOMING
    page: int = 0


def booking_card(t: Texts, state: CardState) -> Screen:
    """Everything about a booking, read only."""
    booking = state.booking
    calendar = booking.status in IN_CALENDAR
    again = state.mine and state.bookable
    return Screen(
        text=paragraphs(
            lines(bold(shown(state.session_type)), badge(t, booking.status), _why(t, booking)),
            _facts(t, state),
            described(t, booking.topic, booking.note),
            t("Add to calendar:") if calendar else None,
        ),
        rows=rows(
            calendar_row(t, booking, state.session_type, state.other) if calendar else None,
            Tap(t("📅 Book again"), BookAgain(booking.id)) if again else None,
            back(t, Bookings(state.tab, state.page)),
        ),
    )


def _facts(t: Texts, state: CardState) -> Markup:
    booking = state.booking
    return lines(
        when(t, booking.starts_at, booking.ends_at),
        when_elsewhere(t, booking.starts_at, booking.ends_at, booking.zone, shown(state.other))
        if state.mine
        else None,
        _with(t, state),
        f"⏱ {t.duration(booking.minutes)}",
        place(t, booking.location, booking.address),
        price(t, booking.price),
        t("🔔 Reminders on") if booking.reminders else t("🔕 Reminders off"),
        t("Made on {time}", time=t.moment(booking.created_at)),
        t.html("🔖 Reference: <code>{reference}</code>", reference=booking.reference),
    )


def _with(t: Texts, state: CardState) -> Markup:
    name = shown(state.other)
    if state.mine:
        return t.html("👤 Counselor: <b>{name}</b>", name=name)
    return t.html("👤 Client: <b>{name}</b>", name=name)


def _why(t: Texts, booking: Booking) -> str | None:
    if booking.status is Status.PENDING and booking.expires_at:
        return t("An answer comes by {time}.", time=t.moment(booking.expires_at))
    if booking.status is Status.DECLINED:
        return decline_words(t, booking.reason)
    return None
