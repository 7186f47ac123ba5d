"""Rules of series: book several at once or none, answer all of them, call off one and those after it."""

from datetime import datetime, timedelta

from hypothesis import strategies as st

from core.domain.actions import AHEAD, Action, Party
from core.domain.booking import Status
from core.domain.cancellation import Reason
from core.domain.series import Plan, Repeat, Rhythm
from core.domain.side import Side
from core.services.booking import Details
from tests.core.services.life.acts import act, repeated
from tests.core.services.life.answering import ANSWERED, AnswerRules
from tests.core.services.life.booking import MINUTES, OFFER
from tests.core.services.life.known import Session
from tests.core.services.life.machine import PICK, RARELY, TIME, WHO
from tests.core.services.life.refusals import refused, unanswerable
from tests.core.services.life.terms import TERMS, ZONES


class SeriesRules(AnswerRules):
    """Each session of a series stays a booking of its own."""

    @act(
        4,
        who=WHO,
        offer=OFFER,
        minutes=MINUTES,
        time=TIME,
        rhythm=st.sampled_from(Rhythm),
        times=st.integers(2, 4),
    )
    def book_series(
        self, who: str, offer: tuple[str, str], minutes: int, time: int, rhythm: Rhythm, times: int
    ) -> None:
        hold = self.take_hold(who, offer, minutes, time)
        if hold is None:
            return
        starts = _repeats(hold, rhythm, times)
        code, model = self._unrepeatable(hold, starts), self.model
        plan = Plan(repeat=Repeat(rhythm=rhythm, times=times))
        work = self.core.series.book(self.actor(who), hold.id, plan, Details())
        made = self.attempt("book series", work, code)
        if made is None:
            return
        assert [each.starts_at for each in made] == starts
        instant = TERMS[offer].instant
        deadline = None if instant else min(model.deadline(each) for each in starts)
        sessions = [hold, *(self.kept(each, who, offer, model.now) for each in made[1:])]
        del model.holds[who]
        for session in sessions:
            session.status = Status.CONFIRMED if instant else Status.PENDING
            session.until, session.made, session.series = deadline, model.now, made[0].series_id
            session.version = 2 if session is hold else 1
            session.done("booking.confirmed" if instant else "booking.requested", who)
            model.sessions[session.id] = session
            model.serve(session)

    def _unrepeatable(self, hold: Session, starts: list[datetime]) -> str | None:
        model = self.model
        if hold.start <= model.now:
            return "hold_expired"
        code = model.admission(hold.kind, hold.client)
        if code or hold.counselor in model.left:
            return code or "counselor_not_found"
        left = model.remaining(hold.client) if hold.kind == "lesson" else len(starts)
        terms, codes = TERMS[hold.kind, hold.counselor], set[str | None]()
        for number, start in enumerate(starts[1:], start=1):
            taken = model.unfree(hold.client, hold.counselor, terms, start, hold.minutes)
            codes.add("series_clash" if taken else "program_used_up" if number >= left else None)
        return next((each for each in ("program_used_up", "series_clash") if each in codes), None)

    @act(3, when=repeated, pick=PICK, whose=PICK, name=st.sampled_from(sorted(ANSWERED)), behind=RARELY)
    def answer_series(self, pick: int, whose: int, name: str, behind: bool) -> None:
        every = self._series(pick)
        who = self.somebody(every[0], whose, [Party.COUNSELOR])
        requests = [each for each in every if each.status is Status.PENDING]
        codes = [unanswerable(self.model, each, who) for each in requests or every[:1]]
        code = next((each for each in codes if each), None) or ("stale" if behind else None)
        series, number = self.core.series, every[0].series or 0
        edition = sum(each.version for each in every) - behind
        work = (
            series.approve(self.actor(who), number, edition)
            if name == "approve"
            else series.decline(self.actor(who), number, edition, "time")
        )
        if self.attempt(f"{name} series", work, code) is not None:
            for each in requests:
                self.answered(each, name, who)

    @act(3, when=repeated, pick=PICK, whose=PICK, behind=RARELY, which=st.integers(0, 3))
    def cancel_series(self, pick: int, whose: int, behind: bool, which: int) -> None:
        every = self._series(pick)
        first = every[which % len(every)]
        after = [each for each in every if each.status in AHEAD and each.start >= first.start]
        order = [first, *sorted((each for each in after if each is not first), key=lambda each: each.start)]
        who = self.who_may(first, whose, Action.CANCEL)
        codes = [refused(Action.CANCEL, self.model, each, who) for each in order]
        code = next((each for each in codes if each), None) or ("stale" if behind else None)
        edition = sum(each.version for each in every) - behind
        work = self.core.series.cancel(self.actor(who), first.id, edition, Reason.ILL)
        if self.attempt("cancel series", work, code) is None:
            return
        by = Side.CLIENT if self.model.party(first, who) is Party.CLIENT else Side.COUNSELOR
        for each in order:
            self.call_off(each, who, by, self.model.refund(each, by), Reason.ILL)

    def _series(self, pick: int) -> list[Session]:
        """The sessions of a series, in order of time."""
        numbers = sorted({each.series for each in self.model.sessions.values() if each.series is not None})
        number = numbers[-1 - pick % len(numbers)]
        found = [each for each in self.model.sessions.values() if each.series == number]
        return sorted(found, key=lambda each: (each.start, each.id))


def _repeats(hold: Session, rhythm: Rhythm, times: int) -> list[datetime]:
    """The same time on the counselor's clock so many weeks apart."""
    zone = ZONES[hold.counselor]
    shown = hold.start.astimezone(zone).replace(tzinfo=None)
    later = [shown + timedelta(weeks=rhythm * each) for each in range(1, times)]
    return [hold.start, *(each.replace(tzinfo=zone).astimezone(hold.start.tzinfo) for each in later)]
