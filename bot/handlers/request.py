"""The counselor's requests: list, card, and the answer by one tap."""

from bot.callbacks import Approve, Decline, DeclineMenu, Requests, ShowRequest
from bot.handlers.bookings import card_of
from bot.handlers.series_card import series_reply
from bot.screens.bookings import Entry
from bot.screens.request import RequestsState, RequestState, decline_reasons, request_card, requests
from bot.turn import Reply, Turn
from core.domain.actions import Action, Party, require
from core.domain.errors import Conflict
from core.domain.side import Side
from core.services.listing import BookingDetails


async def show_requests(turn: Turn, tap: Requests) -> Reply:
    """The requests that wait."""
    found = await turn.core.listing.requests(turn.actor)
    entries = tuple(
        Entry(
            booking_id=each.booking.id,
            session_type=each.session_type_title,
            status=each.booking.status,
            other=each.client_name,
            starts_at=each.booking.starts_at,
            ends_at=each.booking.ends_at,
            sessions=each.sessions,
        )
        for each in found
    )
    return Reply(screen=requests(turn.texts, RequestsState(entries=entries, page=tap.page)))


async def show_request(turn: Turn, tap: ShowRequest) -> Reply:
    """The card of a request as it stands now."""
    return await request_reply(turn, tap.booking_id)


async def approve(turn: Turn, tap: Approve) -> Reply:
    """The counselor says yes."""
    await turn.core.bookings.approve(turn.actor, tap.booking_id, tap.version)
    return await request_reply(turn, tap.booking_id)


async def decline_menu(turn: Turn, tap: DeclineMenu) -> Reply:
    """Ask for the reason, while the request still stands."""
    found = await turn.core.listing.look(turn.actor, tap.booking_id)
    require(Action.DECLINE, found.case)
    if found.booking.version != tap.version:
        raise Conflict("stale", booking_id=tap.booking_id)
    return Reply(screen=decline_reasons(turn.texts, _state(turn, found)))


async def decline(turn: Turn, tap: Decline) -> Reply:
    """The counselor says no."""
    await turn.core.bookings.decline(turn.actor, tap.booking_id, tap.version, tap.reason)
    return await request_reply(turn, tap.booking_id)


async def request_reply(turn: Turn, booking_id: int) -> Reply:
    """The request as its counselor sees it.

    To others, while another time is on offer and where the client is asked, the card of the booking is shown.
    """
    found = await turn.core.listing.look(turn.actor, booking_id)
    if found.booking.series_id is not None and found.case.party is Party.COUNSELOR:
        return await series_reply(turn, found.booking.series_id)
    asked = found.case.party is Party.COUNSELOR and found.booking.awaits is Side.COUNSELOR
    if not asked or found.case.proposal is not None:
        return await card_of(turn, found)
    return Reply(screen=request_card(turn.texts, _state(turn, found)))


def _state(turn: Turn, found: BookingDetails) -> RequestState:
    return RequestState(
        booking=found.booking,
        client=found.client.name,
        session_type=found.session_type.title,
        client_zone=found.client.zone,
        now=turn.now,
        policy=found.case.policy,
        counselor_active=found.case.counselor_active,
    )
