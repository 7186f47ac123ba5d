"""Dates and times as people type them."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.typed_time import TypedTime, understand

TUESDAY = datetime(2026, 11, 3, 10, 0)  # noqa: DTZ001 - a wall clock


def typed(day: date | None, clock: time | None) -> TypedTime:
    return TypedTime(day=day, clock=clock)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("tomorrow 3pm", typed(date(2026, 11, 4), time(15))),
        ("Tomorrow at 3 PM", typed(date(2026, 11, 4), time(15))),
        ("today", typed(date(2026, 11, 3), None)),
        ("friday 14:00", typed(date(2026, 11, 6), time(14))),
        ("Nov 5 at 9", typed(date(2026, 11, 5), time(9))),
        ("5 nov 9:30", typed(date(2026, 11, 5), time(9, 30))),
        ("in 2 weeks at 3pm", typed(date(2026, 11, 17), time(15))),
        ("2026-12-24 09:00", typed(date(2026, 12, 24), time(9))),
        ("24.12.", typed(date(2026, 12, 24), None)),
        ("24.12.2026", typed(date(2026, 12, 24), None)),
        ("12:15 am", typed(None, time(0, 15))),
        ("noon", typed(None, time(12))),
        ("15:00", typed(None, time(15))),
    ],
)
def test_english_dates_and_times_are_understood(text: str, meant: TypedTime) -> None:
    assert understand(text, TUESDAY, "en") == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("morgen 15 Uhr", typed(date(2026, 11, 4), time(15))),
        ("übermorgen", typed(date(2026, 11, 5), None)),
        ("Donnerstag um 9:30", typed(date(2026, 11, 5), time(9, 30))),
        ("am 5.11. um 10", typed(date(2026, 11, 5), time(10))),
        ("24.12. 15 Uhr 30", typed(date(2026, 12, 24), time(15, 30))),
        ("24.12 15.30 Uhr", typed(date(2026, 12, 24), time(15, 30))),
        ("9 Uhr", typed(None, time(9))),
        ("heute mittag", typed(date(2026, 11, 3), time(12))),
        ("tomorrow", typed(date(2026, 11, 4), None)),
    ],
)
def test_german_dates_and_times_are_understood(text: str, meant: TypedTime) -> None:
    assert understand(text, TUESDAY, "de") == meant


@pytest.mark.parametrize("text", ["", "hello", "my cat is 3", "31.2.", "2026-02-31", "x" * 65_000, "²", "🙂"])
def test_other_texts_are_not_a_date(text: str) -> None:
    assert understand(text, TUESDAY, "en") is None


@given(text=st.text(max_size=70), locale=st.sampled_from(["en", "de"]))
def test_no_text_breaks_the_reader(text: str, locale: str) -> None:
    understand(text, TUESDAY, locale)


@given(day=st.dates(date(2026, 11, 3), date(2027, 10, 31)), clock=st.times())
def test_an_iso_date_and_time_means_itself(day: date, clock: time) -> None:
    minute = clock.replace(second=0, microsecond=0)
    assert understand(f"{day} {minute:%H:%M}", TUESDAY, "de") == typed(day, minute)
