"""The terms of cancelling, in words."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.screens.cancellation import TermsState, terms_in_words
from core.domain.cancellation import terms
from core.domain.money import Money
from core.domain.policy import Policy
from tests.bot.screens.reading import BERLIN, NEW_YORK
from tests.bot.screens.samples.people import INTRO, START

EARLY = START - timedelta(days=7)
PAID = TermsState(terms=terms(START, Policy()), price=INTRO.price, now=EARLY)
FREE = replace(PAID, price=Money(minor=0, currency="USD"))


def with_policy(**chosen: int) -> TermsState:
    """The same session under other policies."""
    return replace(PAID, terms=terms(START, Policy(chosen=chosen)))


@pytest.mark.parametrize(
    ("state", "wanted"),
    [
        (
            PAID,
            (
                "Free cancellation until Mon 2 Nov, 10:00 AM (New York time); "
                "after that 50% is refunded, until Tue 3 Nov, 8:00 AM."
            ),
        ),
        (
            with_policy(late_cancellation_refund_percent=0),
            (
                "Free cancellation until Mon 2 Nov, 10:00 AM (New York time); "
                "after that without a refund, until Tue 3 Nov, 8:00 AM."
            ),
        ),
        (
            with_policy(free_cancellation_hours=2),
            "Free cancellation until Tue 3 Nov, 8:00 AM (New York time), not possible after that.",
        ),
        (
            replace(PAID, now=PAID.terms.free_until),
            "You can cancel until Tue 3 Nov, 8:00 AM (New York time); 50% is refunded.",
        ),
        (
            replace(with_policy(late_cancellation_refund_percent=0), now=PAID.terms.free_until),
            "You can cancel until Tue 3 Nov, 8:00 AM (New York time), without a refund.",
        ),
        (FREE, "You can cancel until Tue 3 Nov, 8:00 AM (New York time)."),
        (
            replace(PAID, now=PAID.terms.cutoff),
            "It is too close to the start to cancel this session.",
        ),
    ],
)
def test_the_terms_name_the_exact_times(state: TermsState, wanted: str) -> None:
    assert terms_in_words(NEW_YORK, state) == wanted


def test_the_terms_are_told_on_the_reader_s_clock() -> None:
    assert terms_in_words(BERLIN, FREE) == "Absagen können Sie bis Di, 3. Nov., 14:00 (Ortszeit Berlin)."
