"""Rules of counselors who are away: days off, new times for all, and leaving the practice."""

from datetime import date, timedelta

from hypothesis import strategies as st

from core.domain.actions import AHEAD, Action
from core.domain.availability import OutOfOffice
from core.domain.side import Side
from core.services.new_times import AT_ONCE
from tests.core.services.life.acts import act
from tests.core.services.life.known import Session
from tests.core.services.life.machine import PICK, RARELY
from tests.core.services.life.refusals import refused
from tests.core.services.life.terms import wall
from tests.core.services.life.waiting import WaitingRules

COUNSELOR = st.sampled_from(("ann", "ben"))


class AbsenceRules(WaitingRules):
    """Be out of office and back, offer new times to all; leave, and return."""

    @act(
        3,
        counselor=COUNSELOR,
        days=st.integers(-1, 3),
        length=st.integers(0, 1),
        back=st.sampled_from((True, True, False)),
        move=PICK,
    )
    def days_off(self, counselor: str, days: int, length: int, back: bool, move: int) -> None:
        first = self.model.today(counselor) + timedelta(days=days)
        off = OutOfOffice(first=first, last=first + timedelta(days=length))
        if back:
            self._come_back(counselor)
            return
        over = off.last < self.model.today(counselor)
        work = self.core.out_of_office.add(self.actor(counselor), off)
        absence = self.attempt("days off", work, "absence_over" if over else None)
        if absence is None:
            return
        dates = {first + timedelta(days=each) for each in range(length + 1)}
        self.model.away[counselor] |= dates
        assert [each.booking.id for each in absence.clashes] == [
            each.id for each in self._clashing(counselor, dates)
        ]
        if move % 2:
            self._offer_new_times(counselor, off, dates)

    def _come_back(self, counselor: str) -> None:
        practice = self.world.practice
        schedule = self.run(practice.practice()).counselor(practice.ids[counselor]).schedule
        for each in schedule.out_of_office:
            self.run(self.core.out_of_office.remove(self.actor(counselor), each))
        self.count("back in office")
        self.model.away[counselor].clear()

    def _clashing(self, counselor: str, dates: set[date]) -> list[Session]:
        """Sessions still to come on these dates, in order of time."""
        found = [
            each
            for each in self.model.sessions.values()
            if each.counselor == counselor
            and each.status in AHEAD
            and each.start > self.model.now
            and wall(counselor, each.start).date() in dates
        ]
        return sorted(found, key=lambda each: (each.start, each.id))

    def _offer_new_times(self, counselor: str, off: OutOfOffice, dates: set[date]) -> None:
        """Each session gets a free time of its own, or the refusal that a proposal would meet."""
        expected = self._clashing(counselor, dates)
        tapped = self.run(self.core.new_times.propose(self.actor(counselor), off))
        self.count("new times for all")
        assert tapped.left == max(0, len(expected) - AT_ONCE)
        made, expected = tapped.found, expected[:AT_ONCE]
        assert [each.session.booking.id for each in made] == [each.id for each in expected]
        for new, session in zip(made, expected, strict=True):
            code = refused(Action.RESCHEDULE, self.model, session, counselor)
            if new.start is None:
                assert new.refusal == code, f"{session}: {new.refusal} where the model says {code}"
                continue
            assert code is None
            assert self.unmovable(session, new.start) is None
            number = self.run(self._open_offer(session.id))
            self.propose_in_model(session, counselor, Side.COUNSELOR, number, new.start)
        begun = [each.start for each in made if each.start]
        assert len(begun) == len(set(begun))

    async def _open_offer(self, booking_id: int) -> int:
        async with self.world.practice.store.read() as uow:
            offer = await uow.proposals.open_of(booking_id)
        assert offer is not None
        return offer.id

    @act(1, counselor=COUNSELOR, there=RARELY)
    def leave_the_practice(self, counselor: str, there: bool) -> None:
        """Somebody stops offering sessions for a while; mostly everybody offers them."""
        model = self.model
        if not there and counselor not in model.left:
            return
        gone = counselor not in model.left
        self.run(self.world.practice.set_counselor(counselor, active=not gone))
        self.count("counselor leaves" if gone else "counselor returns")
        (model.left.add if gone else model.left.discard)(counselor)
