"""Days off: which may be taken, how they join, and which sessions they clash with."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.absence import FURTHEST, MOST_DAYS, check_absence, clashes_with, with_absence
from core.domain.availability import OutOfOffice
from core.domain.booking import Status
from core.domain.errors import Invalid
from tests.core.domain.booking_examples import START, a_booking

TODAY = date(2026, 11, 2)


def off(first: int, last: int) -> OutOfOffice:
    """Days off from so many days after today."""
    return OutOfOffice(first=TODAY + timedelta(days=first), last=TODAY + timedelta(days=last))


@pytest.mark.parametrize(
    ("absence", "code"),
    [
        (off(-3, -1), "absence_over"),
        (off(0, MOST_DAYS), "absence_too_long"),
        (off(FURTHEST.days, FURTHEST.days + 1), "absence_too_far"),
    ],
)
def test_what_cannot_be_meant_is_refused(absence: OutOfOffice, code: str) -> None:
    with pytest.raises(Invalid, match=code):
        check_absence(absence, TODAY)


@pytest.mark.parametrize(
    "absence", [off(-3, 0), off(0, 0), off(0, MOST_DAYS - 1), off(FURTHEST.days, FURTHEST.days)]
)
def test_what_can_be_meant_is_taken(absence: OutOfOffice) -> None:
    check_absence(absence, TODAY)


@pytest.mark.parametrize(
    ("standing", "added", "wanted"),
    [
        ([], off(1, 2), [off(1, 2)]),
        ([off(5, 6)], off(1, 2), [off(1, 2), off(5, 6)]),
        ([off(1, 2)], off(3, 4), [off(1, 2), off(3, 4)]),
        ([off(1, 3)], off(3, 4), [off(1, 4)]),
        ([off(1, 9)], off(3, 4), [off(1, 9)]),
        ([off(1, 2), off(4, 5), off(8, 9)], off(2, 4), [off(1, 5), off(8, 9)]),
    ],
)
def test_days_off_that_overlap_become_one(
    standing: list[OutOfOffice], added: OutOfOffice, wanted: list[OutOfOffice]
) -> None:
    assert with_absence(standing, added) == tuple(wanted)


ranges = st.tuples(st.integers(0, 40), st.integers(0, 6)).map(lambda pair: off(pair[0], pair[0] + pair[1]))


@given(st.lists(ranges, max_size=8))
def test_joined_days_off_are_the_same_days_and_never_overlap(added: list[OutOfOffice]) -> None:
    standing: tuple[OutOfOffice, ...] = ()
    for each in added:
        standing = with_absence(standing, each)
    assert _days(standing) == _days(added)
    assert all(one.last < other.first for one, other in pairwise(standing))
    assert all(with_absence(standing, each) == standing for each in standing)


def _days(absences: list[OutOfOffice] | tuple[OutOfOffice, ...]) -> set[date]:
    return {
        each.first + timedelta(days=n) for each in absences for n in range((each.last - each.first).days + 1)
    }


def test_only_what_is_asked_for_or_agreed_and_still_to_come_clashes() -> None:
    ahead, now = a_booking(), START - timedelta(hours=1)
    clashing = {status for status in Status if clashes_with(replace(ahead, status=status), now)}
    assert clashing == {Status.PENDING, Status.CONFIRMED}
    assert not clashes_with(replace(ahead, status=Status.CONFIRMED), START)
