"""No-show reports: the client says so, the counselor is asked, and where they disagree the admin decides."""

from dataclasses import dataclass, replace
from datetime import datetime

from core.db.repositories.no_shows import DisputeLine
from core.db.uow import Store, UnitOfWork
from core.domain.access import SYSTEM, Actor, require
from core.domain.actions import Action, Case, Party
from core.domain.actions import require as require_action
from core.domain.booking import Booking
from core.domain.counselor import Counselor
from core.domain.errors import Conflict, Forbidden, NotFound
from core.domain.events import EventName
from core.domain.no_show import Report, ReportStatus
from core.domain.outcome import Outcome, outcome_of
from core.domain.person import Person, Role
from core.domain.session_type import SessionType
from core.jobs.queue import NewJob, enqueue
from core.ports.clock import Clock
from core.services.both_ways import CHAT_LANE, both_ways
from core.services.case import case_of, locked_case
from core.services.running import check_seen, record, settle_as

TELL_ADMIN = "tell_admin"
__all__ = ["DisputeLine", "Disputes", "NoShows", "ReportDetails"]

PAGE_SIZE = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDetails:
    """A report with the booking it is about and everybody it names."""

    report: Report
    booking: Booking
    counselor: Counselor
    client: Person
    session_type: SessionType


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputes:
    """A page of the reports that wait for the admin, `page` counted from 0, and how many there are."""

    lines: tuple[DisputeLine, ...]
    page: int
    total: int


