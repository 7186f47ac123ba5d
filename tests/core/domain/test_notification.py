"""Which messages are still true, by the booking's status."""

import pytest

from core.domain.booking import Status
from core.domain.notification import RULES, Kind, still_true
from core.domain.side import Side
from tests.core.domain.booking_examples import a_booking

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


def test_every_kind_has_its_rule() -> None:
    assert set(RULES) == set(Kind)
