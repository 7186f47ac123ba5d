"""A slot is offered exactly if the whole session lies in open time and nothing stands against it."""

import os
import random
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings

from core.domain.availability import AvailabilityRule, DateOverride, OutOfOffice, Schedule, parse_window
from core.domain.slots import SlotQuery, Taken, TakenKind, find_slots, is_offered
from tests.benchmarks.reference_slots import PlainQuery, PlainTaken, reference_slots
from tests.core.domain import clock_oracle
from tests.core.domain.slot_examples import (
    BASE,
    DAY,
    HOUR,
    MONDAY,
    at,
    clocks,
    everyday,
    take,
    with_rules,
    with_taken,
)
from tests.core.domain.slot_strategies import UNHURRIED, queries

MINUTE = timedelta(minutes=1)
BIT = timedelta(microseconds=1)
PROJECT = Path(__file__).parents[3]


@settings(UNHURRIED, max_examples=150)
@given(queries())
def test_slots_are_those_found_by_looking_at_the_clock(query: SlotQuery) -> None:
    assert find_slots(query) == clock_oracle.slots(query)


@settings(UNHURRIED, max_examples=40)
@given(queries())
def test_a_start_is_offered_exactly_if_it_is_listed(query: SlotQuery) -> None:
    instants = list(clock_oracle.steps(query.first - HOUR, query.until + HOUR))
    assert [each for each in instants if is_offered(query, each)] == find_slots(query)


@pytest.mark.parametrize(
    "zone", ["America/New_York", "Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe"]
)
def test_the_plain_loop_of_the_benchmark_gives_the_same_slots(zone: str) -> None:
    chance = random.Random(zone)
    plain = PlainQuery(
        schedule=replace(
            everyday(zone, "06:00-11:00", "12:00-14:00", "22:30-01:00"),
            overrides=(DateOverride(date=date(2026, 4, 7), windows=(parse_window("10:00-12:00"),)),),
            out_of_office=(OutOfOffice(first=date(2026, 4, 1), last=date(2026, 4, 3)),),
        ),
        rules=replace(BASE.rules, interval=25 * MINUTE, buffer=15 * MINUTE, daily_limit=3, window_days=45),
        taken=[plain_taken(chance) for _ in range(120)],
        now=datetime(2026, 3, 1, tzinfo=UTC),
        first=datetime(2026, 3, 4, tzinfo=UTC),
        until=datetime(2026, 5, 1, tzinfo=UTC),
    )
    taken = [Taken.between(each.start, each.end, each.kind, each.busy_until) for each in plain.taken]
    query = SlotQuery(
        schedule=plain.schedule,
        rules=plain.rules,
        taken=taken,
        now=plain.now,
        first=plain.first,
        until=plain.until,
    )
    assert find_slots(query) == reference_slots(plain)


def plain_taken(chance: random.Random) -> PlainTaken:
    """Some time taken in March or April."""
    start = datetime(2026, 3, 1, tzinfo=UTC) + chance.randrange(60 * 1440) * MINUTE
    end = start + chance.randint(5, 90) * MINUTE
    kind = chance.choice(list(TakenKind))
    return PlainTaken(start=start, end=end, busy_until=end + 10 * MINUTE, kind=kind)


def test_sessions_start_on_the_grid_and_fit_into_open_time() -> None:
    assert clocks(find_slots(BASE)) == ["09:00", "09:30", "10:00", "10:30", "11:00"]


def test_slots_are_utc_instants() -> None:
    assert {each.tzinfo for each in find_slots(BASE)} == {UTC}


def test_the_range_is_half_open() -> None:
    query = replace(BASE, first=at("09:30"), until=at("10:30"))
    assert clocks(find_slots(query)) == ["09:30", "10:00"]
    later = replace(query, first=at("09:30") + BIT, until=at("10:30") + BIT)
    assert clocks(find_slots(later)) == ["10:00", "10:30"]


def test_a_range_that_ends_before_it_starts_has_no_slots() -> None:
    assert find_slots(replace(BASE, first=BASE.until, until=BASE.first)) == []


def test_a_session_may_run_on_after_the_range() -> None:
    assert clocks(find_slots(replace(BASE, until=at("11:00:01")))) == clocks(find_slots(BASE))


@pytest.mark.parametrize("kind", [TakenKind.BOOKING, TakenKind.HOLD])
def test_a_session_keeps_its_buffer_to_both_sides(kind: TakenKind) -> None:
    taken = take(kind, "10:00", "10:30", busy_until="10:45")
    query = with_rules(with_taken(taken), duration=HOUR / 2, interval=HOUR / 4, buffer=15 * MINUTE)
    assert clocks(find_slots(query)) == ["09:00", "09:15", "10:45", "11:00", "11:15", "11:30"]


@pytest.mark.parametrize("kind", [TakenKind.EXTERNAL, TakenKind.CLIENT])
def test_other_taken_time_needs_no_buffer(kind: TakenKind) -> None:
    taken = take(kind, "10:00", "10:30", busy_until="10:45")
    query = with_rules(with_taken(taken), duration=HOUR / 2, interval=HOUR / 4, buffer=15 * MINUTE)
    assert clocks(find_slots(query)) == [
        "09:00",
        "09:15",
        "09:30",
        "10:30",
        "10:45",
        "11:00",
        "11:15",
        "11:30",
    ]


