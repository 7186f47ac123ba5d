"""The terms on which a client may call a session off, and what comes back."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.booking import Refund, RefundStatus
from core.domain.cancellation import CancellationTerms, Reason, refund, terms
from core.domain.money import Money
from core.domain.policy import POLICIES, Policy
from core.domain.side import Side
from tests.core.domain.booking_examples import START, a_booking
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


INSTANT = timedelta(microseconds=1)
WHO = st.sampled_from([Side.CLIENT, Side.COUNSELOR, None])


@pytest.mark.parametrize(
    ("by", "left", "percent"),
    [
        (Side.CLIENT, 24 * HOUR + INSTANT, 100),
        (Side.CLIENT, 24 * HOUR, 50),
        (Side.CLIENT, HOUR, 50),
        (Side.COUNSELOR, INSTANT, 100),
        (None, INSTANT, 100),
    ],
    ids=["client in time", "client late", "client very late", "counselor", "lapsed"],
)
def test_everything_comes_back_unless_the_client_is_late(
    by: Side | None, left: timedelta, percent: int
) -> None:
    found = refund(a_booking(), by, START - left, Policy())
    assert found == Refund(
        percent=percent, amount=Money(minor=60 * percent, currency="USD"), status=RefundStatus.NONE
    )


@given(
    minor=st.integers(0, 10**9),
    by=WHO,
    hours=st.integers(0, 2000),
    late=within("late_cancellation_refund_percent"),
    free=within("free_cancellation_hours"),
)
def test_never_more_comes_back_than_was_asked_and_never_more_to_who_comes_later(
    minor: int, by: Side | None, hours: int, late: int, free: int
) -> None:
    policy = Policy(chosen={"late_cancellation_refund_percent": late, "free_cancellation_hours": free})
    booking = a_booking(price=Money(minor=minor, currency="USD"))
    found = refund(booking, by, START - hours * HOUR, policy)
    assert found.percent in {100, late}
    assert 0 <= found.amount.minor <= minor
    assert found.amount == booking.price.percent(found.percent)
    assert refund(booking, by, START - hours * HOUR + HOUR, policy).percent <= found.percent
    assert (found.percent == 100) >= (by is not Side.CLIENT)


def test_the_reasons_are_words_of_a_button() -> None:
    assert {each.value for each in Reason} == {
        "ill",
        "time",
        "no_need",
        "other_counselor",
        "emergency",
        "other",
        "new_time",
    }
