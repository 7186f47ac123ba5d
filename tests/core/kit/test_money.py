"""Amounts: exact to the minor unit in both directions."""

from decimal import Decimal

import pytest
from babel.numbers import get_currency_precision
from hypothesis import given
from hypothesis import strategies as st

from core.kit.money import is_known_currency, parse_minor, show_money, write_minor

CURRENCIES = ["USD", "EUR", "JPY", "KWD", "CHF", "XXX"]


@given(st.integers(0, 10**9 - 1), st.sampled_from(CURRENCIES))
def test_an_amount_reads_as_it_is_written(minor: int, currency: str) -> None:
    assert parse_minor(write_minor(minor, currency), currency) == minor


@given(st.integers(0, 999_999_999), st.integers(0, 3), st.integers(0, 999), st.sampled_from(CURRENCIES))
def test_an_amount_is_exact_or_refused(whole: int, places: int, rest: int, currency: str) -> None:
    text = f"{whole}.{rest % 10**places:0{places}}" if places else str(whole)
    digits = get_currency_precision(currency)
    if places > digits:
        with pytest.raises(ValueError, match="decimals"):
            parse_minor(text, currency)
    else:
        assert parse_minor(text, currency) == Decimal(text) * 10**digits


@pytest.mark.parametrize(
    ("text", "currency", "line"),
    [
        ("60.001", "USD", "an amount with at most 2 decimals such as 125.00"),
        ("60.0", "JPY", "an amount with no decimals such as 12500"),
        ("1,50", "KWD", "an amount with at most 3 decimals such as 12.500"),
        ("-1", "USD", "an amount with at most 2 decimals such as 125.00"),
        ("1e3", "USD", "an amount with at most 2 decimals such as 125.00"),
        ("²", "USD", "an amount with at most 2 decimals such as 125.00"),
        ("", "USD", "an amount with at most 2 decimals such as 125.00"),
        ("1.", "USD", "an amount with at most 2 decimals such as 125.00"),
        ("1 ", "USD", "an amount with at most 2 decimals such as 125.00"),
        ("NaN", "USD", "an amount with at most 2 decimals such as 125.00"),
        ("1234567890", "USD", "an amount with at most 2 decimals such as 125.00"),
    ],
)
def test_what_is_no_amount_is_told(text: str, currency: str, line: str) -> None:
    with pytest.raises(ValueError, match=f"^{line}$"):
        parse_minor(text, currency)


@pytest.mark.parametrize(
    ("minor", "currency", "language", "shown"),
    [
        (6000, "USD", "en", "$60.00"),
        (6000, "EUR", "de", "60,00\u00a0€"),
        (6000, "JPY", "en", "¥6,000"),
        (6000, "CHF", "de", "60,00\u00a0CHF"),
        (12345, "KWD", "en", "KWD\u00a012.345"),
    ],
)
def test_money_is_shown_as_the_language_has_it(minor: int, currency: str, language: str, shown: str) -> None:
    assert show_money(minor, currency, language) == shown


def test_currencies_are_known_by_their_code() -> None:
    assert [code for code in ("EUR", "XXX", "eur", "ZZZ", "") if is_known_currency(code)] == ["EUR", "XXX"]
