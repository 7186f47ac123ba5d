"""No-show reports: the client says that the counselor did not come, or that the session did take place."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from core.domain.errors import Conflict, Invalid
from core.domain.outcome import Outcome

WORDS_LENGTH = 1000
ANSWER_WITHIN = timedelta(hours=48)
"""How long the counselor is waited for; silence decides nothing, the admin does."""


class ReportStatus(StrEnum):
    """Where a report stands."""

    ASKED = "asked"
    DISPUTED = "disputed"
    AGREED = "agreed"
    DECIDED = "decided"


OPEN = frozenset({ReportStatus.ASKED, ReportStatus.DISPUTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What the client says of a session, `claim`, and what the counselor answers to it; one for a booking.

    Where they agree it is settled; where they do not, or the counselor says nothing, it is `disputed` and
    the admin decides. `version` rises with every change.
    """

    booking_id: int
    claim: Outcome
    words: str
    created_at: datetime
    status: ReportStatus = ReportStatus.ASKED
    answer: Outcome | None = None
    answer_words: str = ""
    decision: Outcome | None = None
    decided_by: int | None = None
    version: int = 1

    def __post_init__(self) -> None:
        longest = max(len(self.words), len(self.answer_words))
        if longest > WORDS_LENGTH:
            raise Invalid("too_long", most=WORDS_LENGTH, got=longest)

    @property
    def open(self) -> bool:
        """It waits for somebody: the counselor, or the admin."""
        return self.status in OPEN

    def says(self, claim: Outcome, words: str) -> bool:
        """The client has said just this."""
        return (self.claim, self.words) == (claim, words)

    def answers(self, outcome: Outcome, words: str) -> bool:
        """The counselor has answered just this."""
        return (self.answer, self.answer_words) == (outcome, words)

    def answered(self, outcome: Outcome, words: str) -> "Report":
        """The report with what the counselor says; Conflict `report_closed`."""
        self._check_open()
        status = ReportStatus.AGREED if outcome is self.claim else ReportStatus.DISPUTED
        return replace(self, status=status, answer=outcome, answer_words=words, version=self.version + 1)

    def unanswered(self) -> "Report":
        """The report after the counselor has said nothing for too long; Conflict `report_closed`."""
        self._check_open()
        return replace(self, status=ReportStatus.DISPUTED, version=self.version + 1)

    def decided(self, outcome: Outcome, admin_id: int) -> "Report":
        """The report with what the admin says; Conflict `report_closed`."""
        self._check_open()
        return replace(
            self,
            status=ReportStatus.DECIDED,
            decision=outcome,
            decided_by=admin_id,
            version=self.version + 1,
        )

    def _check_open(self) -> None:
        if not self.open:
            raise Conflict("report_closed", booking_id=self.booking_id)
