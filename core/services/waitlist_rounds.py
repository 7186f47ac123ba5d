"""Asking those who wait, one after the other: each gets a hold of their own and some minutes to decide."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from core.db.repositories.waitlist import InLine
from core.db.uow import Store, UnitOfWork
from core.domain.booking import Booking
from core.domain.counselor import Counselor
from core.domain.errors import Conflict, DomainError
from core.domain.notification import Kind
from core.domain.practice import Practice
from core.domain.side import Side
from core.domain.slots import find_slots
from core.domain.timespan import Timespan
from core.domain.waitlist import LOOK, OFFER, Opening, WaitlistEntry, WaitStatus
from core.domain.wall import date_range
from core.domain.zones import wall_time
from core.jobs.job import Job
from core.jobs.queue import NewJob, enqueue
from core.ports.clock import Clock
from core.services.both_ways import by_mail
from core.services.hold import MINUTE, check_admitted, end_hold_job, new_hold
from core.services.new_booking import add_new
from core.services.offers import Wanted, booking_window_end, check_wanted, slot_query, slot_rules
from core.services.subscribers import NOTIFY
from core.services.waitlist_offers import ask_job, opening_of

SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)
BEHIND = timedelta(hours=12)
"""How far the clocks of the last zone are behind UTC: a date before that is over everywhere."""


class WaitlistRounds:
    """What the jobs of the waitlist do."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def ask(self, job: Job) -> None:
        """Offer what has become free to those who wait for it, in order, each at most once in a round.

        Every offer is a transaction of its own. Who is in the middle of another booking, or has another
        offer, is asked when that has ended, if something is left by then.
        """
        opening = opening_of(job.payload)
        while await self._ask_or_look_again(opening):
            pass

    async def look(self) -> None:
        """Begin a round for everybody, in case other hours have made something free; past waits end."""
        now = self._clock.now()
        async with self._store.write() as uow:
            await uow.waitlist.end_past((now - BEHIND).date())
            await look_everywhere(uow, now)

    async def _ask_or_look_again(self, opening: Opening) -> bool:
        """As `_ask_next`; when another look has changed the line at the same moment there is more to see."""
        try:
            return await self._ask_next(opening)
        except Conflict as error:
            if error.code != "wait_changed":
                raise
            return True

    async def _ask_next(self, opening: Opening) -> bool:
        now = self._clock.now()
        async with self._store.write() as uow:
            practice = await uow.practice()
            counselor = practice.counselors.get(opening.counselor_id)
            if counselor is None or not counselor.active:
                return False
            span = _widened(opening.span, counselor, now)
            look = _Look(uow=uow, practice=practice, counselor=counselor, opening=opening, span=span, now=now)
            return await look.offer_to_the_first()


async def look_everywhere(uow: UnitOfWork, now: datetime) -> None:
    """Enqueue a round for every counselor for whom somebody waits, one for each state of the set-up."""
    name = f"{LOOK}{(await uow.practice()).revision}"
    await enqueue(
        uow.conn,
        [
            ask_job(Opening(counselor_id=each, round=name), f"{now:%Y%m%dT%H}", now)
            for each in await uow.waitlist.counselors()
        ],
    )


