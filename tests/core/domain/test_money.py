"""Amounts of money."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.money import Money

amounts = st.builds(Money, minor=st.integers(0, 10**12), currency=st.sampled_from(["USD", "JPY", "KWD"]))
shares = st.integers(0, 100)


@pytest.mark.parametrize(
    ("minor", "share", "wanted"),
    [(6000, 50, 3000), (6001, 50, 3001), (99, 33, 33), (1, 49, 0), (1, 50, 1), (6000, 0, 0), (0, 50, 0)],
)
def test_a_share_is_rounded_half_up(minor: int, share: int, wanted: int) -> None:
    assert Money(minor=minor, currency="USD").percent(share) == Money(minor=wanted, currency="USD")


@given(amounts, shares)
def test_a_share_is_the_nearest_minor_unit_in_the_same_currency(money: Money, share: int) -> None:
    part = money.percent(share)
    assert part.currency == money.currency
    assert -50 < part.minor * 100 - money.minor * share <= 50


@given(amounts, shares)
def test_two_shares_that_make_a_whole_lose_nothing_and_gain_a_unit_at_most(money: Money, share: int) -> None:
    both = money.percent(share).minor + money.percent(100 - share).minor
    assert both - money.minor in {0, 1}


@given(amounts)
def test_the_whole_is_itself(money: Money) -> None:
    assert money.percent(100) == money


def test_an_amount_is_never_negative() -> None:
    with pytest.raises(ValueError, match="never negative, got -1"):
        Money(minor=-1, currency="USD")


@pytest.mark.parametrize(("minor", "free"), [(0, True), (1, False)])
def test_only_nothing_is_free(minor: int, free: bool) -> None:
    assert Money(minor=minor, currency="USD").is_free is free
