"""Zones come from the pinned package by exact name, and wall times have none, one or two instants."""

import importlib.metadata
import importlib.resources
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.zones import UnknownZoneError, instants_at, tzdata_version, wall_time, zone, zone_names

ZONES = st.sampled_from(sorted(zone_names()))
YEARS = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1))  # noqa: DTZ001 - wall times
PROJECT = Path(__file__).parents[3]
ASK = """
from datetime import datetime, UTC
from zoneinfo import ZoneInfo
noon = datetime(2026, 7, 1, 12, tzinfo=UTC)
print(noon.astimezone(ZoneInfo("America/New_York")).hour)
from core.domain.zones import wall_time
print(wall_time(noon, "America/New_York").hour)
"""


def wall(text: str) -> datetime:
    """A naive wall time from its ISO form."""
    return datetime.fromisoformat(text)


def utc(text: str) -> datetime:
    """A UTC instant from its ISO form."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "name",
    ["", "Mars/Olympus", "america/new_york", "../etc/passwd", "/etc/localtime", "Factory", "UTC\0", "UTC "],
)
def test_an_unknown_zone_is_refused_in_one_line(name: str) -> None:
    with pytest.raises(UnknownZoneError) as refused:
        zone(name)
    assert str(refused.value) == f"unknown time zone {name!r}"


def test_an_endless_zone_name_is_cut_in_the_answer() -> None:
    with pytest.raises(UnknownZoneError) as refused:
        zone("x" * 65_000)
    assert len(str(refused.value)) < 100


def test_every_listed_zone_can_be_loaded() -> None:
    assert {zone(name).key for name in zone_names()} == zone_names()


def test_the_version_is_that_of_the_installed_package() -> None:
    assert tzdata_version() == importlib.metadata.version("tzdata")


@pytest.mark.parametrize(
    ("name", "shown", "instants"),
    [
        ("America/New_York", "2026-03-08T02:30", []),
        ("America/New_York", "2026-03-08T03:00", ["2026-03-08T07:00"]),
        ("America/New_York", "2026-11-01T01:30", ["2026-11-01T05:30", "2026-11-01T06:30"]),
        ("Australia/Lord_Howe", "2026-04-05T01:45", ["2026-04-04T14:45", "2026-04-04T15:15"]),
        ("Australia/Lord_Howe", "2026-10-04T02:15", []),
        ("Asia/Kathmandu", "2026-01-01T00:00", ["2025-12-31T18:15"]),
        ("Africa/Cairo", "2026-04-24T00:30", []),
        ("Pacific/Apia", "2011-12-30T12:00", []),
        ("Pacific/Kwajalein", "1969-09-30T12:00", ["1969-09-30T01:00", "1969-10-01T00:00"]),
    ],
)
def test_a_wall_time_has_as_many_instants_as_clocks_show_it(
    name: str, shown: str, instants: list[str]
) -> None:
    assert instants_at(wall(shown), name) == tuple(utc(each) for each in instants)


@settings(deadline=None)
@given(ZONES, YEARS)
def test_every_instant_is_among_those_of_its_wall_time(name: str, moment: datetime) -> None:
    instant = moment.replace(tzinfo=UTC)
    assert instant in instants_at(wall_time(instant, name), name)


@settings(deadline=None)
@given(ZONES, YEARS)
def test_the_instants_of_a_wall_time_show_it(name: str, shown: datetime) -> None:
    assert {wall_time(each, name) for each in instants_at(shown, name)} <= {shown}


def test_a_wall_time_with_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="has no zone of its own"):
        instants_at(utc("2026-11-01T01:30"), "America/New_York")


def test_zones_do_not_come_from_the_machine(tmp_path: Path) -> None:
    """Where the environment says zone files are, one that lies is put; only plain zoneinfo believes it."""
    (tmp_path / "America").mkdir()
    tokyo = importlib.resources.files("tzdata").joinpath("zoneinfo", "Asia", "Tokyo").read_bytes()
    (tmp_path / "America" / "New_York").write_bytes(tokyo)
    told = {**os.environ, "PYTHONTZPATH": str(tmp_path), "TZ": "Pacific/Kiritimati"}
    command = [sys.executable, "-c", ASK]
    answer = subprocess.run(command, cwd=PROJECT, env=told, capture_output=True, text=True, check=True)
    assert answer.stdout.split() == ["21", "8"]


def test_a_zone_is_one_object_however_often_it_is_asked_for() -> None:
    assert zone("Europe/Berlin") is zone("Europe/Berlin")


def test_a_second_pass_is_an_hour_after_the_first() -> None:
    first, second = instants_at(wall("2026-10-25T02:30"), "Europe/Berlin")
    assert second - first == timedelta(hours=1)
