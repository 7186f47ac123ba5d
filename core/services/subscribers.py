"""Which jobs follow from which event: the one table of effects."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeAlias

from core.db.engine import Connection
from core.domain.booking import Status, nudge_at
from core.domain.events import Event, EventName
from core.domain.no_show import ANSWER_WITHIN
from core.domain.notification import NUDGES, Kind
from core.domain.outcome import COMPLETES_AFTER
from core.domain.side import Side
from core.jobs.queue import NewJob, cancel_group, enqueue
from core.services.both_ways import both_ways, by_mail
from core.services.meeting import keep_meeting
from core.services.quiet import kept_quiet
from core.services.waitlist_offers import ask_job, freed_by

Follow: TypeAlias = Callable[[Event], Iterator[NewJob]]
"""What follows from an event."""

NOTIFY = "notify"
EXPIRE_REQUEST = "expire_request"
EXPIRE_PROPOSAL = "expire_proposal"
COMPLETE_SESSION = "complete_session"
ESCALATE_REPORT = "escalate_report"
TELL_ADMINS = "tell_admins"
REVIEW_SETTLES = timedelta(minutes=10)
"""How long the counselor is told of a review after its stars: the words to them follow."""


def request_group(booking_id: int) -> str:
    """The jobs that wait for a counselor's answer."""
    return f"request:{booking_id}"


def proposal_group(booking_id: int) -> str:
    """The job that waits for the end of an offer of another time."""
    return f"proposal:{booking_id}"


def booking_group(booking_id: int) -> str:
    """The jobs that wait for a booking's start."""
    return f"booking:{booking_id}"


def outcome_group(booking_id: int) -> str:
    """The jobs that wait for a session's end."""
    return f"outcome:{booking_id}"


def report_group(booking_id: int) -> str:
    """The jobs that wait for an answer to a no-show report."""
    return f"report:{booking_id}"


async def publish(conn: Connection, events: Sequence[Event]) -> None:
    """Enqueue what follows from the events, and drop what they settle, in the same transaction."""
    for event in events:
        for group in SETTLED.get(event.name, ()):
            await cancel_group(conn, group(event.booking.id))
    jobs = [job for event in events for follow in FOLLOW_UPS.get(event.name, ()) for job in follow(event)]
    if jobs:
        booking, now = events[0].booking, events[0].at
        await enqueue(conn, await kept_quiet(conn, list(both_ways(jobs, NOTIFY)), booking.zone, now))


def _tell(event: Event, kind: Kind, side: Side, **extra: object) -> Iterator[NewJob]:
    """A message about what was done: of several bookings of a series only one, which names all of them."""
    if not event.told:
        return
    message = _notify(event, kind, side, None, **extra)
    if event.together:
        together = {**message.payload, "together": list(event.together)}
        message = replace(message, payload=together, group=None)  # true as long as it is of any of them
    yield message


def _notify(event: Event, kind: Kind, side: Side, due: datetime | None = None, **extra: object) -> NewJob:
    booking = event.booking
    person = booking.client_id if side is Side.CLIENT else event.counselor_person_id
    suffix = "".join(f":{value}" for value in extra.values())
    return NewJob(
        kind=NOTIFY,
        key=f"notify:{booking.id}:{booking.version}:{kind}:{side}{suffix}",
        payload={"booking": booking.id, "kind": kind, "side": side, **extra},
        due=due or event.at,
        group=request_group(booking.id) if kind in NUDGES else booking_group(booking.id),
        lane=f"chat:{person}",
    )


def _tell_client(kind: Kind) -> Callable[[Event], Iterator[NewJob]]:
    def follow(event: Event) -> Iterator[NewJob]:
        if event.actor_id != event.booking.client_id:
            yield from _tell(event, kind, Side.CLIENT)

    return follow


def _mail_to_client(kind: Kind) -> Callable[[Event], Iterator[NewJob]]:
    """Who books in the chat sees it there, and has it in writing by e-mail."""

    def follow(event: Event) -> Iterator[NewJob]:
        if event.actor_id == event.booking.client_id:
            yield from map(by_mail, _tell(event, kind, Side.CLIENT))

    return follow


def _tell_counselor(kind: Kind) -> Callable[[Event], Iterator[NewJob]]:
    def follow(event: Event) -> Iterator[NewJob]:
        if event.actor_id != event.counselor_person_id:
            yield from _tell(event, kind, Side.COUNSELOR)

    return follow


