"""My bookings: the lists, the card, and the calendar file."""

from datetime import timedelta

from bot.callbacks import Bookings, CalendarFile, Callback, ShowBooking, Tab
from bot.screens.booking_card import CardState, booking_card
from bot.screens.bookings import BookingsState, Entry, bookings, not_found
from bot.screens.session import place
from bot.turn import Document, Reply, Turn
from core.domain.actions import Party
from core.domain.booking import Status
from core.domain.errors import NotFound
from core.domain.series import place as place_in
from core.domain.side import Side
from core.ports.calendar_files import CalendarEntry
from core.services.listing import BookingDetails, BookingLine
from core.services.offers import Wanted

MINUTE = timedelta(minutes=1)


async def show_bookings(turn: Turn, tap: Bookings) -> Reply:
    """A page of one of the lists."""
    listing = turn.core.listing
    read = listing.upcoming if tap.tab is Tab.UPCOMING else listing.past
    page = await read(turn.actor, tap.page, tap.side)
    state = BookingsState(
        tab=tap.tab,
        page=page.page,
        upcoming=page.upcoming,
        past=page.past,
        entries=tuple(entry(line, tap.side) for line in page.lines),
        side=tap.side,
        counselor=turn.practice.counselor_of_person(turn.person.id) is not None,
    )
    return Reply(screen=bookings(turn.texts, state))


async def show_booking(turn: Turn, tap: ShowBooking) -> Reply:
    """The card of a booking."""
    found = await turn.core.listing.look(turn.actor, tap.booking_id)
    own = found.case.party is not Party.ADMIN
    return await card_of(turn, found, back=Bookings(tap.tab, tap.page, found.case.side) if own else None)


async def by_reference(turn: Turn, reference: str) -> Reply:
    """The booking with this reference, or that there is none for this reader."""
    try:
        return await card_reply(turn, await turn.core.listing.find(turn.actor, reference))
    except NotFound:
        return Reply(screen=not_found(turn.texts, reference))


async def card_reply(
    turn: Turn, booking_id: int, *, back: Callback | None = None, toast: str | None = None
) -> Reply:
    """The card of a booking as it is now, with exactly what the viewer may do."""
    return await card_of(turn, await turn.core.listing.look(turn.actor, booking_id), back=back, toast=toast)


async def card_of(
    turn: Turn,
    found: BookingDetails,
    *,
    back: Callback | None = None,
    toast: str | None = None,
    alert: bool = False,
) -> Reply:
    """The card of a booking just read."""
    state = CardState(
        case=found.case,
        session_type=found.session_type.title,
        counselor=found.counselor.name,
        client=found.client.name,
        client_zone=found.client.zone,
        back=back,
        same_time=await _free_again(turn, found),
        join=found.join,
        seen=found.seen,
        place=place_in(found.series, found.booking) if found.series else None,
    )
    return Reply(screen=booking_card(turn.texts, state), toast=toast, alert=alert)


async def calendar_file(turn: Turn, tap: CalendarFile) -> Reply:
    """The booking as a document for any calendar."""
    found = await turn.core.listing.look(turn.actor, tap.booking_id)
    t = turn.texts
    title = t("{session_type} with {name}", session_type=found.session_type.title, name=found.other.name)
    where = place(t, found.booking.location, found.booking.address)
    content = turn.calendar_file(CalendarEntry(booking=found.booking, title=title, place=where))
    name = f"confer-{found.booking.reference.lower()}.ics"
    return Reply(document=Document(name=name, content=content, caption=title))


def entry(line: BookingLine, side: Side = Side.CLIENT) -> Entry:
    """A line of a list, as one side sees it."""
    return Entry(
        booking_id=line.booking.id,
        session_type=line.session_type_title,
        status=line.booking.status,
        other=line.counselor_name if side is Side.CLIENT else line.client_name,
        starts_at=line.booking.starts_at,
        ends_at=line.booking.ends_at,
        proposed_at=line.proposed_at,
        sessions=line.sessions,
        in_series=line.booking.series_id is not None,
    )


def wanted_again(found: BookingDetails) -> Wanted:
    """What somebody looks for who wants the same session once more."""
    booking = found.booking
    return Wanted(
        counselor_id=booking.counselor_id, session_type_id=booking.session_type_id, minutes=booking.minutes
    )


async def _free_again(turn: Turn, found: BookingDetails) -> bool:
    """Whether a client who cancelled may change their mind: the time is still free."""
    booking = found.booking
    undone = booking.status is Status.CANCELLED and booking.cancelled_by is Side.CLIENT
    if not undone or found.case.party is not Party.CLIENT or booking.starts_at <= turn.now:
        return False
    start = booking.starts_at
    try:
        return bool(await turn.core.offers.between(turn.actor, wanted_again(found), start, start + MINUTE))
    except NotFound:  # the counselor or the session type is not on offer any more
        return False
