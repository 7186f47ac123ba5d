"""Which messages are still true, by the booking's status."""

import pytest

from core.domain.booking import Status
from core.domain.no_show import Report
from core.domain.notification import RULES, Kind, still_true
from core.domain.outcome import Outcome
from core.domain.review import Review
from core.domain.side import Side
from tests.core.domain.booking_examples import START, a_booking

TRUE_IN = {
    Kind.REQUEST_RECEIVED: Status.PENDING,
    Kind.NEW_REQUEST: Status.PENDING,
    Kind.REQUEST_NUDGE: Status.PENDING,
    Kind.NEW_BOOKING: Status.CONFIRMED,
    Kind.CONFIRMED: Status.CONFIRMED,
    Kind.REMINDER: Status.CONFIRMED,
    Kind.DECLINED: Status.DECLINED,
    Kind.EXPIRED: Status.EXPIRED,
    Kind.EXPIRED_UNANSWERED: Status.EXPIRED,
}
TO = {
    Kind.REQUEST_RECEIVED: Side.CLIENT,
    Kind.CONFIRMED: Side.CLIENT,
    Kind.DECLINED: Side.CLIENT,
    Kind.EXPIRED: Side.CLIENT,
    Kind.NEW_REQUEST: Side.COUNSELOR,
    Kind.NEW_BOOKING: Side.COUNSELOR,
    Kind.REQUEST_NUDGE: Side.COUNSELOR,
    Kind.EXPIRED_UNANSWERED: Side.COUNSELOR,
    Kind.REMINDER: None,
}


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("kind", TRUE_IN)
def test_a_message_is_true_in_one_status(kind: Kind, status: Status) -> None:
    assert still_true(kind, a_booking(status=status)) is (TRUE_IN[kind] is status)


def test_a_kind_goes_to_one_side_and_reminders_to_both() -> None:
    assert {kind: RULES[kind].recipient for kind in TO} == TO


REVIEW = Review(booking_id=7, counselor_id=1, client_id=2, stars=4, comment="", created_at=START)
REPORT = Report(booking_id=7, claim=Outcome.COUNSELOR_ABSENT, words="", created_at=START)


def test_nobody_is_asked_how_it_went_once_the_client_has_reported_it() -> None:
    running = a_booking(status=Status.IN_PROGRESS)
    assert still_true(Kind.OUTCOME_ASKED, running)
    assert not still_true(Kind.OUTCOME_ASKED, running, report=REPORT)


def test_the_counselor_is_asked_about_a_report_while_it_waits_for_them() -> None:
    booking = a_booking(status=Status.COMPLETED)
    assert still_true(Kind.NO_SHOW_REPORTED, booking, report=REPORT)
    assert not still_true(Kind.NO_SHOW_REPORTED, booking, report=REPORT.unanswered())
    assert not still_true(Kind.NO_SHOW_REPORTED, booking)


@pytest.mark.parametrize("kind", [Kind.REVIEW_WRITTEN, Kind.REVIEW_ANSWERED])
def test_nobody_is_told_of_a_review_that_is_hidden_or_of_a_session_that_was_none(kind: Kind) -> None:
    booking = a_booking(status=Status.COMPLETED)
    assert still_true(kind, booking, review=REVIEW)
    assert not still_true(kind, booking, review=REVIEW.with_(hidden_reason="Rude"))
    assert not still_true(kind, a_booking(status=Status.NO_SHOW), review=REVIEW)
    assert not still_true(kind, booking)


def test_every_kind_has_its_rule() -> None:
    assert set(RULES) == set(Kind)