def test_the_buffer_may_reach_out_of_open_time() -> None:
    assert clocks(find_slots(with_rules(buffer=HOUR)))[-1] == "11:00"


def test_a_part_of_a_second_of_taken_time_takes_the_slot() -> None:
    query = with_taken(Taken.between(at("10:00") - BIT, at("10:00"), TakenKind.EXTERNAL))
    assert clocks(find_slots(query)) == ["10:00", "10:30", "11:00"]


def test_notice_is_counted_from_now_to_the_microsecond() -> None:
    query = with_rules(notice=2 * HOUR)
    assert clocks(find_slots(replace(query, now=at("08:00"))))[0] == "10:00"
    assert clocks(find_slots(replace(query, now=at("08:00") + BIT)))[0] == "10:30"


def test_notice_is_elapsed_time_over_a_clock_change() -> None:
    new_york = ZoneInfo("America/New_York")
    query = replace(
        with_rules(notice=8 * HOUR),
        schedule=everyday("America/New_York", "06:00-12:00"),
        now=datetime(2026, 3, 7, 23, tzinfo=new_york),
        first=datetime(2026, 3, 8, tzinfo=new_york),
        until=datetime(2026, 3, 9, tzinfo=new_york),
    )
    assert find_slots(query)[0] == datetime(2026, 3, 8, 8, tzinfo=new_york)


def test_nothing_in_the_past_is_offered() -> None:
    assert clocks(find_slots(replace(BASE, now=at("10:15")))) == ["10:30", "11:00"]


def test_the_booking_window_counts_the_counselors_dates() -> None:
    """At 09:00 UTC on Monday it is still Sunday in Honolulu, for another hour."""
    asked = replace(with_rules(window_days=0), now=at("09:00"), until=MONDAY + 3 * DAY)
    honolulu = find_slots(replace(asked, schedule=everyday("Pacific/Honolulu", "00:00-24:00")))
    utc = find_slots(replace(asked, schedule=everyday("UTC", "00:00-24:00")))
    assert (honolulu, utc[-1]) == ([at("09:00"), at("09:30")], at("23:30"))


def test_a_full_date_is_not_offered_and_the_next_one_is() -> None:
    booked = take(TakenKind.BOOKING, "09:00", "10:00")
    held = take(TakenKind.HOLD, "10:00", "11:00")
    query = replace(with_taken(booked, held), schedule=everyday("UTC", "09:00-12:00"), until=MONDAY + 2 * DAY)
    offered = {limit: find_slots(with_rules(query, daily_limit=limit)) for limit in (2, 3)}
    tuesday = [at(clock, MONDAY + DAY) for clock in ("09:00", "09:30", "10:00", "10:30", "11:00")]
    assert offered == {2: tuesday, 3: [at("11:00"), *tuesday]}


def test_the_daily_limit_counts_by_the_counselors_date_of_the_start() -> None:
    last_night = Taken.between(at("03:00"), at("03:30"), TakenKind.BOOKING)
    query = replace(with_taken(last_night), schedule=everyday("America/New_York", "09:00-11:00"))
    assert clocks(find_slots(with_rules(query, daily_limit=1))) == ["13:00", "13:30", "14:00"]


def test_only_sessions_count_for_the_daily_limit() -> None:
    query = with_taken(take(TakenKind.EXTERNAL, "09:00", "09:10"), take(TakenKind.CLIENT, "09:10", "09:20"))
    assert clocks(find_slots(with_rules(query, daily_limit=1))) == ["09:30", "10:00", "10:30", "11:00"]


def test_a_window_past_midnight_is_one_window() -> None:
    query = replace(
        with_rules(interval=HOUR), schedule=everyday("UTC", "22:30-01:30"), until=MONDAY + 2 * DAY
    )
    assert clocks(find_slots(query)) == ["00:30", "22:30", "23:30", "00:30", "22:30", "23:30"]


def test_a_long_window_has_one_grid_whatever_part_of_it_is_asked_about() -> None:
    rules = (
        AvailabilityRule(weekday=0, window=parse_window("15:00-24:00")),
        AvailabilityRule(weekday=1, window=parse_window("00:00-15:00")),
    )
    query = replace(with_rules(interval=7 * HOUR), schedule=Schedule(zone="UTC", weekly=rules))
    monday = find_slots(replace(query, until=at("22:30")))
    tuesday = find_slots(replace(query, first=MONDAY + DAY + HOUR, until=MONDAY + 2 * DAY))
    assert (clocks(monday), clocks(tuesday)) == (["21:00"], ["07:00", "14:00"])


def test_an_always_open_counselor_has_a_grid_from_each_midnight() -> None:
    query = replace(with_rules(interval=7 * HOUR), schedule=everyday("Asia/Kathmandu", "00:00-24:00"))
    starts = find_slots(replace(query, until=MONDAY + 2 * DAY))
    assert clocks(starts) == ["01:15", "08:15", "15:15", "18:15", "01:15", "08:15", "15:15", "18:15"]


