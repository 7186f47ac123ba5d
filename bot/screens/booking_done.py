"""Step 7 of booking: it is done."""

from dataclasses import dataclass

from bot.callbacks import Book
from bot.screens.calendar import calendar_row
from bot.screens.navigation import home
from bot.screens.screen import Screen, Tap, rows
from bot.screens.session import described, place, price, what, when
from bot.screens.wording import bold, lines, paragraphs, shown
from core.domain.booking import Booking, Status
from core.kit.i18n import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneState:
    """The booking just made, with its names."""

    booking: Booking
    counselor: str
    session_type: str


def done(t: Texts, state: DoneState) -> Screen:
    """Session booked, or the request is on its way."""
    booking = state.booking
    return Screen(
        text=paragraphs(
            *_news(t, state),
            lines(
                when(t, booking.starts_at, booking.ends_at),
                what(t, state.session_type, booking.minutes, state.counselor),
                place(t, booking.location, booking.address),
                price(t, booking.price),
                t.html("🔖 Reference: <code>{reference}</code>", reference=booking.reference),
            ),
            described(t, booking.topic, booking.note),
            t("Add to calendar:"),
        ),
        rows=rows(
            calendar_row(t, booking, state.session_type, state.counselor),
            Tap(t("📅 Book another"), Book()),
            home(t),
        ),
    )


def _news(t: Texts, state: DoneState) -> tuple[str, str]:
    booking, name = state.booking, shown(state.counselor)
    if booking.status is not Status.PENDING or booking.expires_at is None:
        return bold(t("✅ Session booked!")), t("See you then.")
    deadline = t.moment(booking.expires_at)
    return bold(t("📨 Request sent")), t(
        "{name} answers by {deadline} at the latest.", name=name, deadline=deadline
    )