def _widened(span: Timespan | None, counselor: Counselor, now: datetime) -> Timespan:
    """The time in which something may have become free: with a daily limit these are whole dates."""
    if span is None:
        return Timespan(start=now, end=booking_window_end(counselor, now))
    if counselor.daily_limit is None:
        return span
    first, last = (wall_time(each, counselor.zone).date() for each in (span.start, span.end - SECOND))
    return date_range(counselor.zone, first, last)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """One look for the next to be asked; `found` keeps what is free apart from the clients' own sessions."""

    uow: UnitOfWork
    practice: Practice
    counselor: Counselor
    opening: Opening
    span: Timespan
    now: datetime
    found: dict[Wanted, list[datetime]] = field(default_factory=dict)

    async def offer_to_the_first(self) -> bool:
        """Make one offer; False when nobody is left who can be asked now."""
        queue = await self.uow.waitlist.queue(self.counselor.id, *self._dates())
        asked = {each.entry.client_id for each in queue if each.entry.was_asked(self.opening.round)}
        queue = [each for each in queue if each.entry.client_id not in asked]
        for each in queue:
            if each.entry.status is WaitStatus.WAITING and not self._is_busy(each):
                hold = await self._hold(each)
                if hold is not None:
                    await self._offer(each.entry, hold)
                    return True
        await self._ask_later([each.busy_until for each in queue if each.busy_until and self._is_busy(each)])
        return False

    def _dates(self) -> tuple[date, date]:
        """The dates that the span touches in any zone."""
        return (self.span.start - DAY).date(), (self.span.end + DAY).date()

    def _is_busy(self, line: InLine) -> bool:
        return line.busy_until is not None and line.busy_until > self.now

    async def _hold(self, line: InLine) -> Booking | None:
        """A hold for somebody waiting, as near as can be to the time that has become free."""
        entry = line.entry
        wanted = Wanted(
            counselor_id=entry.counselor_id, session_type_id=entry.session_type_id, minutes=entry.minutes
        )
        client = await self.uow.people.get(entry.client_id)
        try:
            _, kind = check_wanted(self.practice, wanted)
            await check_admitted(self.uow, self.practice, kind, client)
        except DomainError:
            return None
        if not client.reachable_in_chat:
            return None
        for start in await self._starts(line, wanted):
            lasting = min(max(OFFER, self.practice.policy.hold), start - self.now)
            hold = new_hold(self.practice, wanted, start, client.id, self.now, lasting)
            try:
                return await add_new(self.uow, hold, beside_hold=True)
            except Conflict:
                continue
        return None

    async def _starts(self, line: InLine, wanted: Wanted) -> list[datetime]:
        entry = line.entry
        wish = entry.span(line.client_zone or self.practice.zone)
        free = [each for each in await self._free(wanted) if each > self.now and wish.contains(each)]
        starts = [each for each in free if self.opening.was_taken or not entry.was_offered(each)]
        if not starts:
            return []
        theirs = await self._query(wanted, starts[0], starts[-1] + MINUTE, entry.client_id)
        freed = self.opening.span.start if self.opening.span else self.now
        return sorted(set(starts) & set(theirs), key=lambda each: (abs(each - freed), each))

    async def _free(self, wanted: Wanted) -> list[datetime]:
        """What is free for anybody of the time that has become free, whoever starts into it included."""
        if wanted not in self.found:
            kind = self.practice.session_type(wanted.session_type_id)
            rules = slot_rules(self.counselor, kind, wanted.minutes)
            first = max(self.now, self.span.start - rules.duration - rules.buffer)
            until = max(first, self.span.end)
            self.found[wanted] = await self._query(wanted, first, until, None)
        return self.found[wanted]

    async def _query(
        self, wanted: Wanted, first: datetime, until: datetime, client_id: int | None
    ) -> list[datetime]:
        query = await slot_query(
            self.uow, wanted, client_id=client_id, now=self.now, first=first, until=until
        )
        return find_slots(query)

    async def _offer(self, entry: WaitlistEntry, hold: Booking) -> None:
        until = hold.expires_at or hold.starts_at
        offered = entry.offer(hold.id, hold.starts_at, until, self.opening.round)
        await self.uow.waitlist.save(offered, WaitStatus.WAITING)
        await self.uow.audit.add(
            action="waitlist.offered",
            at=self.now,
            details={"entry": entry.id, "hold": hold.id, "starts_at": hold.starts_at.isoformat()},
        )
        tell = _tell_job(hold, self.now)
        await enqueue(self.uow.conn, [end_hold_job(hold, None), tell, by_mail(tell)])

    async def _ask_later(self, busy_until: list[datetime]) -> None:
        if busy_until:
            due = min(busy_until)
            await enqueue(self.uow.conn, [ask_job(self.opening, f"again:{due.isoformat()}", due)])


def _tell_job(hold: Booking, now: datetime) -> NewJob:
    kind = Kind.WAITLIST_OPENING
    return NewJob(
        kind=NOTIFY,
        key=f"{NOTIFY}:{hold.id}:{hold.version}:{kind}:{Side.CLIENT}",
        payload={"booking": hold.id, "kind": kind, "side": Side.CLIENT},
        due=now,
        lane=f"chat:{hold.client_id}",
        urgent=True,
    )
