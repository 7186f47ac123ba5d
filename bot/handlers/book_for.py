"""Booking for a client: who, the usual steps, and the last tap that asks them."""

from datetime import datetime, timedelta

from bot.callbacks import BookForMenu, PickClient
from bot.drafts import Asking, Draft
from bot.handlers.booking_steps import next_step
from bot.handlers.bookings import card_reply
from bot.handlers.wizard import Run, start_run
from bot.screens.book_for import (
    ClientChoice,
    ClientsState,
    ForState,
    asked,
    confirm_for,
    found_clients,
    pick_client,
)
from bot.turn import Reply, Turn
from core.domain.booking import Status, request_deadline
from core.domain.counselor import Counselor
from core.domain.errors import Conflict, Forbidden, NotFound
from core.domain.person import Person
from core.domain.zones import zone
from core.services.book_for import ForClient

MINUTE = timedelta(minutes=1)


async def show_clients(turn: Turn, tap: BookForMenu) -> Reply:
    """The counselor's clients; a name may be typed from now on."""
    _acting(turn)
    found = await turn.core.clients.page(turn.actor, tap.page)
    clients = tuple(
        ClientChoice(person_id=each.client_id, name=each.name)
        for each in found.clients
        if each.client_id != turn.person.id
    )
    run = await start_run(turn, Draft(wizard=False, asking=Asking.CLIENT))
    return run.reply(
        pick_client(turn.texts, ClientsState(clients=clients, page=found.page, pages=found.pages))
    )


async def typed_client(run: Run) -> Reply:
    """Whom the typed name or reference may mean."""
    turn = run.turn
    found = await turn.core.book_for.find(turn.actor, turn.text)
    clients = tuple(ClientChoice(person_id=each.person_id, name=each.name) for each in found)
    return run.reply(found_clients(turn.texts, turn.text, clients))


async def start_for(turn: Turn, tap: PickClient) -> Reply:
    """Begin the wizard for this client."""
    counselor = _acting(turn)
    client = await turn.core.book_for.client(turn.actor, tap.client_id)
    if not turn.practice.offered_by(counselor.id):
        raise NotFound("session_type_not_found")
    draft = Draft(
        counselor_id=counselor.id,
        preselected=True,
        client_id=client.id,
        other=client.name,
        for_client=True,
    )
    return await next_step(await start_run(turn, draft))


async def pick_time_for(run: Run, start: datetime) -> Reply:
    """Show what is about to be asked, while the time is free: nothing is held, it is the counselor's own.

    Conflict `not_offered` otherwise.
    """
    if start not in await run.slots_between(start, start + MINUTE):
        raise Conflict("not_offered")
    day = start.astimezone(zone(run.turn.zone)).date()
    return await confirm_step(await run.keep(start=start, day=day, asking=None))


async def confirm_step(run: Run) -> Reply:
    """The summary."""
    return run.reply(confirm_for(run.turn.texts, await _state(run)))


async def ask_client(run: Run) -> Reply:
    """Ask the client; tapping twice asks once."""
    turn, draft, state = run.turn, run.draft, await _state(run)
    booking = await turn.core.book_for.book(
        turn.actor,
        ForClient(
            client_id=_client_id(run),
            wanted=run.wanted,
            start=state.starts_at,
            topic=draft.topic,
            location=draft.location,
        ),
    )
    run = await run.keep(booked_id=booking.id, asking=None)
    if booking.status is not Status.PENDING:
        return await card_reply(turn, booking.id)
    return run.reply(asked(turn.texts, state, booking.id))


async def _state(run: Run) -> ForState:
    turn, draft = run.turn, run.draft
    if draft.start is None:
        raise Conflict("draft_incomplete")
    client: Person = await turn.core.book_for.client(turn.actor, _client_id(run))
    kind = turn.practice.session_type(run.wanted.session_type_id)
    return ForState(
        draft=run.id,
        chosen=run.chosen(),
        client=client.name,
        client_zone=client.zone,
        starts_at=draft.start,
        ends_at=draft.start + run.duration,
        deadline=min(request_deadline(turn.now, draft.start, turn.practice.policy), draft.start),
        location=draft.location or kind.locations[0],
        locations=kind.locations,
        price=kind.price,
        address=kind.address,
        topic=draft.topic,
    )


def _client_id(run: Run) -> int:
    if run.draft.client_id is None:
        raise Conflict("draft_incomplete")
    return run.draft.client_id


def _acting(turn: Turn) -> Counselor:
    counselor = turn.practice.counselor_of_person(turn.person.id)
    if counselor is None:
        raise Forbidden("not_yours")
    return counselor
