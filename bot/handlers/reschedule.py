"""Negotiating another time: looking for one, offering it, and answering an offer by one tap."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.callbacks import AcceptTime, Counter, KeepTime, Reschedule, SendOffer, Withdraw
from bot.drafts import Draft
from bot.handlers.booking_steps import month_step
from bot.handlers.bookings import card_of, card_reply
from bot.handlers.series_scope import scope_step
from bot.handlers.wizard import Run, open_run, start_run
from bot.screens.on_behalf import BehalfState, on_whose_behalf
from bot.screens.reschedule import OfferState, accept_refused, agreed, offer, sent, stays
from bot.turn import Reply, Turn
from core.domain.actions import Action, Party, refusal, require
from core.domain.booking import Status
from core.domain.counselor import Counselor
from core.domain.errors import Conflict
from core.domain.person import Person
from core.domain.reschedule import expiry
from core.domain.side import Side
from core.domain.zones import zone
from core.services.listing import BookingDetails

TAKEN = frozenset({"slot_taken", "client_busy"})


async def reschedule(turn: Turn, tap: Reschedule) -> Reply:
    """Look for another time."""
    found = await turn.core.listing.look(turn.actor, tap.booking_id)
    require(Action.RESCHEDULE, found.case)
    if found.case.party is Party.ADMIN:
        return _choose_side(turn, found)
    which = await scope_step(turn, found, Action.RESCHEDULE)
    return which or await look_for(turn, found, seen=found.booking.version)


async def counter(turn: Turn, tap: Counter) -> Reply:
    """Look for another time in answer to an offer."""
    found = await turn.core.listing.offer(turn.actor, tap.proposal_id, tap.version)
    require(Action.COUNTER, found.case)
    offered = found.case.proposal
    first = offered.id if offered else tap.proposal_id
    together = offered is not None and offered.together is not None
    return await look_for(turn, found, seen=tap.version, proposal_id=first, following=together)


def _choose_side(turn: Turn, found: BookingDetails) -> Reply:
    """An admin says first on whose behalf it is."""
    may = [replace(found.case, acting_for=side) for side in Side]
    state = BehalfState(
        booking=found.booking,
        session_type=found.session_type.title,
        names={Side.CLIENT: found.client.name, Side.COUNSELOR: found.counselor.name},
        sides=tuple(case.side for case in may if refusal(Action.RESCHEDULE, case) is None),
    )
    return Reply(screen=on_whose_behalf(turn.texts, state))


async def look_for(
    turn: Turn,
    found: BookingDetails,
    *,
    seen: int,
    proposal_id: int | None = None,
    behalf: Side | None = None,
    following: bool = False,
) -> Reply:
    """Begin the wizard that looks for another time; an admin's is on behalf of one side.

    With those `following` it in its series, `seen` is the edition of that.
    """
    booking = found.booking
    draft = Draft(
        counselor_id=booking.counselor_id,
        session_type_id=booking.session_type_id,
        minutes=booking.minutes,
        moving=booking.id,
        seen=seen,
        proposal_id=proposal_id,
        moved_from=booking.starts_at,
        other=_asked(found, behalf).name,
        for_client=found.case.side is Side.COUNSELOR,
        behalf=behalf,
        following=following,
    )
    return await month_step(await start_run(turn, draft), None)


async def offer_step(run: Run, start: datetime) -> Reply:
    """Show what is about to be offered, while the time is still free: Conflict as for a hold otherwise."""
    turn, draft = run.turn, run.draft
    found = await turn.core.listing.look(turn.actor, draft.moving or 0)
    moves = await turn.core.move_times.check(turn.actor, found.booking.id, start, following=draft.following)
    day = start.astimezone(zone(turn.zone)).date()
    run = await run.keep(start=start, day=day, asking=None)
    booking = found.booking
    state = OfferState(
        draft=run.id,
        session_type=found.session_type.title,
        other=_asked(found, draft.behalf).name,
        other_zone=_asked(found, draft.behalf).zone,
        old=(booking.starts_at, booking.ends_at),
        new=(start, start + timedelta(minutes=booking.minutes)),
        expires_at=expiry(turn.now, start, booking.starts_at, found.case.policy),
        request=booking.status is Status.PENDING,
        moves=tuple(moves) if draft.following else (),
    )
    return run.reply(offer(turn.texts, state))


def _asked(found: BookingDetails, behalf: Side | None) -> Counselor | Person:
    """Whose answer is waited for."""
    return found.counselor if behalf is Side.CLIENT else found.other


async def send_offer(turn: Turn, tap: SendOffer) -> Reply:
    """Offer the chosen time, as the beginning of a negotiation or in answer to an offer."""
    run = await open_run(turn, tap.draft)
    draft = run.draft
    if draft.moving is None or draft.start is None:
        raise Conflict("draft_incomplete")
    core = turn.core.reschedules
    if draft.proposal_id is None:
        await core.propose(
            turn.actor, draft.moving, draft.seen, draft.start, draft.behalf, following=draft.following
        )
    else:
        await core.counter(turn.actor, draft.proposal_id, draft.seen, draft.start)
    await run.keep(booked_id=draft.moving)
    return await card_reply(turn, draft.moving, toast=sent(turn.texts, draft.other))


async def accept_time(turn: Turn, tap: AcceptTime) -> Reply:
    """Agree to the new time; where it has been taken meanwhile the offer stays open."""
    try:
        booking = await turn.core.reschedules.accept(turn.actor, tap.proposal_id, tap.version)
    except Conflict as refused:
        if refused.code not in TAKEN:
            raise
        found = await turn.core.listing.offer(turn.actor, tap.proposal_id, tap.version)
        words = accept_refused(turn.texts, refused.code, found.case.side)
        return await card_of(turn, found, toast=words, alert=True)
    return await card_reply(turn, booking.id, toast=agreed(turn.texts, booking.starts_at))


async def keep_time(turn: Turn, tap: KeepTime) -> Reply:
    """Keep the old time."""
    booking = await turn.core.reschedules.keep_time(turn.actor, tap.proposal_id, tap.version)
    return await card_reply(turn, booking.id, toast=stays(turn.texts))


async def withdraw(turn: Turn, tap: Withdraw) -> Reply:
    """Take one's own offer back."""
    booking = await turn.core.reschedules.withdraw(turn.actor, tap.proposal_id, tap.version)
    return await card_reply(turn, booking.id, toast=stays(turn.texts))
