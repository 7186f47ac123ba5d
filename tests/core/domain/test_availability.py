"""Open hours are a set of instants: what the counselor's clock shows decides, on every odd day of clocks."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.availability import (
    AvailabilityRule,
    DateOverride,
    OutOfOffice,
    Schedule,
    open_spans,
    parse_window,
)
from core.domain.timespan import from_epoch, to_epoch
from core.domain.zones import UnknownZoneError
from tests.core.domain import clock_oracle
from tests.core.domain.slot_strategies import CLOCK_CHANGES, UNHURRIED, schedules

DAY = timedelta(days=1)
BERLIN = "Europe/Berlin"


def weekly(*hours: str, weekdays: range = range(7)) -> tuple[AvailabilityRule, ...]:
    """The same hours on several weekdays."""
    return tuple(
        AvailabilityRule(weekday=day, window=parse_window(text)) for day in weekdays for text in hours
    )


def override(day: str, *hours: str) -> DateOverride:
    """Other hours on one date."""
    return DateOverride(date=date.fromisoformat(day), windows=tuple(parse_window(text) for text in hours))


def away(first: str, last: str) -> OutOfOffice:
    """Days off."""
    return OutOfOffice(first=date.fromisoformat(first), last=date.fromisoformat(last))


def opened(schedule: Schedule, first: str, last: str) -> list[str]:
    """The open spans of some UTC dates, both included, written in UTC."""
    begin = datetime.fromisoformat(first).replace(tzinfo=UTC)
    end = datetime.fromisoformat(last).replace(tzinfo=UTC) + DAY
    return [
        f"{from_epoch(start):%d %H:%M} to {from_epoch(stop):%d %H:%M}"
        for start, stop in open_spans(schedule, to_epoch(begin), to_epoch(end))
    ]


@pytest.mark.parametrize(
    ("zone", "day", "hours", "spans"),
    [
        ("America/New_York", "2026-03-08", "01:00-04:00", ["08 06:00 to 08 08:00"]),
        ("America/New_York", "2026-03-08", "02:00-03:00", []),
        ("America/New_York", "2026-03-08", "02:30-04:00", ["08 07:00 to 08 08:00"]),
        ("America/New_York", "2026-11-01", "01:00-02:00", ["01 05:00 to 01 07:00"]),
        ("America/New_York", "2026-11-01", "00:30-01:30", ["01 04:30 to 01 05:30", "01 06:00 to 01 06:30"]),
        ("America/New_York", "2026-10-31", "23:00-03:00", ["01 03:00 to 01 08:00"]),
        ("Australia/Lord_Howe", "2026-04-05", "01:00-02:00", ["04 14:00 to 04 15:30"]),
        ("Australia/Lord_Howe", "2026-10-04", "01:30-03:00", ["03 15:00 to 03 16:00"]),
        ("Asia/Kathmandu", "2026-05-05", "09:00-10:00", ["05 03:15 to 05 04:15"]),
        ("Asia/Kolkata", "2026-05-05", "00:00-24:00", ["04 18:30 to 05 18:30"]),
        ("Pacific/Chatham", "2026-09-27", "02:00-04:00", ["26 13:15 to 26 14:15"]),
        ("Africa/Cairo", "2026-04-24", "00:00-02:00", ["23 22:00 to 23 23:00"]),
        ("Africa/Cairo", "2026-10-29", "22:00-24:00", ["29 19:00 to 29 22:00"]),
        ("Asia/Beirut", "2026-03-29", "00:00-02:00", ["28 22:00 to 28 23:00"]),
        ("Asia/Beirut", "2026-10-24", "23:00-01:00", ["24 20:00 to 24 23:00"]),
        ("America/Sao_Paulo", "2018-11-04", "00:00-02:00", ["04 03:00 to 04 04:00"]),
        ("America/Sao_Paulo", "2019-02-16", "23:30-00:30", ["17 01:30 to 17 02:00", "17 02:30 to 17 03:30"]),
        ("America/Havana", "2024-03-10", "00:00-02:00", ["10 05:00 to 10 06:00"]),
        ("America/Havana", "2024-11-03", "00:00-01:00", ["03 04:00 to 03 06:00"]),
        ("Africa/Casablanca", "2024-03-10", "01:00-04:00", ["10 00:00 to 10 04:00"]),
        ("Africa/El_Aaiun", "2024-04-14", "01:00-04:00", ["14 01:00 to 14 03:00"]),
        ("Pacific/Apia", "2011-12-30", "09:00-17:00", []),
        ("Pacific/Apia", "2011-12-29", "22:00-02:00", ["30 08:00 to 30 10:00"]),
        ("Pacific/Apia", "2011-12-30", "22:00-02:00", ["30 10:00 to 30 12:00"]),
        ("America/St_Johns", "2006-10-28", "23:00-00:30", ["29 01:30 to 29 04:00"]),
        ("Pacific/Kiritimati", "2026-12-31", "22:00-02:00", ["31 08:00 to 31 12:00"]),
    ],
)
def test_a_window_is_open_while_the_clock_shows_it(zone: str, day: str, hours: str, spans: list[str]) -> None:
    schedule = Schedule(zone=zone, overrides=(override(day, hours),))
    around = date.fromisoformat(day)
    assert opened(schedule, (around - DAY).isoformat(), (around + DAY).isoformat()) == spans


@settings(UNHURRIED)
@given(st.data())
def test_open_spans_are_the_open_instants(data: st.DataObject) -> None:
    zone, day = data.draw(st.sampled_from(CLOCK_CHANGES))
    schedule = data.draw(schedules(zone, day))
    first = datetime(day.year, day.month, day.day, tzinfo=UTC) - DAY
    until = first + 2 * DAY
    spans = open_spans(schedule, to_epoch(first), to_epoch(until))
    found = {each for start, end in spans for each in range(start, end, 300)}
    steps = clock_oracle.steps(first, until)
    assert found == {to_epoch(each) for each in steps if clock_oracle.is_open(schedule, each)}


def test_touching_windows_merge() -> None:
    schedule = Schedule(zone="UTC", overrides=(override("2026-05-05", "12:00-14:00", "09:00-12:00"),))
    assert opened(schedule, "2026-05-05", "2026-05-05") == ["05 09:00 to 05 14:00"]


def test_windows_merge_over_midnight() -> None:
    schedule = Schedule(zone=BERLIN, weekly=weekly("00:00-03:00", "20:00-24:00"))
    assert opened(schedule, "2026-01-05", "2026-01-06") == [
        "05 00:00 to 05 02:00",
        "05 19:00 to 06 02:00",
        "06 19:00 to 07 00:00",
    ]


def test_windows_on_both_sides_of_a_gap_make_one_span() -> None:
    schedule = Schedule(zone=BERLIN, weekly=weekly("00:00-02:00", "03:00-05:00"))
    assert opened(schedule, "2026-03-29", "2026-03-29") == ["29 00:00 to 29 03:00", "29 22:00 to 30 00:00"]


def test_an_override_replaces_the_windows_of_its_date() -> None:
    schedule = Schedule(
        zone="UTC", weekly=weekly("09:00-17:00"), overrides=(override("2026-05-05", "10:00-11:00"),)
    )
    assert opened(schedule, "2026-05-05", "2026-05-06") == ["05 10:00 to 05 11:00", "06 09:00 to 06 17:00"]


def test_an_override_lets_last_nights_window_run_on() -> None:
    schedule = Schedule(zone="UTC", weekly=weekly("22:00-02:00"), overrides=(override("2026-05-05"),))
    assert opened(schedule, "2026-05-05", "2026-05-06") == ["05 00:00 to 05 02:00", "06 22:00 to 07 00:00"]


def test_several_overrides_of_one_date_add_up() -> None:
    schedule = Schedule(
        zone="UTC", overrides=(override("2026-05-05", "08:00-09:00"), override("2026-05-05", "10:00-11:00"))
    )
    assert opened(schedule, "2026-05-05", "2026-05-05") == ["05 08:00 to 05 09:00", "05 10:00 to 05 11:00"]


def test_out_of_office_closes_its_dates_from_midnight_to_midnight() -> None:
    schedule = Schedule(
        zone="UTC", weekly=weekly("22:00-02:00"), out_of_office=(away("2026-05-05", "2026-05-06"),)
    )
    assert opened(schedule, "2026-05-04", "2026-05-07") == [
        "04 00:00 to 04 02:00",
        "04 22:00 to 05 00:00",
        "07 00:00 to 07 02:00",
        "07 22:00 to 08 00:00",
    ]


def test_out_of_office_closes_both_passes_of_a_repeated_hour() -> None:
    schedule = Schedule(
        zone="Africa/Cairo", weekly=weekly("00:00-24:00"), out_of_office=(away("2026-10-29", "2026-10-29"),)
    )
    assert opened(schedule, "2026-10-28", "2026-10-29") == ["28 00:00 to 28 21:00", "29 22:00 to 30 00:00"]


def test_a_schedule_that_is_always_open_has_one_span() -> None:
    schedule = Schedule(zone="Asia/Kathmandu", weekly=weekly("00:00-24:00"))
    assert opened(schedule, "2026-12-30", "2027-01-02") == ["30 00:00 to 03 00:00"]


def test_an_empty_stretch_has_no_spans() -> None:
    assert open_spans(Schedule(zone="UTC", weekly=weekly("00:00-24:00")), 60, 60) == []


def test_impossible_schedules_are_refused() -> None:
    with pytest.raises(UnknownZoneError, match="unknown time zone 'Nowhere'"):
        Schedule(zone="Nowhere")
    with pytest.raises(ValueError, match="a weekday is 0"):
        weekly("09:00-17:00", weekdays=range(7, 8))
    with pytest.raises(ValueError, match="out of office must end on or after 2026-05-05"):
        away("2026-05-05", "2026-05-04")
