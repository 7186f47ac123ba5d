"""My bookings: the lists, the card, and the calendar file."""

from bot.callbacks import Bookings, CalendarFile, ShowBooking, Tab
from bot.screens.booking_card import CardState, booking_card
from bot.screens.bookings import BookingsState, Entry, bookings
from bot.screens.session import place
from bot.turn import Document, Reply, Turn
from core.ports.calendar_files import CalendarEntry
from core.services.listing import BookingDetails, BookingLine


async def show_bookings(turn: Turn, tap: Bookings) -> Reply:
    """A page of one of the lists."""
    upcoming = tap.tab is Tab.UPCOMING
    listing = turn.core.listing
    page = await (listing.upcoming if upcoming else listing.past)(turn.actor, tap.page)
    state = BookingsState(
        tab=tap.tab,
        page=page.page,
        upcoming=page.upcoming,
        past=page.past,
        entries=tuple(entry(line) for line in page.lines),
    )
    return Reply(screen=bookings(turn.texts, state))


async def show_booking(turn: Turn, tap: ShowBooking) -> Reply:
    """The card of a booking."""
    return await card_reply(turn, tap.booking_id, tap.tab, tap.page)


async def card_reply(turn: Turn, booking_id: int, tab: Tab = Tab.UPCOMING, page: int = 0) -> Reply:
    """The card of a booking, as the viewer's side sees it."""
    found = await turn.core.listing.look(turn.actor, booking_id)
    state = CardState(
        booking=found.booking,
        session_type=found.session_type.title,
        other=_other(turn, found),
        mine=found.client.id == turn.person.id,
        bookable=found.counselor.active,
        tab=tab,
        page=page,
    )
    return Reply(screen=booking_card(turn.texts, state))


async def calendar_file(turn: Turn, tap: CalendarFile) -> Reply:
    """The booking as a document for any calendar."""
    found = await turn.core.listing.look(turn.actor, tap.booking_id)
    t = turn.texts
    title = t("{session_type} with {name}", session_type=found.session_type.title, name=_other(turn, found))
    where = place(t, found.booking.location, found.booking.address)
    content = turn.calendar_file(CalendarEntry(booking=found.booking, title=title, place=where))
    name = f"confer-{found.booking.reference.lower()}.ics"
    return Reply(document=Document(name=name, content=content, caption=title))


def entry(line: BookingLine) -> Entry:
    """A line of a list, as the client sees it."""
    return Entry(
        booking_id=line.booking.id,
        session_type=line.session_type_title,
        status=line.booking.status,
        other=line.counselor_name,
        starts_at=line.booking.starts_at,
        ends_at=line.booking.ends_at,
    )


def _other(turn: Turn, found: BookingDetails) -> str:
    return found.counselor.name if found.client.id == turn.person.id else found.client.name
