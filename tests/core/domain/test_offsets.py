"""Offset segments say what zoneinfo says, for every zone, and find every change in the zone data."""

import importlib.resources
import struct
from datetime import UTC, datetime
from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.domain.offsets import instants_within, offset_at, offset_segments, wall_days
from core.domain.timespan import DAY_SECONDS, from_epoch, to_epoch
from core.domain.zones import zone, zone_names

ZONES = st.sampled_from(sorted(zone_names()))
INSTANTS = st.integers(to_epoch(datetime(1900, 1, 1, tzinfo=UTC)), to_epoch(datetime(2100, 1, 1, tzinfo=UTC)))
HEADER = struct.Struct(">4sc15x6l")


def seconds(text: str) -> int:
    """The second of a UTC instant in ISO form."""
    return to_epoch(datetime.fromisoformat(text).replace(tzinfo=UTC))


@settings(deadline=None)
@given(ZONES, INSTANTS)
@example("Africa/Monrovia", seconds("1971-06-01"))
@example("Pacific/Apia", seconds("2011-12-30T10:00"))
@example("America/St_Johns", seconds("2006-10-29T02:31"))
def test_an_offset_is_the_one_zoneinfo_gives(name: str, instant: int) -> None:
    offset = from_epoch(instant).astimezone(zone(name)).utcoffset()
    assert offset is not None
    assert offset_at(name, instant) == offset.total_seconds()


@settings(deadline=None)
@given(ZONES, INSTANTS, st.integers(1, 500 * DAY_SECONDS))
def test_segments_make_up_the_stretch_without_holes(name: str, first: int, length: int) -> None:
    segments = offset_segments(name, first, first + length)
    assert [segments[0][0], *(end for _, end, _ in segments)] == [
        *(start for start, _, _ in segments),
        first + length,
    ]


@settings(deadline=None)
@given(ZONES, INSTANTS, st.integers(1, 500 * DAY_SECONDS))
def test_neighbouring_segments_differ_and_hold_to_their_last_second(
    name: str, first: int, length: int
) -> None:
    segments = offset_segments(name, first, first + length)
    assert all(left[2] != right[2] for left, right in pairwise(segments))
    assert [offset_at(name, end - 1) for _, end, _ in segments] == [offset for _, _, offset in segments]


def test_a_change_is_found_to_the_second() -> None:
    change = seconds("2026-11-01T06:00")
    assert offset_segments("America/New_York", change - 5, change + 5) == [
        (change - 5, change, -4 * 3600),
        (change, change + 5, -5 * 3600),
    ]


def test_no_zone_changes_twice_within_two_days() -> None:
    """Offsets are looked up once a day; this holds the zone data to what that relies on."""
    gaps = [gap for name in zone_names() for gap in gaps_between_changes(name)]
    assert (len(gaps) > 10_000, min(gaps) > 2 * DAY_SECONDS) == (True, True)


def gaps_between_changes(name: str) -> list[int]:
    """Seconds from each offset change in a compiled zone to the next (RFC 9636, section 3)."""
    path = importlib.resources.files("tzdata").joinpath("zoneinfo", *name.split("/"))
    data = path.read_bytes()
    _, _, utc, standard, leaps, times, types, letters = HEADER.unpack_from(data)
    data = data[HEADER.size + times * 5 + types * 6 + letters + leaps * 8 + standard + utc :]
    _, _, _, _, _, times, types, _ = HEADER.unpack_from(data)
    at = struct.unpack_from(f">{times}q", data, HEADER.size)
    kinds = data[HEADER.size + times * 8 : HEADER.size + times * 9]
    offsets = [each[0] for each in struct.iter_unpack(">lbB", data[HEADER.size + times * 9 :][: types * 6])]
    held = [offsets[0], *(offsets[kind] for kind in kinds)]
    changes = [each for index, each in enumerate(at) if held[index] != held[index + 1]]
    return [later - earlier for earlier, later in pairwise(changes)]


def test_a_wall_span_over_a_repeated_hour_is_two_spans() -> None:
    midnight = seconds("2026-11-01")
    segments = offset_segments("America/New_York", midnight, midnight + DAY_SECONDS)
    shown = (midnight + 3600, midnight + 3600 + 1800)
    assert instants_within([shown], segments) == [
        (seconds("2026-11-01T05:00"), seconds("2026-11-01T05:30")),
        (seconds("2026-11-01T06:00"), seconds("2026-11-01T06:30")),
    ]


def test_the_dates_of_a_stretch_are_those_clocks_show() -> None:
    segments = offset_segments("Pacific/Kiritimati", seconds("2026-12-31T09:59"), seconds("2026-12-31T10:00"))
    later = offset_segments("Pacific/Kiritimati", seconds("2026-12-31T09:59"), seconds("2026-12-31T10:01"))
    new_year = seconds("2027-01-01") // DAY_SECONDS
    assert (list(wall_days(segments)), list(wall_days(later))) == ([new_year - 1], [new_year - 1, new_year])
