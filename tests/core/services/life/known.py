"""What the model knows of a booking, and of somebody who waits."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime

from core.domain.booking import ACTIVE, Status
from core.domain.no_show import ReportStatus
from core.domain.outcome import Outcome
from core.domain.side import Side
from core.domain.waitlist import WaitStatus
from tests.core.services.life.terms import MINUTE, TERMS, Terms


@dataclass(slots=True)
class Offer:
    """Another time that waits for an answer."""

    id: int
    opened_by: Side
    asked_by: Side
    start: datetime
    original: datetime
    made: datetime
    until: datetime
    counters: int = 0
    version: int = 1


@dataclass(slots=True)
class Report:
    """What the client said of the outcome, and how that stands."""

    claim: Outcome
    words: str
    made: datetime
    status: ReportStatus = ReportStatus.ASKED
    answer: Outcome | None = None
    answer_words: str = ""
    version: int = 1


@dataclass(slots=True)
class Review:
    """Stars and words."""

    stars: int
    made: datetime
    comment: str = ""
    answer: str = ""
    hidden: str = ""
    version: int = 1


@dataclass(slots=True)
class Session:
    """A booking or hold; `until` is the end of a hold or the deadline of a request.

    `trail` is who did what to it, and the status afterwards where the entry tells one.
    """

    id: int
    client: str
    counselor: str
    kind: str
    start: datetime
    minutes: int
    buffer: int
    status: Status
    made: datetime
    until: datetime | None
    awaits: Side = Side.COUNSELOR
    version: int = 1
    sequence: int = 0
    moves: Counter[Side] = field(default_factory=Counter)
    refund: int | None = None
    reason: str = ""
    cancelled_by: Side | None = None
    absent: Side | None = None
    began: datetime | None = None
    ended: datetime | None = None
    closed: datetime | None = None
    offer: Offer | None = None
    report: Report | None = None
    review: Review | None = None
    note: str = ""
    note_version: int = 0
    series: int | None = None
    trail: list[tuple[str, str | None, Status | None]] = field(default_factory=list)

    @property
    def end(self) -> datetime:
        return self.start + self.minutes * MINUTE

    @property
    def busy_until(self) -> datetime:
        return self.end + self.buffer * MINUTE

    @property
    def active(self) -> bool:
        return self.status in ACTIVE

    @property
    def outcome(self) -> Outcome | None:
        """What became of it, where that is settled."""
        if self.status is Status.COMPLETED:
            return Outcome.TOOK_PLACE
        if self.status is not Status.NO_SHOW:
            return None
        return Outcome.CLIENT_ABSENT if self.absent is Side.CLIENT else Outcome.COUNSELOR_ABSENT

    def done(self, action: str, actor: str | None) -> None:
        """Remember an entry of the trail that tells the status."""
        self.trail.append((action, actor, self.status))

    def noted(self, action: str, actor: str) -> None:
        """Remember one that does not."""
        self.trail.append((action, actor, None))


@dataclass(slots=True)
class Wait:
    """Somebody waits for a time on one of these dates."""

    id: int
    client: str
    counselor: str
    kind: str
    minutes: int
    first: date
    last: date
    made: datetime
    status: WaitStatus = WaitStatus.WAITING
    hold: int | None = None


def terms_of(session: Session) -> Terms:
    """The terms on which a session moves: those of its kind, with its own buffer."""
    terms = TERMS[session.kind, session.counselor]
    return Terms(session.buffer, terms.notice, terms.interval, terms.instant)
