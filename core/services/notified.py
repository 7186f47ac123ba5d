"""What a message is about at the moment of its sending: one booking, or several of a series."""

from dataclasses import dataclass

from core.db.uow import UnitOfWork
from core.domain.booking import Booking
from core.domain.errors import NotFound
from core.domain.notification import NUDGES, OFFERS, RULES, Kind, offer_stands
from core.domain.reschedule import Proposal
from core.domain.series import asked_for, edition
from core.jobs.job import Job


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The bookings that a message is still true of, all of them `together` where they are several.

    `proposal` is the one that the message is about, `offers` are the open ones that are answered together,
    `edition` is how the series stands.
    """

    booking: Booking
    proposal: Proposal | None = None
    together: tuple[Booking, ...] = ()
    offers: tuple[Proposal, ...] = ()
    edition: int = 0


async def subject_of(uow: UnitOfWork, job: Job, kind: Kind) -> Subject | None:
    """What is to be told; None where there is nothing any more, or another message tells it."""
    if "together" in job.payload:
        return await _several(uow, job, kind)
    try:
        booking = await uow.bookings.get(job.payload["booking"])
    except NotFound:
        return None
    if kind in NUDGES and booking.series_id is not None:
        return await _waiting(uow, booking, booking.series_id)
    proposal = await uow.proposals.get(job.payload["proposal"]) if "proposal" in job.payload else None
    if proposal is not None and not offer_stands(kind, booking, proposal, job.payload["offer"]):
        return None
    return Subject(booking=booking, proposal=proposal)


async def _several(uow: UnitOfWork, job: Job, kind: Kind) -> Subject | None:
    every = [await uow.bookings.get(each) for each in job.payload["together"]]
    proposal = await uow.proposals.get(job.payload["proposal"]) if "proposal" in job.payload else None
    offers: list[Proposal] = []
    if proposal is not None and kind in OFFERS:
        standing = await uow.proposals.open_with(proposal)
        offers = [each for each in standing if each.version == job.payload["offer"]]
        offered = {each.booking_id for each in offers}
        every = [each for each in every if each.id in offered]
        proposal = next(iter(offers), None)
    told = [each for each in every if each.status in RULES[kind].statuses]
    if not told:
        return None
    whole = await uow.series.bookings(told[0].series_id) if told[0].series_id else told
    return Subject(
        booking=told[0],
        proposal=proposal,
        together=tuple(told),
        offers=tuple(offers),
        edition=edition(whole),
    )


async def _waiting(uow: UnitOfWork, booking: Booking, series_id: int) -> Subject | None:
    """Requests of a series are asked about once: by the first that still waits."""
    whole = await uow.series.bookings(series_id)
    waiting = asked_for(whole)
    if not waiting or waiting[0].id != booking.id:
        return None
    return Subject(booking=booking, together=tuple(waiting), edition=edition(whole))
