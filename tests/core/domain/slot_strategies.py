"""Slot queries for property tests: odd schedules, on the days on which clocks do odd things."""

from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from core.domain.availability import AvailabilityRule, DateOverride, OutOfOffice, Schedule, Window
from core.domain.slots import SlotQuery, SlotRules, Taken, TakenKind

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""For tests that ask a slow oracle, perhaps on a busy machine."""

Value = TypeVar("Value")

CLOCK_CHANGES = (
    ("America/New_York", date(2026, 3, 8)),
    ("America/New_York", date(2026, 11, 1)),
    ("Europe/Dublin", date(2026, 10, 25)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("Pacific/Chatham", date(2026, 9, 27)),
    ("Antarctica/Troll", date(2026, 10, 25)),
    ("Africa/Cairo", date(2026, 4, 24)),
    ("Africa/Cairo", date(2026, 10, 29)),
    ("Asia/Beirut", date(2026, 3, 29)),
    ("Asia/Beirut", date(2026, 10, 24)),
    ("America/Sao_Paulo", date(2018, 11, 4)),
    ("America/Sao_Paulo", date(2019, 2, 16)),
    ("America/Havana", date(2024, 3, 10)),
    ("America/Havana", date(2024, 11, 3)),
    ("Africa/Casablanca", date(2024, 3, 10)),
    ("Africa/El_Aaiun", date(2024, 4, 14)),
    ("Pacific/Apia", date(2011, 12, 30)),
    ("Pacific/Kwajalein", date(1969, 9, 30)),
    ("Asia/Kathmandu", date(2026, 12, 31)),
    ("Asia/Kolkata", date(2024, 2, 29)),
    ("Pacific/Kiritimati", date(2027, 1, 1)),
    ("UTC", date(2026, 12, 31)),
)
"""Zones and dates on or beside which something is unusual about their clocks."""


def fives(low: int, high: int) -> st.SearchStrategy[int]:
    """Multiples of five, both bounds included."""
    return st.integers(low // 5, high // 5).map(lambda each: each * 5)


def mostly(usual: Value, other: st.SearchStrategy[Value]) -> st.SearchStrategy[Value]:
    """The usual value three times out of four, so that one rule does not hide all others."""
    return st.sampled_from((True, True, True, False)).flatmap(
        lambda plain: st.just(usual) if plain else other
    )


def minutes(low: int, high: int) -> st.SearchStrategy[timedelta]:
    """Durations of whole five minutes."""
    return fives(low, high).map(in_minutes)


def in_minutes(count: int) -> timedelta:
    """That many minutes."""
    return timedelta(minutes=count)


@st.composite
def windows(draw: st.DrawFn) -> Window:
    """A window of any length, mostly at the hours at which clocks change."""
    start = draw(st.one_of(fives(0, 240), fives(1200, 1435), fives(0, 1435)))
    length = draw(st.one_of(st.just(1440), fives(5, 300), fives(5, 1440)))
    return Window(start_minute=start, end_minute=start + length)


def days_around(day: date, reach: int) -> st.SearchStrategy[date]:
    """A date at most `reach` days from this one."""
    return st.integers(-reach, reach).map(lambda each: day + timedelta(days=each))


@st.composite
def schedules(draw: st.DrawFn, zone: str, day: date) -> Schedule:
    """Some windows, most of them on the dates next to `day`, with overrides and absences there."""
    weekdays = days_around(day, 1).map(date.weekday)
    rules = st.builds(AvailabilityRule, weekday=weekdays, window=windows())
    override = st.builds(
        DateOverride, date=days_around(day, 2), windows=st.lists(windows(), max_size=2).map(tuple)
    )
    absence = st.builds(lambda first: OutOfOffice(first=first, last=first), days_around(day, 2))
    return Schedule(
        zone=zone,
        weekly=tuple(draw(st.lists(rules, min_size=2, max_size=6))),
        overrides=tuple(draw(mostly((), st.lists(override, min_size=1, max_size=2).map(tuple)))),
        out_of_office=tuple(draw(mostly((), st.tuples(absence)))),
    )


@st.composite
def taken(draw: st.DrawFn, near: datetime) -> Taken:
    """A taken time of any kind within a day or so of an instant."""
    kind = draw(st.sampled_from(TakenKind))
    start = near + draw(minutes(-1500, 3000))
    end = start + draw(minutes(5, 180))
    return Taken.between(start, end, kind, end + draw(minutes(0, 45)))


@st.composite
def queries(draw: st.DrawFn) -> SlotQuery:
    """A question about some hours around a change of clocks, in whole five minutes."""
    zone, day = draw(st.sampled_from(CLOCK_CHANGES))
    first = datetime(day.year, day.month, day.day, tzinfo=UTC) + draw(minutes(-1440, 1440))
    rules = SlotRules(
        duration=draw(st.sampled_from((5, 30, 60, 95, 180, 1500)).map(in_minutes)),
        interval=draw(st.sampled_from((5, 15, 30, 50, 60, 1445)).map(in_minutes)),
        buffer=draw(minutes(0, 60)),
        notice=draw(mostly(timedelta(0), minutes(5, 1440))),
        window_days=draw(mostly(60, st.integers(0, 2))),
        daily_limit=draw(mostly(None, st.integers(0, 2))),
    )
    return SlotQuery(
        schedule=draw(schedules(zone, day)),
        rules=rules,
        taken=draw(st.lists(taken(first), max_size=6)),
        now=first - draw(mostly(timedelta(hours=1), minutes(-1440, 4320))),
        first=first,
        until=first + draw(minutes(720, 1800)),
    )
