"""A counselor's clients and the history of each."""

from bot.callbacks import ShowBookingOfClient, ShowClient, ShowClients
from bot.handlers.bookings import card_reply
from bot.handlers.schedule import on_wall, own_wall, sessions
from bot.screens.clients import Client, ClientsState, HistoryState, clients, history
from bot.turn import Reply, Turn
from core.services.clients import ClientLine


async def show_clients(turn: Turn, tap: ShowClients) -> Reply:
    """A page of them."""
    counselor, _ = own_wall(turn)
    found = await turn.core.clients.page(turn.actor, tap.page)
    state = ClientsState(
        clients=tuple(_client(each) for each in found.clients), page=found.page, pages=found.pages
    )
    return Reply(screen=clients(on_wall(turn, counselor), state))


async def show_client(turn: Turn, tap: ShowClient) -> Reply:
    """What one of them has booked."""
    counselor, _ = own_wall(turn)
    found = await turn.core.clients.history(turn.actor, tap.client_id, tap.page)
    state = HistoryState(
        client=_client(found.client),
        bookings=sessions(found.bookings.lines),
        noted=found.bookings.noted,
        page=found.bookings.page,
        pages=found.bookings.pages,
        back=tap.back,
    )
    return Reply(screen=history(on_wall(turn, counselor), state))


async def show_booking_of_client(turn: Turn, tap: ShowBookingOfClient) -> Reply:
    """The card of a booking, opened from a client's history."""
    return await card_reply(turn, tap.booking_id, back=ShowClient(tap.client_id, tap.page, tap.back))


def _client(line: ClientLine) -> Client:
    return Client(
        client_id=line.client_id,
        name=line.name,
        sessions=line.sessions,
        completed=line.completed,
        no_shows=line.no_shows,
        cancelled=line.cancelled,
        last=line.last,
        next=line.next,
    )
