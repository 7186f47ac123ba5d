"""Which jobs follow from which event: the one table of effects."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from core.db.engine import Connection
from core.domain.booking import nudge_at
from core.domain.events import Event, EventName
from core.domain.notification import Kind
from core.domain.side import Side
from core.jobs.queue import NewJob, cancel_group, enqueue

NOTIFY = "notify"
EXPIRE_REQUEST = "expire_request"


def request_group(booking_id: int) -> str:
    """The jobs that wait for a counselor's answer."""
    return f"request:{booking_id}"


def booking_group(booking_id: int) -> str:
    """The jobs that wait for a booking's start."""
    return f"booking:{booking_id}"


async def publish(conn: Connection, events: Sequence[Event]) -> None:
    """Enqueue what follows from the events, and drop what they settle, in the same transaction."""
    for event in events:
        for group in SETTLED.get(event.name, ()):
            await cancel_group(conn, group(event.booking.id))
    await enqueue(
        conn, [job for event in events for follow in FOLLOW_UPS.get(event.name, ()) for job in follow(event)]
    )


def _notify(event: Event, kind: Kind, side: Side, due: datetime | None = None, **extra: object) -> NewJob:
    booking = event.booking
    person = booking.client_id if side is Side.CLIENT else event.counselor_person_id
    suffix = "".join(f":{value}" for value in extra.values())
    return NewJob(
        kind=NOTIFY,
        key=f"notify:{booking.id}:{booking.version}:{kind}:{side}{suffix}",
        payload={"booking": booking.id, "kind": kind, "side": side, **extra},
        due=due or event.at,
        group=request_group(booking.id) if kind is Kind.REQUEST_NUDGE else booking_group(booking.id),
        lane=f"chat:{person}",
    )


def _tell_client(kind: Kind) -> Callable[[Event], Iterator[NewJob]]:
    def follow(event: Event) -> Iterator[NewJob]:
        if event.actor_id != event.booking.client_id:
            yield _notify(event, kind, Side.CLIENT)

    return follow


def _tell_counselor(kind: Kind) -> Callable[[Event], Iterator[NewJob]]:
    def follow(event: Event) -> Iterator[NewJob]:
        if event.actor_id != event.counselor_person_id:
            yield _notify(event, kind, Side.COUNSELOR)

    return follow


def _wait_for_answer(event: Event) -> Iterator[NewJob]:
    booking = event.booking
    deadline = booking.expires_at or event.at
    group = request_group(booking.id)
    yield _notify(event, Kind.REQUEST_NUDGE, Side.COUNSELOR, due=nudge_at(booking.created_at, deadline))
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


FOLLOW_UPS: Mapping[EventName, tuple[Callable[[Event], Iterator[NewJob]], ...]] = {
    EventName.REQUESTED: (
        _tell_client(Kind.REQUEST_RECEIVED),
        _tell_counselor(Kind.NEW_REQUEST),
        _wait_for_answer,
    ),
    EventName.CONFIRMED: (_tell_client(Kind.CONFIRMED), _tell_counselor(Kind.NEW_BOOKING), _remind),
    EventName.DECLINED: (_tell_client(Kind.DECLINED),),
    EventName.EXPIRED: (_tell_client(Kind.EXPIRED), _tell_counselor(Kind.EXPIRED_UNANSWERED)),
}
SETTLED: Mapping[EventName, tuple[Callable[[int], str], ...]] = {
    EventName.REQUESTED: (),
    EventName.CONFIRMED: (request_group,),
    EventName.DECLINED: (request_group,),
    EventName.EXPIRED: (request_group,),
}
