"""Sending notifications: each is decided anew from the booking as it is at that moment."""

from collections.abc import Awaitable
from datetime import datetime, timedelta

from core.db.uow import Store
from core.domain.booking import Booking, Status
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
from core.jobs.queue import enqueue
from core.ports.clock import Clock
from core.ports.messenger import Messenger, Unreachable
from core.services.hold import Holds
from core.services.join_links import JoinLinks
from core.services.meeting_facts import seen_in
from core.services.notified import subject_of
from core.services.outside import trouble_outside
from core.services.people import People
from core.services.programs import nudge_job


class Notifications:
    """The handlers of the jobs that write to people."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        people: People,
        holds: Holds,
        messenger: Messenger,
        links: JoinLinks | None = None,
    ) -> None:
        self._store = store
        self._holds = holds
        self._clock = clock
        self._people = people
        self._messenger = messenger
        self._links = links

    async def send(self, job: Job) -> None:
        """Deliver one message, or nothing where it is no longer true or cannot arrive."""
        notification = await self._compose(job)
        if notification is not None:
            await self._deliver(notification.to, self._messenger.notify(notification))

    async def nudge_later(self, job: Job) -> None:
        """Send a nudge to schedule the rest of a program and plan the next, while it is wanted."""
        program_id, client_id = job.payload["program"], job.payload["client"]
        async with self._store.write() as uow:
            program = (await uow.practice()).programs.get(program_id)
            enrollment = await uow.enrollments.get(program_id, client_id)
            if program is None or enrollment is None or not enrollment.nudges:
                return
            remaining = program.sessions - await uow.enrollments.used(program_id, client_id)
            if remaining <= 0:
                return
            client = await uow.people.get(client_id)
            await enqueue(uow.conn, [nudge_job(program_id, client_id, self._clock.now(), job.due)])
        if not client.reachable_in_chat:
            return
        nudge = LaterNudge(to=client, program=program, remaining=remaining)
        await self._deliver(client, self._messenger.nudge_later(nudge))

    async def hold_ended(self, job: Job) -> None:
        """Let go of a hold that has run out, and say so."""
        ended = await self._holds.end(job)
        if ended is not None and ended.to.reachable_in_chat:
            await self._deliver(ended.to, self._messenger.hold_ended(ended))

    async def tell_admin(self, job: Job) -> None:
        """Show an admin a no-show on which the two sides disagree, while it waits for a decision."""
        async with self._store.read() as uow:
            report = await uow.no_shows.get(job.payload["booking"])
            if report is None or report.status is not ReportStatus.DISPUTED:
                return
            booking = await uow.bookings.get(report.booking_id)
            practice = await uow.practice()
            dispute = Dispute(
                to=await uow.people.get(job.payload["person"]),
                report=report,
                booking=booking,
                counselor=practice.counselor(booking.counselor_id),
                client=await uow.people.get(booking.client_id),
                session_type=practice.session_type(booking.session_type_id),
            )
        if dispute.to.reachable_in_chat:
            await self._deliver(dispute.to, self._messenger.dispute(dispute))

    async def offer_lapsed(self, job: Job) -> None:
        """Tell somebody who waits on that a time is no longer kept for them."""
        async with self._store.read() as uow:
            entry = await uow.waitlist.get(job.payload["entry"])
            to, practice = await uow.people.get(entry.client_id), await uow.practice()
        if entry.status is WaitStatus.WAITING and to.reachable_in_chat:
            lapsed = OfferLapsed(
                to=to,
                entry=entry,
                start=datetime.fromisoformat(job.payload["start"]),
                counselor=practice.counselor(entry.counselor_id),
                session_type=practice.session_type(entry.session_type_id),
            )
            await self._deliver(to, self._messenger.offer_lapsed(lapsed))

    async def _deliver(self, to: Person, delivery: Awaitable[None]) -> None:
        try:
            with trouble_outside():
                await delivery
        except Unreachable:
            await self._people.blocked(to.id)

    async def _compose(self, job: Job) -> Notification | None:
        kind, side = Kind(job.payload["kind"]), Side(job.payload["side"])
        async with self._store.read() as uow:
            about = await subject_of(uow, job, kind)
            if about is None:
                return None
            booking = about.booking
            review = await uow.reviews.get(booking.id) if kind in AFTERWARDS else None
            report = await uow.no_shows.get(booking.id) if kind in AFTERWARDS else None
            if not still_true(kind, booking, review, report):
                return None
            practice = await uow.practice()
            counselor = practice.counselor(booking.counselor_id)
            client = await uow.people.get(booking.client_id)
            host = await uow.people.get(counselor.person_id)
            kept = await uow.meetings.get(booking.id) if booking.location.online else None
            seen = await seen_in(uow, booking) if kept and kind in AFTERWARDS else NOBODY
        to = client if side is Side.CLIENT else host
        if not to.reachable_in_chat:
            return None
        if _moved_since(job, booking) or self._has_run_out(booking):
            return None
        if kind is Kind.REMINDER and not self._wanted(job, booking, side, to, practice.policy):
            return None
        hours = job.payload.get("hours")
        return Notification(
            kind=kind,
            to=to,
            side=side,
            booking=booking,
            counselor=counselor,
            client=client,
            session_type=practice.session_type(booking.session_type_id),
            lead=None if hours is None else timedelta(hours=hours),
            proposal=about.proposal,
            policy=practice.policy,
            review=review,
            report=report,
            join=self._links.address(booking.id, side, kept) if self._links else None,
            seen=seen,
            together=about.together,
            offers=about.offers,
        )

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


def _moved_since(job: Job, booking: Booking) -> bool:
    """The message is about a start that is another by now."""
    starts_at = job.payload.get("starts_at")
    return starts_at is not None and datetime.fromisoformat(starts_at) != booking.starts_at
