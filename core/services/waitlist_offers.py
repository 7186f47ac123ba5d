"""From one person waiting to the next: what has become free, and the end of an offer."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from core.db.uow import UnitOfWork
from core.domain.booking import Booking
from core.domain.events import Event
from core.domain.person import Person
from core.domain.timespan import Timespan
from core.domain.waitlist import Opening, WaitlistEntry, WaitStatus
from core.domain.zones import wall_time
from core.jobs.queue import NewJob, enqueue
from core.services.offers import slot_rules

ASK_WAITING = "ask_waiting"
TELL_LAPSED = "tell_lapsed"


def ask_job(opening: Opening, cause: str, due: datetime) -> NewJob:
    """The job that asks those who wait for what has become free; one for each `cause` of a round."""
    span = opening.span
    return NewJob(
        kind=ASK_WAITING,
        key=f"{ASK_WAITING}:{opening.counselor_id}:{opening.round}:{cause}",
        payload={
            "counselor": opening.counselor_id,
            "round": opening.round,
            "span": span and [span.start.isoformat(), span.end.isoformat()],
        },
        due=due,
        urgent=True,
    )


def opening_of(payload: Mapping[str, Any]) -> Opening:
    """What `ask_job` wrote."""
    span = payload["span"] and [datetime.fromisoformat(each) for each in payload["span"]]
    return Opening(
        counselor_id=payload["counselor"],
        round=payload["round"],
        span=Timespan(start=span[0], end=span[1]) if span else None,
    )


def tell_lapsed_job(entry: WaitlistEntry, due: datetime) -> NewJob:
    """The job that tells somebody waiting that an offer which they left unanswered has lapsed."""
    start = entry.asked[-1].start.isoformat()
    return NewJob(
        kind=TELL_LAPSED,
        key=f"{TELL_LAPSED}:{entry.id}:{len(entry.asked)}",
        payload={"entry": entry.id, "start": start},
        due=due,
        lane=f"chat:{entry.client_id}",
    )


def freed_by(event: Event) -> Opening | None:
    """The time that a booking has given up by what happened to it; None where that is over already."""
    booking, proposal = event.booking, event.proposal
    moved = proposal is not None and booking.active
    start = proposal.original_starts_at if proposal is not None and moved else booking.starts_at
    span = Timespan(start=start, end=start + (booking.busy_until - booking.starts_at))
    if span.end <= event.at:
        return None
    return Opening(counselor_id=booking.counselor_id, round=f"{booking.id}:{booking.version}", span=span)


async def end_offer(uow: UnitOfWork, client_id: int, hold_id: int, now: datetime) -> WaitlistEntry | None:
    """After a hold that has gone without a booking: if it was an offer, the next is asked.

    The entry, whose client waits on; None when the hold was no offer.
    """
    entry = await uow.waitlist.of_hold(client_id, hold_id)
    if entry is None or entry.status is not WaitStatus.OFFERED:
        return None
    waiting = entry.wait_on()
    await uow.waitlist.save(waiting, WaitStatus.OFFERED)
    practice, last = await uow.practice(), entry.asked[-1]
    counselor, kind = practice.counselor(entry.counselor_id), practice.session_type(entry.session_type_id)
    rules = slot_rules(counselor, kind, entry.minutes)
    span = Timespan(start=last.start, end=last.start + rules.duration + rules.buffer)
    freed = Opening(counselor_id=counselor.id, round=last.round, span=span)
    await enqueue(uow.conn, [ask_job(freed, f"after:{hold_id}", now)])
    return waiting


async def end_offers(uow: UnitOfWork, client_id: int, now: datetime, *, but: int | None = None) -> None:
    """Pass on what is offered to a client, but the hold that they keep.

    Also an offer that has run out, and whose hold somebody has swept away: nothing else would end it once
    the job for the end of the client's hold is called off.
    """
    for entry in await uow.waitlist.open_of(client_id):
        if entry.status is WaitStatus.OFFERED and entry.hold_id is not None and entry.hold_id != but:
            await end_offer(uow, client_id, entry.hold_id, now)


async def end_waiting(uow: UnitOfWork, booking: Booking, client: Person) -> None:
    """A client who has booked waits no longer for such a session on that date of theirs."""
    zone = client.zone or (await uow.practice()).zone
    day = wall_time(booking.starts_at, zone).date()
    await uow.waitlist.served(client.id, booking.id, booking.counselor_id, booking.session_type_id, day)