def _by_asked(counselor: Sequence[Follow], client: Sequence[Follow]) -> Callable[[Event], Iterator[NewJob]]:
    """What follows depends on the side whose answer the request awaits."""
    asked = {Side.COUNSELOR: counselor, Side.CLIENT: client}

    def follow(event: Event) -> Iterator[NewJob]:
        for each in asked[event.booking.awaits]:
            yield from each(event)

    return follow


def _tell_of_offer(kind: Kind) -> Callable[[Event], Iterator[NewJob]]:
    """Both sides but the one who did it; `offer` is the proposal's version that the message is about."""

    def follow(event: Event) -> Iterator[NewJob]:
        sides = {Side.CLIENT: event.booking.client_id, Side.COUNSELOR: event.counselor_person_id}
        proposal = event.proposal
        for side, person in sides.items():
            if proposal is not None and person != event.actor_id:
                yield from _tell(event, kind, side, proposal=proposal.id, offer=proposal.version)

    return follow


def _wait_for_offer(event: Event) -> Iterator[NewJob]:
    proposal = event.proposal
    if proposal is not None:
        yield NewJob(
            kind=EXPIRE_PROPOSAL,
            key=f"expire_proposal:{proposal.id}:{proposal.version}",
            payload={"proposal": proposal.id},
            due=proposal.expires_at,
            group=proposal_group(event.booking.id),
        )


def _wait_for_answer(event: Event) -> Iterator[NewJob]:
    yield from _wait(event, event.booking.created_at)


def _wait_on(event: Event) -> Iterator[NewJob]:
    """A request whose deadline had paused while another time was on offer."""
    if event.booking.status is Status.PENDING:
        yield from _wait(event, event.at)


def _wait(event: Event, since: datetime) -> Iterator[NewJob]:
    booking = event.booking
    deadline = booking.expires_at or event.at
    group = request_group(booking.id)
    if deadline > since:
        kind = Kind.REQUEST_NUDGE if booking.awaits is Side.COUNSELOR else Kind.BOOKED_FOR_NUDGE
        yield _notify(event, kind, booking.awaits, due=nudge_at(since, deadline))
    yield NewJob(
        kind=EXPIRE_REQUEST,
        key=f"expire:{booking.id}:{booking.version}",
        payload={"booking": booking.id},
        due=deadline,
        group=group,
    )


def _remind(event: Event) -> Iterator[NewJob]:
    booking = event.booking
    for lead in event.policy.reminders:
        due = booking.starts_at - lead
        if due <= event.at:
            continue
        for side in Side:
            yield _notify(
                event,
                Kind.REMINDER,
                side,
                due=due,
                hours=lead // timedelta(hours=1),
                starts_at=booking.starts_at.isoformat(),
            )


def plan_outcome(event: Event) -> Iterator[NewJob]:
    """At the end of the session its counselor is asked how it went; a day later it counts as completed."""
    booking = event.booking
    starts_at = booking.starts_at.isoformat()
    asked = _notify(event, Kind.OUTCOME_ASKED, Side.COUNSELOR, due=booking.ends_at, starts_at=starts_at)
    yield replace(asked, group=outcome_group(booking.id))
    yield NewJob(
        kind=COMPLETE_SESSION,
        key=f"complete:{booking.id}:{booking.version}",
        payload={"booking": booking.id},
        due=booking.ends_at + COMPLETES_AFTER,
        group=outcome_group(booking.id),
    )


def _wait_for_word(event: Event) -> Iterator[NewJob]:
    booking = event.booking
    yield NewJob(
        kind=ESCALATE_REPORT,
        key=f"escalate:{booking.id}:{booking.version}",
        payload={"booking": booking.id},
        due=event.at + ANSWER_WITHIN,
        group=report_group(booking.id),
    )


def _tell_admins(event: Event) -> Iterator[NewJob]:
    booking = event.booking
    yield NewJob(
        kind=TELL_ADMINS,
        key=f"tell_admins:{booking.id}:{event.at.isoformat()}",
        payload={"booking": booking.id},
        due=event.at,
    )


def _tell_of_review(event: Event) -> Iterator[NewJob]:
    if event.actor_id != event.counselor_person_id:
        due = event.at + REVIEW_SETTLES
        yield _notify(event, Kind.REVIEW_WRITTEN, Side.COUNSELOR, due=due)


def _ask_waiting(event: Event) -> Iterator[NewJob]:
    """Those who wait are asked about the time that the booking has given up."""
    freed = freed_by(event)
    if freed is not None:
        yield ask_job(freed, "freed", event.at)


