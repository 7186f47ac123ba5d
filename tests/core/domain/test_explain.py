"""Every time that is not offered has a reason, and names the time or limit that stands in the way."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings

from core.domain.availability import DateOverride, OutOfOffice, parse_window
from core.domain.explain import Reason, Refusal, explain
from core.domain.slots import SlotQuery, TakenKind, find_slots
from core.domain.timespan import Timespan
from tests.core.domain import clock_oracle
from tests.core.domain.slot_examples import (
    BASE,
    DAY,
    HOUR,
    MONDAY,
    at,
    everyday,
    take,
    with_rules,
    with_taken,
)
from tests.core.domain.slot_strategies import UNHURRIED, queries

MINUTE = timedelta(minutes=1)
BIT = timedelta(microseconds=1)


def span(start: str, end: str) -> Timespan:
    """A time on that Monday."""
    return Timespan(start=at(start), end=at(end))


def dates(first: str, last: str) -> tuple[date, date]:
    """Two dates in ISO form."""
    return (date.fromisoformat(first), date.fromisoformat(last))


@settings(UNHURRIED, max_examples=40)
@given(queries())
def test_a_time_has_no_reason_exactly_if_it_is_offered(query: SlotQuery) -> None:
    instants = list(clock_oracle.steps(query.first - HOUR, query.until + HOUR))
    assert [each for each in instants if explain(query, each) is None] == find_slots(query)


@settings(UNHURRIED, max_examples=40)
@given(queries())
def test_the_time_named_meets_the_session_or_its_buffer(query: SlotQuery) -> None:
    for start in clock_oracle.steps(query.first, query.until):
        refusal = explain(query, start)
        if refusal and refusal.span:
            kept_free = Timespan(start=start, end=start + query.rules.duration + query.rules.buffer)
            assert refusal.span.overlaps(kept_free)


def test_an_offered_time_has_no_reason() -> None:
    assert explain(BASE, at("10:00")) is None


def test_a_time_outside_the_range_was_not_asked_about() -> None:
    assert explain(BASE, BASE.until) == Refusal(reason=Reason.OUTSIDE_RANGE)


def test_the_past_and_too_short_notice_name_the_earliest_time() -> None:
    query = replace(with_rules(notice=HOUR), now=at("10:00"))
    assert [explain(query, at(clock)) for clock in ("09:30", "10:30", "11:00")] == [
        Refusal(reason=Reason.PAST, limit=at("11:00")),
        Refusal(reason=Reason.NOTICE, limit=at("11:00")),
        None,
    ]


def test_a_time_beyond_the_booking_window_names_the_dates_that_may_be_booked() -> None:
    query = replace(with_rules(window_days=1), until=MONDAY + 9 * DAY)
    assert explain(query, at("10:00", MONDAY + 7 * DAY)) == Refusal(
        reason=Reason.BEYOND_WINDOW, dates=dates("2026-05-03", "2026-05-04")
    )


def test_the_end_of_time_is_beyond_the_booking_window() -> None:
    end = datetime.max.replace(tzinfo=UTC)
    refusal = explain(replace(BASE, until=end), end - HOUR)
    assert refusal == Refusal(reason=Reason.BEYOND_WINDOW, dates=dates("2026-05-03", "2026-07-02"))


def test_a_closed_hour_is_outside_hours() -> None:
    assert explain(BASE, at("12:00")) == Refusal(reason=Reason.OUTSIDE_HOURS)


def test_a_day_off_names_its_dates() -> None:
    away = OutOfOffice(first=date(2026, 5, 1), last=date(2026, 5, 10))
    query = replace(BASE, schedule=replace(BASE.schedule, out_of_office=(away,)))
    assert explain(query, at("10:00")) == Refusal(
        reason=Reason.OUT_OF_OFFICE, dates=dates("2026-05-01", "2026-05-10")
    )


@pytest.mark.parametrize("hours", [(), ("14:00-15:00",)])
def test_an_override_that_takes_the_usual_hours_away_is_named(hours: tuple[str, ...]) -> None:
    special = DateOverride(date=MONDAY.date(), windows=tuple(parse_window(text) for text in hours))
    query = replace(BASE, schedule=replace(BASE.schedule, overrides=(special,)))
    assert [explain(query, at(clock)) for clock in ("10:00", "12:30")] == [
        Refusal(reason=Reason.OVERRIDE_CLOSED, dates=dates("2026-05-04", "2026-05-04")),
        Refusal(reason=Reason.OUTSIDE_HOURS),
    ]


def test_last_nights_override_explains_this_mornings_closed_hour() -> None:
    special = DateOverride(date=date(2026, 5, 3), windows=())
    schedule = replace(everyday("UTC", "22:00-02:00"), overrides=(special,))
    assert explain(replace(BASE, schedule=schedule), at("01:00")) == Refusal(
        reason=Reason.OVERRIDE_CLOSED, dates=dates("2026-05-03", "2026-05-03")
    )


@pytest.mark.parametrize("start", [at("09:10"), at("09:30") + BIT])
def test_a_time_between_the_steps_is_off_the_grid(start: datetime) -> None:
    assert explain(BASE, start) == Refusal(reason=Reason.OFF_GRID)


def test_a_session_that_runs_out_of_hours_names_the_open_time() -> None:
    assert explain(BASE, at("11:30")) == Refusal(reason=Reason.DOES_NOT_FIT, span=span("09:00", "12:00"))


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (TakenKind.BOOKING, Reason.BOOKING),
        (TakenKind.HOLD, Reason.HOLD),
        (TakenKind.EXTERNAL, Reason.EXTERNAL),
        (TakenKind.CLIENT, Reason.CLIENT_BUSY),
    ],
)
def test_taken_time_is_named_by_its_kind(kind: TakenKind, reason: Reason) -> None:
    query = with_taken(take(kind, "10:10", "10:20", busy_until="10:40"))
    assert explain(query, at("10:00")) == Refusal(reason=reason, span=span("10:10", "10:20"))


def test_a_start_in_the_buffer_after_a_session_names_the_buffer() -> None:
    query = with_taken(take(TakenKind.BOOKING, "09:00", "10:00", busy_until="10:15"))
    assert explain(query, at("10:00")) == Refusal(reason=Reason.BUFFER, span=span("10:00", "10:15"))


def test_a_session_whose_own_buffer_meets_the_next_names_that_session() -> None:
    query = with_rules(with_taken(take(TakenKind.BOOKING, "11:00", "12:00")), buffer=15 * MINUTE)
    assert explain(query, at("10:00")) == Refusal(reason=Reason.BUFFER, span=span("11:00", "12:00"))


def test_of_several_taken_times_a_booking_comes_before_a_calendar() -> None:
    query = with_taken(take(TakenKind.EXTERNAL, "10:00", "11:00"), take(TakenKind.BOOKING, "10:30", "11:00"))
    assert explain(query, at("10:00")) == Refusal(reason=Reason.BOOKING, span=span("10:30", "11:00"))


def test_a_full_date_is_named() -> None:
    query = with_rules(with_taken(take(TakenKind.HOLD, "09:00", "10:00")), daily_limit=1)
    assert explain(query, at("11:00")) == Refusal(
        reason=Reason.DAILY_LIMIT, dates=dates("2026-05-04", "2026-05-04")
    )
