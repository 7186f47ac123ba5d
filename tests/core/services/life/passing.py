"""Rules of time: the clock moves on, jobs run late, runners die, programs start anew."""

from datetime import datetime, timedelta

from hypothesis import strategies as st

from core.domain.actions import RUNNING
from core.domain.booking import Status
from core.domain.no_show import ReportStatus
from core.domain.notification import Kind, LaterNudge, Notification
from core.domain.outcome import Outcome
from tests.core.services.life.absence import AbsenceRules
from tests.core.services.life.acts import act, booked
from tests.core.services.life.checks import check_jobs, check_trail, check_waits
from tests.core.services.life.known import Session
from tests.core.services.life.machine import PICK, RARELY
from tests.core.services.life.offers import Before, check_offers
from tests.core.services.life.terms import DAY, HOUR, MINUTE
from tests.core.services.recording_messenger import Message

AHEAD_OF_US = frozenset({Kind.REMINDER, Kind.NEW_REQUEST, Kind.REQUEST_NUDGE, Kind.BOOKED_FOR})
JUMPS = (MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, 3 * HOUR, 12 * HOUR, DAY, 2 * DAY)


class TimeRules(AbsenceRules):
    """Time goes on; what nobody answered lapses when the jobs come to it, however late."""

    @act(2, by=st.sampled_from(JUMPS), late=RARELY, runs=st.booleans())
    def wait(self, by: timedelta, late: bool, runs: bool) -> None:
        self._move_on(by * 4 if late else by)
        self.count("wait")
        if runs:
            self._work(0, carried_out=False)

    @act(7, when=booked, pick=PICK, nearly=st.booleans(), runs=st.booleans())
    def wait_for_a_moment(self, pick: int, nearly: bool, runs: bool) -> None:
        """Go to the very instant at which something changes, or to the last before it."""
        moments = sorted(
            {each for session in self.model.sessions.values() for each in self._moments(session)}
        )
        ahead = [each for each in moments if each > self.model.now]
        if not ahead:
            return
        instant = ahead[pick % min(8, len(ahead))]
        self._move_on(max(timedelta(), instant - timedelta(microseconds=nearly) - self.model.now))
        self.count("wait for a moment")
        if runs:
            self._work(0, carried_out=False)

    def _moments(self, session: Session) -> list[datetime]:
        hours, start = self.model.hours, session.start
        edges = [start, start - 15 * MINUTE, session.end, session.end + DAY, start - 2 * HOUR]
        edges += [start - hours("cancellation_cutoff_hours"), start - hours("free_cancellation_hours")]
        edges += [start - hours("reschedule_cutoff_hours")]
        edges += [session.until] if session.until else []
        edges += [session.offer.until] if session.offer else []
        edges += [session.closed + 7 * DAY] if session.closed else []
        edges += [session.report.made + 2 * DAY] if session.report else []
        edges += [session.review.made + DAY] if session.review else []
        return edges

    @act(4, lost=st.sampled_from((0, 0, 1, 3)), carried_out=st.booleans())
    def run_jobs(self, lost: int, carried_out: bool) -> None:
        self._work(lost, carried_out=carried_out)

    @act(1, database=RARELY)
    def restart(self, database: bool) -> None:
        self.run(self.world.restart(database=database))
        self.count("restart")

    def _move_on(self, by: timedelta) -> None:
        self.run(self.world.practice.clock.advance(by))
        self.model.now = self.world.practice.clock.now()

    def _work(self, lost: int, *, carried_out: bool) -> None:
        before = Before.of(self.model)
        sent = self.run(self.world.run_jobs(lost, carried_out=carried_out))
        self.count("run jobs after a death" if lost else "run jobs")
        self._let_lapse()
        self.run(check_offers(self, before))
        self.run(check_waits(self))
        self.run(check_jobs(self))
        for message in sent:
            self._check_message(message)

    def _check_message(self, message: Message) -> None:
        if isinstance(message, LaterNudge):
            who = next(name for name, each in self.world.practice.people.items() if each.id == message.to.id)
            assert who in self.model.nudged
        if isinstance(message, Notification) and message.kind in AHEAD_OF_US:
            assert message.booking.active, f"{message.kind} about what is {message.booking.status}"
            assert message.booking.starts_at >= self.model.now or message.kind is not Kind.REMINDER

    def _let_lapse(self) -> None:
        """What the system does by itself at its time."""
        now = self.model.now
        for client, hold in list(self.model.holds.items()):
            if hold.until is not None and hold.until <= now:
                self.model.lose_hold(client)
        for session in self.model.sessions.values():
            offer, report = session.offer, session.report
            if offer is not None and offer.until <= now:
                self.go_on(session, offer, None, "reschedule.expired")
            lapsed = session.until is not None and session.until <= now
            if session.status is Status.PENDING and session.offer is None and lapsed:
                session.status, session.until, session.refund = Status.EXPIRED, None, 100
                session.version, session.sequence = session.version + 1, session.sequence + 1
                session.done("booking.expired", None)
            if session.status in RUNNING and now >= session.end + DAY and report is None:
                self.settled(session, None, Outcome.TOOK_PLACE)
            if report is not None and report.status is ReportStatus.ASKED and now >= report.made + 2 * DAY:
                report.status, report.version = ReportStatus.DISPUTED, report.version + 1
                session.done("no_show.disputed", None)

    def teardown(self) -> None:
        """At the end everything is compared that is not compared at each step."""
        if self.begun:
            self.run(check_trail(self))