@pytest.mark.parametrize(
    ("zone", "day", "hours", "starts"),
    [
        ("America/New_York", "2026-03-08", "01:00-04:00", ["06:00", "06:30", "07:00"]),
        ("America/New_York", "2026-11-01", "01:00-02:00", ["05:00", "05:30", "06:00"]),
        (
            "America/New_York",
            "2026-11-01",
            "14:00-18:00",
            ["19:00", "19:30", "20:00", "20:30", "21:00", "21:30", "22:00"],
        ),
        ("Australia/Lord_Howe", "2026-04-05", "01:00-02:00", ["14:00", "14:30"]),
        ("Africa/Cairo", "2026-04-24", "00:00-02:00", ["22:00"]),
        ("Africa/Cairo", "2026-10-29", "23:00-24:00", ["20:00", "20:30", "21:00"]),
        ("America/Sao_Paulo", "2019-02-16", "23:00-24:00", ["01:00", "01:30", "02:00"]),
        ("America/Havana", "2024-11-03", "00:00-01:00", ["04:00", "04:30", "05:00"]),
        ("Africa/Casablanca", "2024-03-10", "02:00-03:00", ["01:00", "01:30", "02:00"]),
        ("Pacific/Apia", "2011-12-30", "09:00-17:00", []),
        ("Asia/Kathmandu", "2026-12-31", "23:00-01:00", ["17:15", "17:45", "18:15"]),
    ],
)
def test_slots_on_a_day_of_odd_clocks(zone: str, day: str, hours: str, starts: list[str]) -> None:
    schedule = Schedule(
        zone=zone, overrides=(DateOverride(date=date.fromisoformat(day), windows=(parse_window(hours),)),)
    )
    midnight = datetime.fromisoformat(day).replace(tzinfo=UTC)
    query = replace(
        BASE, schedule=schedule, now=midnight - 2 * DAY, first=midnight - DAY, until=midnight + 2 * DAY
    )
    assert clocks(find_slots(query)) == starts


def test_a_day_off_in_cairo_stays_closed_when_clocks_go_back_at_midnight() -> None:
    closed = (DateOverride(date=date(2026, 10, 30), windows=()),)
    schedule = replace(everyday("Africa/Cairo", "09:00-11:00"), overrides=closed)
    first = datetime(2026, 10, 29, tzinfo=UTC)
    query = replace(
        with_rules(interval=HOUR), schedule=schedule, now=first, first=first, until=first + 3 * DAY
    )
    assert [each.day for each in find_slots(query)] == [29, 29, 31, 31]


def test_a_start_with_parts_of_a_second_is_not_offered() -> None:
    assert (is_offered(BASE, at("10:00")), is_offered(BASE, at("10:00") + BIT)) == (True, False)


def test_a_start_is_the_same_in_any_zone() -> None:
    assert is_offered(BASE, at("10:00").astimezone(timezone(timedelta(hours=5, minutes=45))))


def test_a_start_outside_the_range_is_not_offered() -> None:
    query = replace(BASE, first=at("10:00"), until=at("11:00"))
    assert [is_offered(query, at(clock)) for clock in ("09:30", "10:00", "10:30", "11:00")] == [
        False,
        True,
        True,
        False,
    ]


def test_naive_times_are_refused() -> None:
    with pytest.raises(ValueError, match="a time without a zone"):
        find_slots(replace(BASE, now=BASE.now.replace(tzinfo=None)))


def test_a_far_range_costs_no_more_than_the_booking_window() -> None:
    end_of_time = datetime.max.replace(tzinfo=UTC, microsecond=0)
    query = replace(BASE, first=datetime.min.replace(tzinfo=UTC), until=end_of_time)
    assert len(find_slots(query)) == 5 * 9


@pytest.mark.parametrize("machine_zone", ["Pacific/Kiritimati", "America/St_Johns", "Nowhere/At_All"])
def test_slots_do_not_depend_on_the_machine(machine_zone: str, tmp_path: Path) -> None:
    ask = (
        "from tests.core.domain.slot_examples import *; from core.domain.slots import find_slots;"
        "new_york = replace(BASE, schedule=everyday('America/New_York', '09:00-12:00'));"
        "print(clocks(find_slots(new_york)))"
    )
    told = {**os.environ, "TZ": machine_zone, "PYTHONTZPATH": str(tmp_path)}
    command = [sys.executable, "-c", ask]
    answer = subprocess.run(command, cwd=PROJECT, env=told, capture_output=True, text=True, check=True)
    assert answer.stdout == "['13:00', '13:30', '14:00', '14:30', '15:00']\n"


def test_a_session_may_last_longer_than_a_day() -> None:
    query = replace(
        with_rules(duration=30 * HOUR, interval=12 * HOUR), schedule=everyday("UTC", "00:00-24:00")
    )
    query = with_taken(take(TakenKind.EXTERNAL, "00:00", "01:00"), query=query)
    assert clocks(find_slots(query)) == ["12:00"]
