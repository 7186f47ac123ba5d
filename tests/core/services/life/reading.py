"""Rules of looking: lists, numbers and quotes are what the model counts."""

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from core.domain.booking import Status
from core.domain.review import Rating
from core.domain.side import Side
from tests.core.services.life.acts import act, acts_of, booked
from tests.core.services.life.checks import check_rows
from tests.core.services.life.known import Session
from tests.core.services.life.machine import PEOPLE, WHO
from tests.core.services.life.passing import TimeRules

AGREED = frozenset({Status.CONFIRMED, Status.IN_PROGRESS, Status.COMPLETED, Status.NO_SHOW})
TO_COME = frozenset({Status.CONFIRMED, Status.IN_PROGRESS})
COUNSELORS = st.sampled_from(("ann", "ben"))


class Life(TimeRules):
    """The whole life of bookings: every rule, with the rows compared after each step."""

    @invariant()
    def rows_are_as_the_model_has_them(self) -> None:
        if self.begun:
            self.run(check_rows(self))

    @rule(data=st.data())
    def live(self, data: st.DataObject) -> None:
        """One of the acts that are possible now, the weighty ones more often."""
        weighed = [each.name for each in ACTS.values() if each.when(self) for _ in range(each.weight)]
        chosen = ACTS[data.draw(st.sampled_from(weighed), label="act")]
        getattr(self, chosen.name)(**data.draw(chosen.arguments, label="with"))

    @act(1, counselor=COUNSELORS)
    def look_at_the_numbers(self, counselor: str) -> None:
        figures = self.run(self.core.statistics.of(self.actor(counselor)))
        self.count("statistics")
        agreed = [each for each in self._of(counselor) if each.status in AGREED]
        done = [each for each in agreed if each.status is Status.COMPLETED]
        stars = [each.review.stars for each in done if each.review and not each.review.hidden]
        counts = figures.counts
        assert (counts.clients, counts.sessions) == (len({each.client for each in agreed}), len(agreed))
        assert (counts.completed, counts.no_shows) == (
            len(done),
            sum(each.status is Status.NO_SHOW for each in agreed),
        )
        ahead = [each for each in agreed if each.status in TO_COME and each.end > self.model.now]
        assert counts.upcoming == len(ahead)
        rating = Rating(count=len(stars), average=sum(stars) / len(stars)) if stars else None
        assert figures.rating == rating

    @act(1, counselor=COUNSELORS)
    def look_at_the_clients(self, counselor: str) -> None:
        page = self.run(self.core.clients.page(self.actor(counselor), 0))
        self.count("clients")
        found = {
            line.client_id: (line.sessions, line.completed, line.no_shows, line.cancelled)
            for line in page.clients
        }
        theirs = self._of(counselor)
        assert found == {
            self.id_of(name): (
                sum(each.status in AGREED for each in theirs if each.client == name),
                sum(each.status is Status.COMPLETED for each in theirs if each.client == name),
                sum(each.absent is Side.CLIENT for each in theirs if each.client == name),
                sum(each.status is Status.CANCELLED for each in theirs if each.client == name),
            )
            for name in PEOPLE
            if any(each.client == name for each in theirs)
        }

    @act(1, counselor=COUNSELORS)
    def look_at_the_requests(self, counselor: str) -> None:
        lines = self.run(self.core.listing.requests(self.actor(counselor)))
        self.count("requests")
        asked = [
            each
            for each in self._of(counselor)
            if each.status is Status.PENDING and each.awaits is Side.COUNSELOR
        ]
        order = sorted(asked, key=lambda each: (each.until or each.start, each.id))
        firsts: dict[int, Session] = {}
        for each in order:  # those of a series are answered together
            firsts.setdefault(each.series or -each.id, each)
        assert [line.booking.id for line in lines] == [each.id for each in firsts.values()]

    @act(1, when=booked, who=WHO)
    def look_at_ones_bookings(self, who: str) -> None:
        coming = self.run(self.core.listing.upcoming(self.actor(who), 0))
        self.count("my bookings")
        own = [each for each in self.model.sessions.values() if each.client == who]
        ahead = [each for each in own if each.active and each.end > self.model.now]
        assert (coming.upcoming, coming.past) == (len(ahead), len(own) - len(ahead))
        order = sorted(ahead, key=lambda each: (each.start, each.id))[:10]
        assert [(line.booking.id, line.proposed_at) for line in coming.lines] == [
            (each.id, each.offer and each.offer.start) for each in order
        ]

    def _of(self, counselor: str) -> list[Session]:
        return [each for each in self.model.sessions.values() if each.counselor == counselor]


ACTS = acts_of(Life)
