"""What there is to say to whom: each message is decided anew from the state at the moment of sending."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from core.db.uow import Store, UnitOfWork
from core.domain.booking import Booking, Status
from core.domain.channel import TOPICS, Channel, Choices, Topic, reached_on
from core.domain.errors import NotFound
from core.domain.meeting import NOBODY
from core.domain.no_show import ReportStatus
from core.domain.notification import (
    AFTERWARDS,
    Dispute,
    Kind,
    LaterNudge,
    Notification,
    OfferLapsed,
    still_true,
)
from core.domain.person import Person
from core.domain.policy import Policy
from core.domain.side import Side
from core.domain.waitlist import WaitStatus
from core.jobs.job import Job
from core.ports.clock import Clock
from core.services.join_links import JoinLinks
from core.services.meeting_facts import seen_in
from core.services.notified import Subject, subject_of

M = TypeVar("M")
DISPUTED, LAPSED, LATER = "no_show_disputed", "waitlist_lapsed", "schedule_later_nudge"
"""Kinds of messages that are not about one side of a booking."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed(Generic[M]):
    """A message of a kind to a person; None where it is no longer true. `topic` None: always wanted."""

    to: Person
    kind: str
    message: M | None
    topic: Topic | None = None
    booking_id: int | None = None
    choices: Choices = field(default_factory=Choices)

    def wanted_on(self, channel: Channel) -> bool:
        """The person wants to hear of this there."""
        return self.topic is None or self.choices.allow(self.topic, channel, reached_on(self.to))


