"""A small plain model of the practice: what is free, who may book, what comes back."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from core.domain.actions import Party
from core.domain.booking import Status
from core.domain.side import Side
from core.domain.waitlist import WaitStatus
from tests.core.services.life.known import Session, Wait
from tests.core.services.life.terms import HOUR, MINUTE, PROGRAM_SESSIONS, STANDARD, Terms, on_the_clock, wall

ADMIN = "ada"
OPEN = (WaitStatus.WAITING, WaitStatus.OFFERED)
USING = frozenset({Status.PENDING, Status.CONFIRMED, Status.IN_PROGRESS, Status.COMPLETED})


@dataclass(slots=True)
class Model:
    """Everything that is known at `now`."""

    now: datetime
    chosen: dict[str, int | bool] = field(default_factory=dict)
    sessions: dict[int, Session] = field(default_factory=dict)
    holds: dict[str, Session] = field(default_factory=dict)
    waits: dict[int, Wait] = field(default_factory=dict)
    away: dict[str, set[date]] = field(default_factory=lambda: {"ann": set(), "ben": set()})
    left: set[str] = field(default_factory=set)
    enrolled: set[str] = field(default_factory=set)
    nudged: set[str] = field(default_factory=set)

    def policy(self, name: str) -> int:
        return self.chosen.get(name, STANDARD[name])

    def hours(self, name: str) -> timedelta:
        return self.policy(name) * HOUR

    def party(self, session: Session, who: str) -> Party | None:
        """As what somebody acts on a session; None for strangers."""
        if who == session.counselor:
            return Party.COUNSELOR
        if who == session.client:
            return Party.CLIENT
        return Party.ADMIN if who == ADMIN else None

    def hold(self, client: str) -> Session | None:
        """The slot that is kept for a client at this moment."""
        hold = self.holds.get(client)
        return hold if hold is not None and hold.until is not None and hold.until > self.now else None

    def live(self) -> Iterator[Session]:
        """Everything that takes time now."""
        yield from (each for each in self.sessions.values() if each.active)
        yield from (hold for client in self.holds if (hold := self.hold(client)))

    def admission(self, kind: str, client: str) -> str | None:
        """Why a client may not book such a session."""
        if kind != "lesson":
            return None
        if client not in self.enrolled:
            return "not_enrolled"
        return "program_used_up" if self.remaining(client) <= 0 else None

    def remaining(self, client: str) -> int:
        """How many lessons are left: those the client missed are used, those the counselor missed are not."""
        lessons = [each for each in self.sessions.values() if (each.client, each.kind) == (client, "lesson")]
        used = [each for each in lessons if each.status in USING or each.absent is Side.CLIENT]
        return PROGRAM_SESSIONS - len(used)

    def unfree(
        self,
        client: str,
        counselor: str,
        terms: Terms,
        start: datetime,
        minutes: int,
        *,
        moving: Session | None = None,
    ) -> str | None:
        """Why a start is not offered to a client; their own hold gives way, and what is `moving` too."""
        if not on_the_clock(counselor, terms, start, minutes, self.now, self.away[counselor]):
            return "not_offered"
        end = start + minutes * MINUTE
        others = [each for each in self.live() if each is not moving and each is not self.hold(client)]
        after = end + terms.buffer * MINUTE
        if any(
            each.counselor == counselor and start < each.busy_until and each.start < after for each in others
        ):
            return "slot_taken"
        busy = any(each.client == client and start < each.end and each.start < end for each in others)
        return "client_busy" if busy else None

    def overlap(
        self,
        client: str,
        counselor: str,
        start: datetime,
        end: datetime,
        busy: datetime,
        *,
        moving: Session | None = None,
    ) -> str | None:
        """What the database says of a row with these times."""
        others = [each for each in self.live() if each is not moving]
        if any(each.client == client and start < each.end and each.start < end for each in others):
            return "client_busy"
        taken = any(
            each.counselor == counselor and start < each.busy_until and each.start < busy for each in others
        )
        return "slot_taken" if taken else None

    def deadline(self, start: datetime) -> datetime:
        """Until when a request made now takes its answer."""
        latest = min(self.now + self.hours("request_expiry_hours"), start - 2 * HOUR)
        return min(max(self.now + 30 * MINUTE, latest), start)

    def refund(self, session: Session, by: Side | None) -> int:
        """Per cent that come back of a session called off now."""
        cutoff = session.start - self.hours("cancellation_cutoff_hours")
        free = min(session.start - self.hours("free_cancellation_hours"), cutoff)
        late = by is Side.CLIENT and self.now >= free
        return self.policy("late_cancellation_refund_percent") if late else 100

    def lose_hold(self, client: str) -> None:
        """A hold goes without a booking: if it was an offer, its client waits on."""
        hold = self.holds.pop(client, None)
        for wait in self.waits.values():
            offered = wait.status is WaitStatus.OFFERED and hold is not None and wait.hold == hold.id
            if offered:
                wait.status, wait.hold = WaitStatus.WAITING, None

    def serve(self, session: Session) -> None:
        """Who has booked waits no longer for such a session on that date of theirs (all live in UTC)."""
        for wait in self.waits.values():
            alike = (wait.counselor, wait.kind) == (session.counselor, session.kind)
            day = session.start.date()
            served = wait.hold == session.id or (alike and wait.first <= day <= wait.last)
            if served and wait.client == session.client and wait.status in OPEN:
                wait.status = WaitStatus.DONE

    def today(self, counselor: str) -> date:
        return wall(counselor, self.now).date()