class NoShows:
    """Use cases about reports."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def report(
        self, actor: Actor, booking_id: int, version: int, claim: Outcome, words: str = ""
    ) -> Report:
        """The client says that the counselor did not come, or objects to being called absent.

        Conflict as `actions.require` says, or `stale`; Invalid `too_long`. Saying the same twice changes
        nothing.
        """
        async with self._store.write() as uow:
            case = await locked_case(uow, actor, booking_id, self._clock.now())
            known = case.report
            if known is not None and case.party is Party.CLIENT and known.says(claim, words):
                return known
            require_action(Action.REPORT_NO_SHOW, case)
            check_seen(case.booking, version, case.booking.version)
            if claim not in claims(case.booking):
                raise Conflict("moved_on", booking_id=booking_id)
            report = Report(booking_id=booking_id, claim=claim, words=words, created_at=case.now)
            await uow.no_shows.add(report)
            await record(uow, actor, EventName.NO_SHOW_REPORTED, case, case.booking, claim=claim)
            return report

    async def answer(
        self, actor: Actor, booking_id: int, version: int, outcome: Outcome, words: str = ""
    ) -> Report:
        """The counselor's side of it: agreed, it is settled; disputed, the admin is asked.

        `version` is the report's. Conflict as `actions.require` says, or `stale`; Invalid `too_long`. Saying
        the same twice changes nothing.
        """
        async with self._store.write() as uow:
            case = await locked_case(uow, actor, booking_id, self._clock.now())
            known = reported(case)
            if case.party is Party.COUNSELOR and known.answers(outcome, words):
                return known
            require_action(Action.ANSWER_REPORT, case)
            check_seen(case.booking, version, known.version)
            report = known.answered(outcome, words)
            await uow.no_shows.save(report)
            if report.status is ReportStatus.DISPUTED:
                await _dispute(uow, actor, case, report)
            else:
                await _settle(uow, actor, case, outcome)
            return report

    async def escalate(self, booking_id: int) -> Report | None:
        """Hand a report to the admin that its counselor has not answered; None when nothing is to do."""
        async with self._store.write() as uow:
            booking = await uow.bookings.lock(booking_id)
            known = await uow.no_shows.get(booking_id)
            if known is None or known.status is not ReportStatus.ASKED:
                return None
            policy = (await uow.practice()).policy
            case = Case(booking=booking, party=Party.ADMIN, now=self._clock.now(), policy=policy)
            report = known.unanswered()
            await uow.no_shows.save(report)
            await _dispute(uow, SYSTEM, case, report)
            return report

    async def tell_admins(self, booking_id: int, occasion: str) -> None:
        """Plan a message to each admin who may decide; once for each `occasion`."""
        now = self._clock.now()
        async with self._store.write() as uow:
            admins = await judges(uow, await uow.bookings.get(booking_id))
            await enqueue(
                uow.conn,
                list(both_ways((_tell(each, booking_id, occasion, now) for each in admins), TELL_ADMIN)),
            )

    async def decide(self, actor: Actor, booking_id: int, version: int, outcome: Outcome) -> Booking:
        """The admin says what became of the session, however long ago it was.

        `version` is the report's. Conflict as `actions.require` says, or `stale`; Forbidden `own_case` for an
        admin who was in the session, while there is another.
        """
        admin = require(actor, Role.ADMIN)
        async with self._store.write() as uow:
            case = await locked_case(uow, actor, booking_id, self._clock.now())
            case = replace(case, party=Party.ADMIN)
            known = reported(case)
            require_action(Action.DECIDE_REPORT, case)
            check_seen(case.booking, version, known.version)
            if admin.id not in {each.id for each in await judges(uow, case.booking)}:
                raise Forbidden("own_case")
            await uow.no_shows.save(known.decided(outcome, admin.id))
            return await _settle(uow, actor, case, outcome)

    async def details(self, actor: Actor, booking_id: int) -> ReportDetails:
        """A report for either side and for the admin; NotFound `report_not_found` or `booking_not_found`."""
        async with self._store.read() as uow:
            booking = await uow.bookings.get(booking_id)
            case = await case_of(uow, actor, booking, self._clock.now())
            practice = await uow.practice()
            return ReportDetails(
                report=reported(case),
                booking=booking,
                counselor=practice.counselor(booking.counselor_id),
                client=await uow.people.get(booking.client_id),
                session_type=practice.session_type(booking.session_type_id),
            )

    async def disputes(self, actor: Actor, page: int) -> Disputes:
        """What waits for the admin's decision, the oldest first."""
        require(actor, Role.ADMIN)
        async with self._store.read() as uow:
            total = await uow.no_shows.disputes()
            page = min(page, max(0, (total - 1) // PAGE_SIZE))
            lines = await uow.no_shows.page(page * PAGE_SIZE, PAGE_SIZE)
            return Disputes(lines=tuple(lines), page=page, total=total)


def claims(booking: Booking) -> tuple[Outcome, ...]:
    """What the client may say of a session: where they are called absent, also that it took place."""
    objection = (Outcome.TOOK_PLACE,) if outcome_of(booking) is Outcome.CLIENT_ABSENT else ()
    return (Outcome.COUNSELOR_ABSENT, *objection)


async def judges(uow: UnitOfWork, booking: Booking) -> list[Person]:
    """The admins who may decide: not those who were in the session, unless there is nobody else."""
    admins = await uow.people.with_role(Role.ADMIN)
    host = (await uow.practice()).counselor(booking.counselor_id)
    return [each for each in admins if each.id not in {booking.client_id, host.person_id}] or admins


def reported(case: Case) -> Report:
    """The report of a case; NotFound `report_not_found`."""
    if case.report is None:
        raise NotFound("report_not_found")
    return case.report


async def _dispute(uow: UnitOfWork, actor: Actor, case: Case, report: Report) -> None:
    said = {"claim": report.claim, "answer": report.answer}
    await record(uow, actor, EventName.NO_SHOW_DISPUTED, case, case.booking, **said)


async def _settle(uow: UnitOfWork, actor: Actor, case: Case, outcome: Outcome) -> Booking:
    """Store what was agreed or decided; where it is as before, everybody is told so."""
    if outcome_of(case.booking) is outcome:
        await record(uow, actor, EventName.NO_SHOW_DECIDED, case, case.booking, outcome=outcome)
        return case.booking
    return await settle_as(uow, actor, case, outcome)


def _tell(admin: Person, booking_id: int, occasion: str, now: datetime) -> NewJob:
    return NewJob(
        kind=TELL_ADMIN,
        key=f"{occasion}:{admin.id}",
        payload={"booking": booking_id, "person": admin.id},
        due=now,
        lane=f"{CHAT_LANE}{admin.id}",
    )
