"""Ranges of dates as people type them."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.typed_dates import understand_range

TODAY = datetime.fromisoformat("2026-11-02T10:00")  # a Monday


def understood(text: str, locale: str = "en") -> tuple[str, str] | None:
    found = understand_range(text, TODAY, locale)
    return found and (found[0].isoformat(), found[1].isoformat())


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("24.12. – 6.1.", "2026-12-24", "2027-01-06"),
        ("24.12.-6.1.", "2026-12-24", "2027-01-06"),
        ("24.12.2026 bis 6.1.2027", "2026-12-24", "2027-01-06"),
        ("vom 24.12. bis zum 6.1.", "2026-12-24", "2027-01-06"),
        ("from 24 December to 6 January", "2026-12-24", "2027-01-06"),
        ("2026-12-24 - 2027-01-06", "2026-12-24", "2027-01-06"),
        ("2026-12-24-2027-01-06", "2026-12-24", "2027-01-06"),
        ("3.-7.11.", "2026-11-03", "2026-11-07"),
        ("3-7 nov", "2026-11-03", "2026-11-07"),
        ("today - friday", "2026-11-02", "2026-11-06"),
        ("tomorrow until friday", "2026-11-03", "2026-11-06"),
        ("friday to monday", "2026-11-06", "2026-11-09"),
        ("24.12.", "2026-12-24", "2026-12-24"),
        ("2026-12-24", "2026-12-24", "2026-12-24"),
        ("  Tomorrow ", "2026-11-03", "2026-11-03"),
        ("24.12. - 24.12.", "2026-12-24", "2026-12-24"),
    ],
)
def test_two_dates_or_one_are_understood(text: str, first: str, last: str) -> None:
    assert understood(text) == (first, last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [("heute bis Freitag", "2026-11-02", "2026-11-06"), ("morgen", "2026-11-03", "2026-11-03")],
)
def test_german_words_are_understood(text: str, first: str, last: str) -> None:
    assert understood(text, "de") == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "holidays",
        "24.12. -",
        "- 24.12.",
        "6.12.2026 - 1.12.2026",
        "1.11.2026 - 5.11.2026",
        "1.-5.11.",
        "9.-3.11.",
        "tomorrow 3pm",
        "31.2. - 5.3.",
        "x" * 500,
    ],
)
def test_what_is_no_range_ahead_is_not_understood(text: str) -> None:
    assert understood(text) is None


@given(
    st.dates(date(2026, 11, 2), date(2030, 1, 1)),
    st.integers(0, 400),
    st.sampled_from((" - ", "–", " bis ", " to ")),
)
def test_full_dates_come_back(first: date, days: int, between: str) -> None:
    last = date.fromordinal(first.toordinal() + days)
    for written in ("{0.day}.{0.month}.{0.year}", "{0}"):
        text = written.format(first) + between + written.format(last)
        assert understand_range(text, TODAY, "de") == (first, last)


@given(st.text(alphabet="0123456789.-– bistohe", max_size=40))
def test_whatever_is_typed_the_days_are_in_order_and_not_over(text: str) -> None:
    found = understand_range(text, TODAY, "en")
    assert found is None or TODAY.date() <= found[0] <= found[1]
