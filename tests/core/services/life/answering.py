"""Rules of answering a request, of calling off, and of booking for a client."""

from datetime import datetime

from hypothesis import strategies as st

from core.domain.actions import Action, Party
from core.domain.booking import Status
from core.domain.cancellation import Reason
from core.domain.side import Side
from core.services.book_for import ForClient
from tests.core.services.life.acts import act, booked
from tests.core.services.life.booking import MINUTES, OFFER, BookingRules
from tests.core.services.life.known import Session
from tests.core.services.life.machine import PICK, RARELY, TIME, WHO
from tests.core.services.life.refusals import refused, unanswerable
from tests.core.services.life.terms import DAY, MINUTE, TERMS, WINDOW

ANSWERED = {"approve": Status.CONFIRMED, "decline": Status.DECLINED}
THEIRS = {
    "client_busy": "client_engaged",
    "not_enrolled": "client_not_enrolled",
    "program_used_up": "client_used_up",
}


class AnswerRules(BookingRules):
    """Approve, decline, cancel with the refund that was shown, book for a client."""

    @act(10, when=booked, pick=PICK, whose=PICK, name=st.sampled_from(sorted(ANSWERED)), behind=RARELY)
    def answer(self, pick: int, whose: int, name: str, behind: bool) -> None:
        session = self.some(pick, lambda each: each.status is Status.PENDING)
        assert session is not None
        who = self.somebody(session, whose, [Party(session.awaits.value)])
        code = unanswerable(self.model, session, who)
        code = code or ("in_series" if session.series is not None else None)
        code = code or ("stale" if behind else None)
        version = session.version - behind
        bookings, actor = self.core.bookings, self.actor(who)
        work = (
            bookings.approve(actor, session.id, version)
            if name == "approve"
            else bookings.decline(actor, session.id, version, "time")
        )
        if self.attempt(name, work, code) is not None:
            self.answered(session, name, who)

    def answered(self, session: Session, name: str, who: str) -> None:
        """A request has its answer."""
        session.status, session.until = ANSWERED[name], None
        session.version += 1
        session.sequence += 1
        if name == "decline":
            session.reason, session.refund = "time", 100
        session.done({"approve": "booking.confirmed", "decline": "booking.declined"}[name], who)

    @act(
        4,
        when=booked,
        pick=PICK,
        whose=PICK,
        behind=RARELY,
        reason=st.sampled_from((None, Reason.ILL)),
        quoted=PICK,
    )
    def cancel(self, pick: int, whose: int, behind: bool, reason: Reason | None, quoted: int) -> None:
        session = self.allowed(pick, Action.CANCEL)
        assert session is not None
        who, model = self.who_may(session, whose, Action.CANCEL), self.model
        party = model.party(session, who)
        by = Side.CLIENT if party is Party.CLIENT else Side.COUNSELOR
        percent = model.refund(session, by)
        code = refused(Action.CANCEL, model, session, who) or ("stale" if behind else None)
        if code is None and reason is None and model.policy("require_cancellation_reason"):
            code = "reason_required"
        shown = {0: None, 1: 7}.get(quoted % 5, percent)
        if code is None and shown == 7:
            code = "refund_changed"
        work = self.core.cancellations.cancel(
            self.actor(who), session.id, session.version - behind, reason, quoted=shown
        )
        if self.attempt("cancel", work, code) is not None:
            self.call_off(session, who, by, percent, reason or "")

    def call_off(self, session: Session, who: str, by: Side, percent: int, reason: str) -> None:
        """A session ends before its time, and with it what was offered instead."""
        session.status, session.until, session.offer = Status.CANCELLED, None, None
        session.version += 1
        session.sequence += 1
        session.refund, session.cancelled_by, session.reason = percent, by, reason
        session.done("booking.cancelled", who)

    @act(4, who=WHO, offer=OFFER, minutes=MINUTES, time=TIME, stray=RARELY)
    def book_for(self, who: str, offer: tuple[str, str], minutes: int, time: int, stray: bool) -> None:
        kind, counselor = offer
        start = self.a_start(time, counselor, lambda each: self.unholdable(who, offer, minutes, each))
        actor = {"ann": "ben", "ben": "ann"}[counselor] if stray else counselor
        code, same = self._unaskable(actor, who, offer, minutes, start)
        wanted = self.world.practice.wanted(kind, minutes, counselor)
        chosen = ForClient(client_id=self.world.practice.people[who].id, wanted=wanted, start=start)
        made = self.attempt("book for", self.core.book_for.book(self.actor(actor), chosen), code)
        if made is None:
            return
        if same is not None:
            assert made.id == same.id
            return
        session = self.kept(made, who, offer, self.model.deadline(start))
        session.status, session.awaits = Status.PENDING, Side.CLIENT
        session.done("booking.requested", counselor)
        self.model.sessions[session.id] = session

    def _unaskable(
        self, actor: str, who: str, offer: tuple[str, str], minutes: int, start: datetime
    ) -> tuple[str | None, Session | None]:
        """Why a counselor may not book this for a client, or what they have asked already."""
        model, (kind, counselor) = self.model, offer
        if actor != counselor:
            return "not_yours", None
        theirs = [
            each for each in model.sessions.values() if (each.client, each.counselor) == (who, counselor)
        ]
        if not theirs or who == counselor:
            return "person_not_found", None
        for each in theirs:
            if each.status is Status.PENDING and each.awaits is Side.CLIENT and each.start == start:
                return None, each
        if counselor in model.left:
            return "counselor_not_found", None
        code = model.admission(kind, who)
        if code is None and not model.now <= start <= model.now + WINDOW + 2 * DAY:
            code = "not_offered"
        code = code or model.unfree(who, counselor, TERMS[offer], start, minutes)
        end = start + minutes * MINUTE
        code = code or model.overlap(who, counselor, start, end, end + TERMS[offer].buffer * MINUTE)
        return THEIRS.get(code or "", code), None
