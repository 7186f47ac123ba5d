"""Days and times as written: clock changes, midnight and noon, zones and their cities."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.kit.dates import dates, offset, shown_twice

NEW_YORK = ZoneInfo("America/New_York")
EN, DE = dates("en"), dates("de")


def local(*parts: int, zone: str = "America/New_York", fold: int = 0) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo(zone), fold=fold)  # type: ignore[misc,arg-type]


def test_a_day_in_each_language() -> None:
    day = date(2026, 3, 3)
    assert (EN.day(day), DE.day(day)) == ("Tue 3 Mar", "Di, 3. März")
    assert (EN.long_day(day), DE.long_day(day)) == ("Tuesday 3 March 2026", "Dienstag, 3. März 2026")
    assert (EN.month(day), DE.month(day)) == ("March 2026", "März 2026")


@pytest.mark.parametrize(
    ("hour", "english", "german"),
    [
        (0, "12:05 AM", "00:05"),
        (9, "9:05 AM", "09:05"),
        (12, "12:05 PM", "12:05"),
        (23, "11:05 PM", "23:05"),
    ],
)
def test_a_time_in_each_language(hour: int, english: str, german: str) -> None:
    when = local(2026, 11, 3, hour, 5)
    assert (EN.time(when), DE.time(when)) == (english, german)


def test_an_hour_and_a_clock_without_the_half_of_the_day() -> None:
    english, german = dates("en"), dates("de")
    assert [english.hour(each) for each in (0, 9, 12, 14)] == ["12 AM", "9 AM", "12 PM", "2 PM"]
    assert [german.hour(each) for each in (0, 9, 14)] == ["00:00", "09:00", "14:00"]
    assert [english.clock(*each) for each in ((0, 5), (14, 30))] == ["12:05", "2:30"]
    assert [german.clock(*each) for each in ((0, 5), (14, 30))] == ["00:05", "14:30"]


@pytest.mark.parametrize(
    ("start", "end", "english", "german"),
    [
        ((3, 14, 0), (3, 14, 45), "2:00–2:45 PM", "14:00–14:45"),
        ((3, 11, 30), (3, 12, 15), "11:30 AM – 12:15 PM", "11:30–12:15"),
        (
            (3, 23, 30),
            (4, 0, 15),
            "11:30 PM – Wed 4 Nov, 12:15 AM",
            "23:30 – Mi, 4. Nov., 00:15",
        ),
    ],
)
def test_from_and_to(
    start: tuple[int, int, int], end: tuple[int, int, int], english: str, german: str
) -> None:
    first, last = local(2026, 11, *start), local(2026, 11, *end)
    assert (EN.times(first, last), DE.times(first, last)) == (english, german)


def test_a_time_that_clocks_show_twice_names_its_offset() -> None:
    first, second = local(2026, 11, 1, 1, 30), local(2026, 11, 1, 1, 15, fold=1)
    assert (EN.time(first), EN.time(second)) == ("1:30 AM (UTC−4)", "1:15 AM (UTC−5)")
    assert EN.times(first, second) == "1:30 AM (UTC−4) – 1:15 AM (UTC−5)"
    assert DE.times(first, second) == "01:30 (UTC−4)–01:15 (UTC−5)"
    assert EN.time(local(2026, 11, 1, 2, 0)) == "2:00 AM"


@pytest.mark.parametrize(
    ("zone", "english", "german"),
    [
        ("America/New_York", "New York", "New York"),
        ("Europe/Vienna", "Vienna", "Wien"),
        ("Asia/Calcutta", "Kolkata", "Kalkutta"),
        ("Europe/Kiev", "Kyiv", "Kiew"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires", "Buenos Aires"),
        ("America/Indiana/Knox", "Knox, Indiana", "Knox, Indiana"),
        ("UTC", "UTC", "UTC"),
        ("Etc/UTC", "UTC", "UTC"),
    ],
)
def test_a_zone_is_known_by_its_city(zone: str, english: str, german: str) -> None:
    assert (EN.city(ZoneInfo(zone)), DE.city(ZoneInfo(zone))) == (english, german)


@pytest.mark.parametrize(
    ("zone", "month", "shown"),
    [
        ("America/New_York", 1, "UTC−5"),
        ("America/New_York", 7, "UTC−4"),
        ("Asia/Kolkata", 1, "UTC+5:30"),
        ("America/St_Johns", 1, "UTC−3:30"),
        ("Europe/London", 1, "UTC"),
        ("Pacific/Kiritimati", 1, "UTC+14"),
    ],
)
def test_the_distance_from_utc(zone: str, month: int, shown: str) -> None:
    assert offset(local(2026, month, 1, zone=zone)) == shown


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - zone beside
    st.sampled_from(["America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca"]),
)
def test_two_instants_are_never_written_alike(instant: datetime, zone: str) -> None:
    here = instant.astimezone(ZoneInfo(zone))
    other = here.replace(fold=1 - here.fold).astimezone(UTC)
    assert shown_twice(here) == (other != instant)
    if other != instant:
        assert EN.time(here) != EN.time(other.astimezone(ZoneInfo(zone)))