FOLLOW_UPS: Mapping[EventName, tuple[Follow, ...]] = {
    EventName.REQUESTED: (
        _by_asked(
            counselor=(
                _tell_client(Kind.REQUEST_RECEIVED),
                _mail_to_client(Kind.REQUEST_RECEIVED),
                _tell_counselor(Kind.NEW_REQUEST),
            ),
            client=(_tell_client(Kind.BOOKED_FOR),),
        ),
        _wait_for_answer,
    ),
    EventName.CONFIRMED: (
        _tell_client(Kind.CONFIRMED),
        _mail_to_client(Kind.CONFIRMED),
        _tell_counselor(Kind.NEW_BOOKING),
        _remind,
        plan_outcome,
        keep_meeting,
    ),
    EventName.DECLINED: (
        _by_asked(counselor=(_tell_client(Kind.DECLINED),), client=(_tell_counselor(Kind.TURNED_DOWN),)),
        _ask_waiting,
    ),
    EventName.EXPIRED: (
        _tell_client(Kind.EXPIRED),
        _tell_counselor(Kind.EXPIRED_UNANSWERED),
        _ask_waiting,
    ),
    EventName.CANCELLED: (
        _tell_client(Kind.CANCELLED),
        _tell_counselor(Kind.CANCELLED),
        _ask_waiting,
        keep_meeting,
    ),
    EventName.RESCHEDULE_REQUESTED: (_tell_of_offer(Kind.RESCHEDULE_REQUESTED), _wait_for_offer),
    EventName.RESCHEDULE_COUNTERED: (_tell_of_offer(Kind.RESCHEDULE_COUNTERED), _wait_for_offer),
    EventName.RESCHEDULE_ACCEPTED: (
        _tell_of_offer(Kind.RESCHEDULE_ACCEPTED),
        _remind,
        plan_outcome,
        _ask_waiting,
        keep_meeting,
    ),
    EventName.RESCHEDULE_REJECTED: (_tell_of_offer(Kind.RESCHEDULE_REJECTED), _wait_on),
    EventName.RESCHEDULE_WITHDRAWN: (_tell_of_offer(Kind.RESCHEDULE_WITHDRAWN), _wait_on),
    EventName.RESCHEDULE_EXPIRED: (_tell_of_offer(Kind.RESCHEDULE_EXPIRED), _wait_on),
    EventName.STARTED: (),
    EventName.COMPLETED: (_tell_client(Kind.COMPLETED), _tell_counselor(Kind.COMPLETED)),
    EventName.NO_SHOW: (_tell_client(Kind.NO_SHOW), _tell_counselor(Kind.NO_SHOW)),
    EventName.NO_SHOW_REPORTED: (_tell_counselor(Kind.NO_SHOW_REPORTED), _wait_for_word),
    EventName.NO_SHOW_DISPUTED: (_tell_admins,),
    EventName.NO_SHOW_DECIDED: (_tell_client(Kind.NO_SHOW_DECIDED), _tell_counselor(Kind.NO_SHOW_DECIDED)),
    EventName.REVIEW_WRITTEN: (_tell_of_review,),
    EventName.REVIEW_ANSWERED: (_tell_client(Kind.REVIEW_ANSWERED),),
}
SETTLED: Mapping[EventName, tuple[Callable[[int], str], ...]] = {
    EventName.REQUESTED: (),
    EventName.CONFIRMED: (request_group,),
    EventName.DECLINED: (request_group,),
    EventName.EXPIRED: (request_group,),
    EventName.CANCELLED: (request_group, proposal_group, booking_group, outcome_group),
    EventName.RESCHEDULE_REQUESTED: (request_group,),
    EventName.RESCHEDULE_COUNTERED: (proposal_group,),
    EventName.RESCHEDULE_ACCEPTED: (request_group, proposal_group, booking_group, outcome_group),
    EventName.RESCHEDULE_REJECTED: (proposal_group,),
    EventName.RESCHEDULE_WITHDRAWN: (proposal_group,),
    EventName.RESCHEDULE_EXPIRED: (proposal_group,),
    EventName.STARTED: (proposal_group,),
    EventName.COMPLETED: (proposal_group, outcome_group, report_group),
    EventName.NO_SHOW: (proposal_group, outcome_group, report_group),
    EventName.NO_SHOW_REPORTED: (),
    EventName.NO_SHOW_DISPUTED: (report_group,),
    EventName.NO_SHOW_DECIDED: (report_group,),
    EventName.REVIEW_WRITTEN: (),
    EventName.REVIEW_ANSWERED: (),
}
