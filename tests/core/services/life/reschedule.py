"""Rules of the negotiation about another time."""

from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from core.domain.actions import AHEAD, Action, Party
from core.domain.booking import Status
from core.domain.side import Side
from tests.core.services.life.acts import act, booked, negotiating
from tests.core.services.life.known import Offer, Session, terms_of
from tests.core.services.life.machine import PICK, RARELY, TIME
from tests.core.services.life.refusals import SIDES, refused
from tests.core.services.life.repeating import SeriesRules
from tests.core.services.life.terms import DAY, WINDOW

BEHALF = st.sampled_from(Side)


class RescheduleRules(SeriesRules):
    """Propose, counter, accept, keep the old time, withdraw, cancel instead."""

    @act(9, when=booked, pick=PICK, whose=PICK, behind=RARELY, time=TIME, behalf=BEHALF)
    def propose(self, pick: int, whose: int, behind: bool, time: int, behalf: Side) -> None:
        session = self.some(pick, lambda each: each.status in AHEAD and each.offer is None)
        assert session is not None
        who = self.who_may(session, whose, Action.RESCHEDULE)
        party = self.model.party(session, who)
        side = behalf if party is Party.ADMIN else SIDES[party or Party.CLIENT]
        start = self.a_start(time, session.counselor, lambda each: self.unmovable(session, each))
        code = refused(Action.RESCHEDULE, self.model, session, who, behalf)
        code = code or ("stale" if behind else self.unmovable(session, start))
        work = self.core.reschedules.propose(
            self.actor(who),
            session.id,
            session.version - behind,
            start,
            behalf if party is Party.ADMIN else None,
        )
        made = self.attempt("propose", work, code)
        if made is not None:
            self.propose_in_model(session, who, side, made.id, start)

    def propose_in_model(self, session: Session, who: str, side: Side, number: int, start: datetime) -> None:
        now = self.model.now
        until = self._until(start, session.start)
        session.offer = Offer(number, side, side, start, session.start, now, until)
        session.done("reschedule.requested", who)

    def unmovable(self, session: Session, start: datetime) -> str | None:
        """Why a session cannot move to a start: what is known of it already is no news."""
        if start == session.start or (session.offer is not None and start == session.offer.start):
            return "same_time"
        if not self.model.now <= start <= self.model.now + WINDOW + 2 * DAY:
            return "not_offered"
        if session.counselor in self.model.left:
            return "counselor_not_found"
        return self.model.unfree(
            session.client, session.counselor, terms_of(session), start, session.minutes, moving=session
        )

    def _until(self, start: datetime, original: datetime) -> datetime:
        return min(self.model.now + self.model.hours("reschedule_expiry_hours"), start, original)

    @act(5, when=negotiating, pick=PICK, whose=PICK, behind=RARELY, time=TIME)
    def counter(self, pick: int, whose: int, behind: bool, time: int) -> None:
        session, offer, who = self._negotiation(pick, whose, Action.COUNTER)
        start = self.a_start(time, session.counselor, lambda each: self.unmovable(session, each))
        code = refused(Action.COUNTER, self.model, session, who)
        code = code or ("stale" if behind else self.unmovable(session, start))
        work = self.core.reschedules.counter(self.actor(who), offer.id, offer.version - behind, start)
        if self.attempt("counter", work, code) is None:
            return
        offer.asked_by, offer.start, offer.counters = offer.asked_by.other, start, offer.counters + 1
        offer.until, offer.version = self._until(start, offer.original), offer.version + 1
        session.done("reschedule.countered", who)

    @act(6, when=negotiating, pick=PICK, whose=PICK, behind=RARELY)
    def accept(self, pick: int, whose: int, behind: bool) -> None:
        session, offer, who = self._negotiation(pick, whose, Action.ACCEPT_TIME)
        code = refused(Action.ACCEPT_TIME, self.model, session, who) or ("stale" if behind else None)
        length = session.busy_until - session.start
        hold = self.model.hold(session.client)
        gives_way = hold is not None and hold.start < offer.start + length and offer.start < hold.busy_until
        if code is None:
            code = self._in_the_way(session, offer.start, without=hold if gives_way else None)
        work = self.core.reschedules.accept(self.actor(who), offer.id, offer.version - behind)
        if self.attempt("accept", work, code) is None:
            return
        if gives_way:
            self.model.lose_hold(session.client)
        session.start, session.status, session.until, session.offer = (
            offer.start,
            Status.CONFIRMED,
            None,
            None,
        )
        session.version += 1
        session.sequence += 1
        session.moves[offer.opened_by] += 1
        session.done("reschedule.accepted", who)

    def _in_the_way(self, session: Session, start: datetime, *, without: Session | None) -> str | None:
        holds = self.model.holds
        kept = holds.pop(session.client) if without is not None else None
        ends = start + (session.end - session.start)
        busy = start + (session.busy_until - session.start)
        code = self.model.overlap(session.client, session.counselor, start, ends, busy, moving=session)
        if kept is not None:
            holds[session.client] = kept
        return code

    @act(2, when=negotiating, pick=PICK, whose=PICK, behind=RARELY)
    def keep_time(self, pick: int, whose: int, behind: bool) -> None:
        self._end(pick, whose, behind, Action.KEEP_TIME, self.core.reschedules.keep_time, "rejected")

    @act(2, when=negotiating, pick=PICK, whose=PICK, behind=RARELY)
    def withdraw(self, pick: int, whose: int, behind: bool) -> None:
        self._end(pick, whose, behind, Action.WITHDRAW, self.core.reschedules.withdraw, "withdrawn")

    def _end(self, pick: int, whose: int, behind: bool, action: Action, use: Any, name: str) -> None:
        session, offer, who = self._negotiation(pick, whose, action)
        code = refused(action, self.model, session, who) or ("stale" if behind else None)
        work = use(self.actor(who), offer.id, offer.version - behind)
        if self.attempt(action.value, work, code) is not None:
            self.go_on(session, offer, who, f"reschedule.{name}")

    def go_on(self, session: Session, offer: Offer, who: str | None, entry: str) -> None:
        """The session stays where it is; the deadline of a request had paused meanwhile."""
        session.offer = None
        if session.status is Status.PENDING and session.until is not None:
            paused: timedelta = self.model.now - offer.made
            session.until = min(session.until + paused, session.start)
            session.version += 1
        session.done(entry, who)

    @act(2, when=negotiating, pick=PICK, whose=PICK, behind=RARELY)
    def cancel_instead(self, pick: int, whose: int, behind: bool) -> None:
        session, offer, who = self._negotiation(pick, whose, Action.CANCEL_INSTEAD)
        code = refused(Action.CANCEL_INSTEAD, self.model, session, who) or ("stale" if behind else None)
        work = self.core.cancellations.cancel_instead(self.actor(who), offer.id, offer.version - behind)
        if self.attempt("cancel instead", work, code) is not None:
            self.call_off(session, who, Side.CLIENT, 100, "new_time")

    def _offered(self) -> list[Session]:
        return [each for each in self.model.sessions.values() if each.offer is not None]

    def _negotiation(self, pick: int, whose: int, action: Action) -> tuple[Session, Offer, str]:
        found = self._offered()
        session = found[pick % len(found)]
        assert session.offer is not None
        return session, session.offer, self.who_may(session, whose, action)
