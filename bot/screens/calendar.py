"""Buttons that put a booking into the person's own calendar."""

from bot.callbacks import CalendarFile
from bot.screens.calendar_links import Entry, google_url, outlook_url
from bot.screens.screen import Link, Row, Tap
from bot.screens.wording import shown
from core.domain.booking import Booking, Status
from core.kit.i18n import Texts


def calendar_row(t: Texts, booking: Booking, session_type: str, other: str) -> Row:
    """Google, Outlook, and a file for every other calendar; `other` is who the session is with."""
    title = t("{session_type} with {name}", session_type=shown(session_type), name=shown(other))
    if booking.status is Status.PENDING:
        title = t("Requested: {title}", title=title)
    entry = Entry(title=title, start=booking.starts_at, end=booking.ends_at, address=booking.address)
    return (
        Link("Google", google_url(entry)),
        Link("Outlook", outlook_url(entry)),
        Tap("Apple, .ics", CalendarFile(booking.id)),
    )
