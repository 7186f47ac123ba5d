"""Rules of running a session: start, outcome, reports of no-shows, notes."""

from collections.abc import Awaitable

from hypothesis import strategies as st

from core.domain.actions import AHEAD, CLOSED, RUNNING, Action, Party
from core.domain.booking import Status
from core.domain.no_show import ReportStatus
from core.domain.outcome import Outcome
from tests.core.services.life.acts import act, begun, booked, reported
from tests.core.services.life.known import Report, Session
from tests.core.services.life.machine import PICK, RARELY, WORDS
from tests.core.services.life.refusals import refused
from tests.core.services.life.reschedule import RescheduleRules
from tests.core.services.life.terms import HOUR

OUTCOME = st.sampled_from(Outcome)
REFUNDS = {Outcome.TOOK_PLACE: None, Outcome.CLIENT_ABSENT: 0, Outcome.COUNSELOR_ABSENT: 100}


class RunningRules(RescheduleRules):
    """Start, settle and correct; report, answer, decide; write and remove private notes."""

    @act(4, when=booked, pick=PICK, whose=PICK, behind=RARELY)
    def start(self, pick: int, whose: int, behind: bool) -> None:
        session = self.some(
            pick, lambda each: each.status is Status.CONFIRMED and each.start <= self.model.now + HOUR
        )
        assert session is not None
        who = self.who_may(session, whose, Action.START)
        code = refused(Action.START, self.model, session, who) or ("stale" if behind else None)
        work = self.core.running.start(self.actor(who), session.id, session.version - behind)
        if self.attempt("start", work, code) is None:
            return
        session.status, session.began, session.offer = Status.IN_PROGRESS, self.model.now, None
        session.version += 1
        session.done("booking.started", who)

    @act(7, when=begun, pick=PICK, whose=PICK, behind=RARELY, outcome=OUTCOME)
    def settle(self, pick: int, whose: int, behind: bool, outcome: Outcome) -> None:
        action = Action.COMPLETE if outcome is Outcome.TOOK_PLACE else Action.NO_SHOW
        session = self._begun(pick)
        who = self.who_may(session, whose, action)
        code = refused(action, self.model, session, who) or ("stale" if behind else None)
        code = code or ("moved_on" if session.outcome is outcome else None)
        work = self.core.running.settle(self.actor(who), session.id, session.version - behind, outcome)
        if self.attempt("settle", work, code) is not None:
            self.settled(session, who, outcome)

    def settled(self, session: Session, who: str | None, outcome: Outcome) -> None:
        """What became of a session is said, or said anew."""
        if session.status is Status.IN_PROGRESS and self.model.now < session.end + HOUR:
            session.ended = self.model.now
        session.status, session.absent, session.refund = outcome.status, outcome.absent, REFUNDS[outcome]
        session.closed, session.offer = session.closed or self.model.now, None
        session.version += 1
        name = "completed" if outcome is Outcome.TOOK_PLACE else "no_show"
        session.done(f"booking.{name}", who)

    @act(5, when=begun, pick=PICK, whose=PICK, behind=RARELY, claim=OUTCOME, words=WORDS)
    def report(self, pick: int, whose: int, behind: bool, claim: Outcome, words: str) -> None:
        session = self._begun(pick)
        who, known = self.who_may(session, whose, Action.REPORT_NO_SHOW), session.report
        again = (
            known is not None
            and self.model.party(session, who) is Party.CLIENT
            and session.status in RUNNING | CLOSED
            and (known.claim, known.words) == (claim, words)
        )
        code = refused(Action.REPORT_NO_SHOW, self.model, session, who) or ("stale" if behind else None)
        possible = {Outcome.COUNSELOR_ABSENT}
        if session.outcome is Outcome.CLIENT_ABSENT:
            possible.add(Outcome.TOOK_PLACE)
        code = code or (None if claim in possible else "moved_on")
        work = self.core.no_shows.report(self.actor(who), session.id, session.version - behind, claim, words)
        if self.attempt("report", work, None if again else code) is None or again:
            return
        session.report = Report(claim, words, self.model.now)
        session.done("no_show.reported", who)

    @act(4, when=reported, pick=PICK, whose=PICK, behind=RARELY, outcome=OUTCOME, words=WORDS)
    def answer_report(self, pick: int, whose: int, behind: bool, outcome: Outcome, words: str) -> None:
        session = self.some(pick, lambda each: each.report is not None)
        assert session is not None
        who, known = self.who_may(session, whose, Action.ANSWER_REPORT), session.report
        party = self.model.party(session, who)
        again = (
            known is not None
            and party is Party.COUNSELOR
            and (known.answer, known.answer_words) == (outcome, words)
        )
        code = "booking_not_found" if party is None else ("report_not_found" if known is None else None)
        code = code or refused(Action.ANSWER_REPORT, self.model, session, who)
        code = code or ("stale" if behind else None)
        version = (known.version if known else 1) - behind
        work = self.core.no_shows.answer(self.actor(who), session.id, version, outcome, words)
        if self.attempt("answer report", work, None if again else code) is None or again:
            return
        assert known is not None
        known.answer, known.answer_words, known.version = outcome, words, known.version + 1
        known.status = ReportStatus.AGREED if outcome is known.claim else ReportStatus.DISPUTED
        if known.status is ReportStatus.AGREED:
            self._judge(session, who, outcome)
        else:
            session.done("no_show.disputed", who)

    @act(3, when=reported, pick=PICK, stranger=RARELY, behind=RARELY, outcome=OUTCOME)
    def decide(self, pick: int, stranger: bool, behind: bool, outcome: Outcome) -> None:
        session = self.some(
            pick, lambda each: each.report is not None and each.report.status is ReportStatus.DISPUTED
        )
        assert session is not None
        known, who = session.report, "dora" if stranger else "ada"
        code = "not_yours" if stranger else ("report_not_found" if known is None else None)
        if code is None and (known is None or known.status is not ReportStatus.DISPUTED):
            code = "report_closed"
        code = code or ("stale" if behind else None)
        version = (known.version if known else 1) - behind
        work = self.core.no_shows.decide(self.actor(who), session.id, version, outcome)
        if self.attempt("decide", work, code) is None:
            return
        assert known is not None
        known.status, known.version = ReportStatus.DECIDED, known.version + 1
        self._judge(session, who, outcome)

    def _judge(self, session: Session, who: str, outcome: Outcome) -> None:
        if session.outcome is outcome:
            session.done("no_show.decided", who)
        else:
            self.settled(session, who, outcome)

    @act(2, when=booked, pick=PICK, whose=PICK, behind=RARELY, text=WORDS)
    def note(self, pick: int, whose: int, behind: bool, text: str) -> None:
        session = self.allowed(pick, Action.NOTE)
        assert session is not None
        who = self.who_may(session, whose, Action.NOTE)
        code = refused(Action.NOTE, self.model, session, who)
        notes, actor = self.core.notes, self.actor(who)
        work: Awaitable[object] = (
            notes.write(actor, session.id, text)
            if text
            else notes.remove(actor, session.id, session.note_version - behind)
        )
        if code is None and not text and behind and session.note:
            code = "stale"
        self.attempt("note", work, code)
        if code is None and text != session.note:
            session.note, session.note_version = text, session.note_version + 1
            session.noted("note.written" if text else "note.removed", who)

    def _begun(self, pick: int) -> Session:
        """A session whose time has come, mostly."""
        found = self.some(
            pick, lambda each: each.start <= self.model.now and each.status in AHEAD | RUNNING | CLOSED
        )
        assert found is not None
        return found