class Composer:
    """Reads what messages are about."""

    def __init__(self, store: Store, clock: Clock, links: JoinLinks | None = None) -> None:
        self._store = store
        self._clock = clock
        self._links = links

    async def notification(self, job: Job) -> Composed[Notification] | None:
        """The message about a booking that `job` is for; None where the booking is gone."""
        kind, side = Kind(job.payload["kind"]), Side(job.payload["side"])
        async with self._store.read() as uow:
            to = await _recipient(uow, job, side)
            if to is None:
                return None
            return Composed(
                to=to,
                kind=kind,
                topic=TOPICS[kind],
                booking_id=job.payload["booking"],
                choices=await uow.choices.get(to.id),
                message=await self._notification(uow, job, kind, side, to),
            )

    async def later(self, job: Job) -> Composed[LaterNudge] | None:
        """The nudge to schedule the rest of a program, while it is wanted and there is a rest."""
        program_id, client_id = job.payload["program"], job.payload["client"]
        async with self._store.read() as uow:
            nudge = await later_nudge(uow, program_id, client_id)
            if nudge is None:
                return None
            choices = await uow.choices.get(client_id)
        return Composed(to=nudge.to, kind=LATER, topic=Topic.OFFERS, message=nudge, choices=choices)

    async def dispute(self, job: Job) -> Composed[Dispute] | None:
        """A no-show on which the two sides disagree, while it waits for a decision."""
        async with self._store.read() as uow:
            report = await uow.no_shows.get(job.payload["booking"])
            if report is None or report.status is not ReportStatus.DISPUTED:
                return None
            booking, practice = await uow.bookings.get(report.booking_id), await uow.practice()
            dispute = Dispute(
                to=await uow.people.get(job.payload["person"]),
                report=report,
                booking=booking,
                counselor=practice.counselor(booking.counselor_id),
                client=await uow.people.get(booking.client_id),
                session_type=practice.session_type(booking.session_type_id),
            )
        return Composed(to=dispute.to, kind=DISPUTED, message=dispute, booking_id=booking.id)

    async def lapsed(self, job: Job) -> Composed[OfferLapsed] | None:
        """That a time is no longer kept for somebody, who waits on."""
        async with self._store.read() as uow:
            entry = await uow.waitlist.get(job.payload["entry"])
            if entry.status is not WaitStatus.WAITING:
                return None
            to, practice = await uow.people.get(entry.client_id), await uow.practice()
            choices = await uow.choices.get(to.id)
        lapsed = OfferLapsed(
            to=to,
            entry=entry,
            start=datetime.fromisoformat(job.payload["start"]),
            counselor=practice.counselor(entry.counselor_id),
            session_type=practice.session_type(entry.session_type_id),
        )
        return Composed(to=to, kind=LAPSED, topic=Topic.OFFERS, message=lapsed, choices=choices)

    async def _notification(
        self, uow: UnitOfWork, job: Job, kind: Kind, side: Side, to: Person
    ) -> Notification | None:
        about = await subject_of(uow, job, kind)
        if about is None:
            return None
        booking, practice = about.booking, await uow.practice()
        review = await uow.reviews.get(booking.id) if kind in AFTERWARDS else None
        report = await uow.no_shows.get(booking.id) if kind in AFTERWARDS else None
        timely = self._is_timely(job, kind, about, side, to, practice.policy)
        if not timely or not still_true(kind, booking, review, report):
            return None
        kept = await uow.meetings.get(booking.id) if booking.location.online else None
        hours = job.payload.get("hours")
        return Notification(
            kind=kind,
            to=to,
            side=side,
            booking=booking,
            counselor=practice.counselor(booking.counselor_id),
            client=await uow.people.get(booking.client_id),
            session_type=practice.session_type(booking.session_type_id),
            lead=None if hours is None else timedelta(hours=hours),
            proposal=about.proposal,
            policy=practice.policy,
            review=review,
            report=report,
            join=self._links.address(booking.id, side, kept) if self._links else None,
            seen=await seen_in(uow, booking) if kept and kind in AFTERWARDS else NOBODY,
            together=about.together,
            offers=about.offers,
            edition=about.edition,
        )

    def _is_timely(
        self, job: Job, kind: Kind, about: Subject, side: Side, to: Person, policy: Policy
    ) -> bool:
        booking = about.booking
        if _moved_since(job, booking) or self._has_run_out(booking):
            return False
        return kind is not Kind.REMINDER or self._wanted(job, booking, side, to, policy)

    def _has_run_out(self, booking: Booking) -> bool:
        """A hold that is no longer kept for anybody."""
        ended = booking.expires_at is not None and booking.expires_at <= self._clock.now()
        return booking.status is Status.HELD and ended

    def _wanted(self, job: Job, booking: Booking, side: Side, to: Person, policy: Policy) -> bool:
        """Both agreed to it, and no reminder nearer to the start is due as well."""
        if not to.reminders or (side is Side.CLIENT and not booking.reminders):
            return False
        left = booking.starts_at - self._clock.now()
        nearer = [lead for lead in policy.reminders if lead < timedelta(hours=job.payload["hours"])]
        return left > max(nearer, default=timedelta())


async def later_nudge(uow: UnitOfWork, program_id: int, client_id: int) -> LaterNudge | None:
    """What is left of a program for a client who wants to be told; None where there is nothing to tell."""
    program = (await uow.practice()).programs.get(program_id)
    enrollment = await uow.enrollments.get(program_id, client_id)
    if program is None or enrollment is None or not enrollment.nudges:
        return None
    remaining = program.sessions - await uow.enrollments.used(program_id, client_id)
    if remaining <= 0:
        return None
    return LaterNudge(to=await uow.people.get(client_id), program=program, remaining=remaining)


async def _recipient(uow: UnitOfWork, job: Job, side: Side) -> Person | None:
    try:
        booking = await uow.bookings.get(job.payload["booking"])
    except NotFound:
        return None
    counselor = (await uow.practice()).counselor(booking.counselor_id)
    return await uow.people.get(booking.client_id if side is Side.CLIENT else counselor.person_id)


def _moved_since(job: Job, booking: Booking) -> bool:
    """The message is about a start that is another by now."""
    starts_at = job.payload.get("starts_at")
    return starts_at is not None and datetime.fromisoformat(starts_at) != booking.starts_at
