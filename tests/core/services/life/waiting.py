"""Rules of the waitlist and of programs."""

from datetime import timedelta

from hypothesis import strategies as st

from core.domain.waitlist import WaitStatus
from tests.core.services.life.acts import act, asked, waiting
from tests.core.services.life.booking import MINUTES, OFFER
from tests.core.services.life.known import Wait
from tests.core.services.life.machine import PICK, RARELY, WHO
from tests.core.services.life.model import OPEN
from tests.core.services.life.review import ReviewRules

MOST_WAITS = 5


class WaitingRules(ReviewRules):
    """Join, leave and refuse; enroll and schedule later."""

    @act(5, who=WHO, offer=OFFER, minutes=MINUTES, days=st.integers(-1, 4), length=st.integers(0, 7))
    def join(self, who: str, offer: tuple[str, str], minutes: int, days: int, length: int) -> None:
        (kind, counselor), today = offer, self.model.now.date()
        first = today + timedelta(days=days)
        last = first + timedelta(days=length)
        wanted = self.world.practice.wanted(kind, minutes, counselor)
        standing = [
            each
            for each in self.model.waits.values()
            if each.client == who and each.status in OPEN and each.last >= today
        ]
        known = [
            each
            for each in standing
            if (each.kind, each.counselor, each.minutes) == (kind, counselor, minutes)
            and each.first <= first
            and last <= each.last
        ]
        code = None if today <= last <= first + timedelta(days=6) else "wait_dates"
        code = code or self.model.admission(kind, who)
        code = code or ("too_many_waits" if not known and len(standing) >= MOST_WAITS else None)
        entry = self.attempt("join", self.core.waitlist.join(self.actor(who), wanted, first, last), code)
        if entry is None:
            return
        assert (entry.id in self.model.waits) is bool(known)
        if not known:
            now = self.model.now
            self.model.waits[entry.id] = Wait(entry.id, who, counselor, kind, minutes, first, last, now)

    @act(1, when=waiting, pick=PICK, stranger=RARELY)
    def leave(self, pick: int, stranger: bool) -> None:
        wait = self._wait(pick)
        who = "ann" if stranger else wait.client
        work = self.core.waitlist.leave(self.actor(who), wait.id)
        if self.attempt("leave", work, "wait_not_found" if stranger else None) is None:
            return
        if wait.status in OPEN:
            hold = self.model.holds.get(wait.client)
            if hold is not None and hold.id == wait.hold:
                self.model.lose_hold(wait.client)
            wait.status, wait.hold = WaitStatus.LEFT, None

    @act(2, when=asked, pick=PICK)
    def refuse(self, pick: int) -> None:
        offered = [each for each in self.model.waits.values() if each.hold is not None]
        wait = offered[pick % len(offered)]
        hold, code = self.model.hold(wait.client), None
        if wait.hold in self.model.sessions:
            code = "already_booked"
        elif hold is None or hold.id != wait.hold:
            code = "offer_ended"
        work = self.core.waitlist.refuse(self.actor(wait.client), wait.hold or 0)
        if self.attempt("refuse", work, code) is not None:
            self.model.lose_hold(wait.client)

    def _wait(self, pick: int) -> Wait:
        every = list(self.model.waits.values())
        found = [each for each in every if each.status in OPEN] or every
        return found[pick % len(found)]

    @act(1, who=WHO)
    def enroll(self, who: str) -> None:
        self.run(self.world.practice.enroll(who))
        self.count("enroll")
        self.model.enrolled.add(who)
        remaining = self.run(self.core.programs.remaining(self.actor(who), self.world.practice.ids["python"]))
        assert remaining == max(0, self.model.remaining(who))

    @act(1, who=WHO, wanted=st.booleans())
    def schedule_later(self, who: str, wanted: bool) -> None:
        programs, number = self.core.programs, self.world.practice.ids["python"]
        if not wanted:
            self.run(programs.stop_nudges(self.actor(who), number))
            self.count("stop nudges")
            self.model.nudged.discard(who)
            return
        code = None if who in self.model.enrolled else "not_enrolled"
        nudge = self.attempt("schedule later", programs.schedule_later(self.actor(who), number), code)
        if nudge is not None:
            assert nudge.remaining == max(0, self.model.remaining(who))
            self.model.nudged.add(who)
