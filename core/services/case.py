"""A booking's case: who acts as what, with everything that the table of actions asks about."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from core.db.uow import UnitOfWork
from core.domain.access import Actor, party_of
from core.domain.actions import AHEAD, CLOSED, RUNNING, Case
from core.domain.booking import Booking, Status
from core.domain.errors import NotFound
from core.domain.events import Event


async def case_of(uow: UnitOfWork, actor: Actor, booking: Booking, now: datetime) -> Case:
    """The case of a booking just read; NotFound `booking_not_found` for a hold and for strangers."""
    practice = await uow.practice()
    counselor = practice.counselor(booking.counselor_id)
    party = party_of(actor, booking, counselor)
    if booking.status is Status.HELD:  # nobody has asked for anything yet
        raise NotFound("booking_not_found")
    return Case(
        booking=booking,
        party=party,
        now=now,
        policy=practice.policy,
        counselor_active=counselor.active,
        proposal=await uow.proposals.open_of(booking.id) if booking.status in AHEAD else None,
        review=await uow.reviews.get(booking.id) if booking.status in CLOSED else None,
        report=await uow.no_shows.get(booking.id) if booking.status in RUNNING | CLOSED else None,
    )


async def locked_case(uow: UnitOfWork, actor: Actor, booking_id: int, now: datetime) -> Case:
    """The case of a booking that nobody else changes until this transaction ends; NotFound as above."""
    return await case_of(uow, actor, await uow.bookings.lock(booking_id), now)


def together(bookings: Iterable[Booking]) -> tuple[int, ...]:
    """What the events of one act upon several bookings say of them; nothing where it is only one."""
    ids = tuple(each.id for each in bookings)
    return ids if len(ids) > 1 else ()


async def keep(uow: UnitOfWork, event: Event, details: Mapping[str, Any]) -> None:
    """Put what was done into the audit trail, with the policies in force, and have its effects enqueued."""
    booking = event.booking
    entry = {
        "status": booking.status,
        "version": booking.version,
        "starts_at": booking.starts_at.isoformat(),
        **details,
        "policy": event.policy.snapshot(),
    }
    await uow.audit.add(
        booking_id=booking.id, actor_id=event.actor_id, action=event.name, at=event.at, details=entry
    )
    uow.record(event)
