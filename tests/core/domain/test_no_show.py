"""A no-show report: agreed, disputed, decided, and never opened again."""

import pytest

from core.domain.errors import Conflict, Invalid
from core.domain.no_show import WORDS_LENGTH, Report, ReportStatus
from core.domain.outcome import Outcome
from tests.core.domain.booking_examples import START

ASKED = Report(
    booking_id=1, claim=Outcome.COUNSELOR_ABSENT, words="I waited for half an hour.", created_at=START
)


def test_a_counselor_who_says_the_same_settles_it() -> None:
    agreed = ASKED.answered(Outcome.COUNSELOR_ABSENT, "I was ill.")
    assert (agreed.status, agreed.open, agreed.version) == (ReportStatus.AGREED, False, 2)


@pytest.mark.parametrize("outcome", [Outcome.TOOK_PLACE, Outcome.CLIENT_ABSENT])
def test_a_counselor_who_says_otherwise_disputes_it(outcome: Outcome) -> None:
    disputed = ASKED.answered(outcome, "I was there.")
    assert (disputed.status, disputed.answer, disputed.answer_words) == (
        ReportStatus.DISPUTED,
        outcome,
        "I was there.",
    )
    assert disputed.open


def test_silence_leaves_the_decision_to_the_admin() -> None:
    silent = ASKED.unanswered()
    assert (silent.status, silent.answer, silent.open) == (ReportStatus.DISPUTED, None, True)


def test_a_disputed_report_may_still_be_agreed_on() -> None:
    agreed = ASKED.unanswered().answered(Outcome.COUNSELOR_ABSENT, "")
    assert (agreed.status, agreed.version) == (ReportStatus.AGREED, 3)


def test_the_decision_is_kept_with_who_made_it() -> None:
    decided = ASKED.unanswered().decided(Outcome.TOOK_PLACE, 7)
    assert (decided.status, decided.decision, decided.decided_by) == (
        ReportStatus.DECIDED,
        Outcome.TOOK_PLACE,
        7,
    )


@pytest.mark.parametrize(
    "closed",
    [ASKED.answered(Outcome.COUNSELOR_ABSENT, ""), ASKED.unanswered().decided(Outcome.TOOK_PLACE, 7)],
    ids=["agreed", "decided"],
)
def test_what_is_settled_stays_settled(closed: Report) -> None:
    with pytest.raises(Conflict, match=r"^report_closed$"):
        closed.answered(Outcome.TOOK_PLACE, "")
    with pytest.raises(Conflict, match=r"^report_closed$"):
        closed.unanswered()
    with pytest.raises(Conflict, match=r"^report_closed$"):
        closed.decided(Outcome.CLIENT_ABSENT, 7)


def test_words_have_their_limit() -> None:
    with pytest.raises(Invalid, match=r"^too_long$") as refused:
        ASKED.answered(Outcome.TOOK_PLACE, "x" * (WORDS_LENGTH + 1))
    assert refused.value.details == {"most": WORDS_LENGTH, "got": WORDS_LENGTH + 1}
