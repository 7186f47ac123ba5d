"""The terms on which a client may call a session off."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.cancellation import CancellationTerms, terms
from core.domain.policy import POLICIES, Policy
from tests.core.domain.booking_examples import START
from tests.core.domain.test_booking import HOUR


@pytest.mark.parametrize(
    ("chosen", "wanted"),
    [
        ({}, CancellationTerms(free_until=START - 24 * HOUR, cutoff=START - 2 * HOUR, late_percent=50)),
        (
            {"free_cancellation_hours": 48, "cancellation_cutoff_hours": 12},
            CancellationTerms(free_until=START - 48 * HOUR, cutoff=START - 12 * HOUR, late_percent=50),
        ),
        (
            {"free_cancellation_hours": 0, "late_cancellation_refund_percent": 0},
            CancellationTerms(free_until=START - 2 * HOUR, cutoff=START - 2 * HOUR, late_percent=0),
        ),
        (
            {"free_cancellation_hours": 0, "cancellation_cutoff_hours": 0},
            CancellationTerms(free_until=START, cutoff=START, late_percent=50),
        ),
    ],
    ids=["default", "strict", "free until the cutoff", "free until the start"],
)
def test_the_terms_follow_the_policies(chosen: dict[str, int], wanted: CancellationTerms) -> None:
    assert terms(START, Policy(chosen=chosen)) == wanted


def within(name: str) -> st.SearchStrategy[int]:
    return st.integers(POLICIES[name].least, POLICIES[name].most)


@given(free=within("free_cancellation_hours"), cutoff=within("cancellation_cutoff_hours"))
def test_what_is_refused_is_never_called_free(free: int, cutoff: int) -> None:
    found = terms(
        START, Policy(chosen={"free_cancellation_hours": free, "cancellation_cutoff_hours": cutoff})
    )
    assert found.cutoff == START - cutoff * HOUR
    assert found.free_until == min(START - free * HOUR, found.cutoff)
