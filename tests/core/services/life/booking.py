"""Rules of making a booking."""

from datetime import datetime
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize

from core.domain.booking import Booking, Status
from core.services.booking import Details
from tests.core.services.life.acts import act, holding
from tests.core.services.life.known import Session
from tests.core.services.life.machine import CLIENTS, PICK, RARELY, TIME, WHO, Machine
from tests.core.services.life.terms import DAY, MINUTE, OFFERED, POLICIES, TERMS, WINDOW

OFFER = st.sampled_from(OFFERED)
MINUTES = st.sampled_from((60, 60, 30))


class BookingRules(Machine):
    """Hold a slot, move and release the hold, ask or book at once."""

    @initialize(chosen=st.sampled_from(POLICIES))
    def begin(self, chosen: dict[str, Any]) -> None:
        self.model.chosen = dict(chosen)
        self.begun = True
        self.run(self.world.empty(chosen))
        self.model.now = self.world.practice.clock.now()
        self.count("begin")

    @act(3, who=WHO, offer=OFFER, minutes=MINUTES, time=TIME)
    def hold(self, who: str, offer: tuple[str, str], minutes: int, time: int) -> None:
        self.take_hold(who, offer, minutes, time)

    @act(14, who=WHO, offer=OFFER, minutes=MINUTES, time=TIME)
    def book(self, who: str, offer: tuple[str, str], minutes: int, time: int) -> None:
        hold = self.take_hold(who, offer, minutes, time)
        if hold is not None:
            self.ask(who, hold)

    def take_hold(self, who: str, offer: tuple[str, str], minutes: int, time: int) -> Session | None:
        kind, counselor = offer
        start = self.a_start(time, counselor, lambda each: self.unholdable(who, offer, minutes, each))
        before = self.model.hold(who)
        same = before is not None and (before.kind, before.counselor, before.start, before.minutes) == (
            kind,
            counselor,
            start,
            minutes,
        )
        code = self.unholdable(who, offer, minutes, start, same=same)
        practice = self.world.practice
        work = practice.hold(who, start, kind, minutes=minutes, counselor=counselor)
        made = self.attempt("hold", work, code)
        if made is None or same:
            return before if same and code is None else None
        self.model.lose_hold(who)
        until = self.model.now + self.model.policy("hold_minutes") * MINUTE
        hold = self.kept(made, who, offer, until)
        self.model.holds[who] = hold
        return hold

    def unholdable(
        self, who: str, offer: tuple[str, str], minutes: int, start: datetime, *, same: bool = False
    ) -> str | None:
        kind, counselor = offer
        if counselor in self.model.left:
            return "counselor_not_found"
        refusal = self.model.admission(kind, who)
        if refusal:
            return refusal
        if not self.model.now <= start <= self.model.now + WINDOW + 2 * DAY:
            return "not_offered"
        return None if same else self.model.unfree(who, counselor, TERMS[offer], start, minutes)

    def kept(self, made: Booking, who: str, offer: tuple[str, str], until: datetime) -> Session:
        """What the model knows of a row just made."""
        kind, counselor = offer
        return Session(
            id=made.id,
            client=who,
            counselor=counselor,
            kind=kind,
            start=made.starts_at,
            minutes=made.minutes,
            buffer=TERMS[offer].buffer,
            status=Status.HELD,
            made=self.model.now,
            until=until,
        )

    @act(3, when=holding, pick=PICK, stray=RARELY)
    def request(self, pick: int, stray: bool) -> None:
        holds = list(self.model.holds.values())
        hold = holds[pick % len(holds)]
        self.ask(CLIENTS[pick % len(CLIENTS)] if stray else hold.client, hold)

    def ask(self, who: str, hold: Session) -> None:
        model = self.model
        lasting = hold.until is not None and hold.until > model.now
        if who != hold.client and not lasting:
            return  # whether the row of a stranger's old hold is still there makes no difference to anybody
        code = None if lasting and hold.start > model.now else "hold_expired"
        code = code if who == hold.client else "booking_not_found"
        code = code or model.admission(hold.kind, who)
        code = code or ("counselor_not_found" if hold.counselor in model.left else None)
        work = self.core.bookings.request(self.actor(who), hold.id, Details())
        if self.attempt("request", work, code) is None:
            return
        instant = TERMS[hold.kind, hold.counselor].instant
        hold.status = Status.CONFIRMED if instant else Status.PENDING
        hold.until = None if instant else model.deadline(hold.start)
        hold.made, hold.version = model.now, 2
        hold.done("booking.confirmed" if instant else "booking.requested", who)
        model.sessions[hold.id] = model.holds.pop(who)
        model.serve(hold)

    @act(1, when=holding, pick=PICK)
    def release(self, pick: int) -> None:
        holds = list(self.model.holds.values())
        hold = holds[pick % len(holds)]
        self.run(self.core.holds.release(self.actor(hold.client), hold.id))
        self.count("release")
        self.model.lose_hold(hold.client)
