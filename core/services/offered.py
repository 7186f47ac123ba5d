"""What a negotiation about another time is about: one booking, or several of a series."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from core.db.uow import UnitOfWork
from core.domain.access import Actor
from core.domain.actions import Action, Case, require
from core.domain.errors import Conflict
from core.domain.reschedule import Proposal
from core.services.case import locked_case
from core.services.series_cases import following_cases


async def offered(
    uow: UnitOfWork, actor: Actor, action: Action, proposal_id: int, version: int, now: datetime
) -> list[Case]:
    """The cases of an offer that is acted on, locked: it stands as the actor has seen it.

    There are several, in order of time, where sessions of a series are to move together. Conflict as
    `actions.require` says, or `stale` when another offer stands by now; NotFound `proposal_not_found`,
    `booking_not_found`.
    """
    seen = await uow.proposals.get(proposal_id)
    case = await locked_case(uow, actor, seen.booking_id, now)
    require(action, case)
    proposal = case.proposal
    if proposal is None or (proposal.id, proposal.version) != (proposal_id, version):
        raise Conflict("stale", booking_id=case.booking.id, status=case.booking.status)
    cases = [
        case if each.booking_id == case.booking.id else await locked_case(uow, actor, each.booking_id, now)
        for each in await uow.proposals.open_with(proposal)
    ]
    for each in cases:
        require(action, each)
    return cases


def offer_of(case: Case) -> Proposal:
    """The open proposal of a case that has one."""
    if case.proposal is None:
        raise Conflict("proposal_closed", booking_id=case.booking.id)
    return case.proposal


async def to_move(
    uow: UnitOfWork, actor: Actor, booking_id: int, now: datetime, following: bool
) -> tuple[list[Case], int]:
    """The locked cases of what is to be moved, and as which version it must have been seen."""
    if following:
        booking = await uow.bookings.get(booking_id)
        return await following_cases(uow, actor, booking, now, lock=True)
    case = await locked_case(uow, actor, booking_id, now)
    return [case], case.booking.version


def as_one(offers: Sequence[Proposal]) -> list[Proposal]:
    """Offers that are answered together, and lapse together when the first of them does."""
    if len(offers) == 1:
        return list(offers)
    first, expires_at = offers[0].booking_id, min(each.expires_at for each in offers)
    return [replace(each, together=each.together or first, expires_at=expires_at) for each in offers]
