"""The grid runs on the counselor's clock, from the start of a window or from each midnight of a long one."""

from datetime import UTC, datetime

from core.domain.grid import grid_steps, grid_strips
from core.domain.offsets import offset_segments
from core.domain.timespan import from_epoch, to_epoch

FOREVER = [(0, 10**12)]
HOUR = 3600


def wall(text: str) -> int:
    """The wall second that a clock shows in ISO form."""
    return to_epoch(datetime.fromisoformat(text).replace(tzinfo=UTC))


def starts(zone: str, window: tuple[str, str], minutes: int) -> list[str]:
    """The grid of one wall window, as UTC times of day."""
    first, until = wall(window[0]), wall(window[1])
    segments = offset_segments(zone, first - 24 * HOUR, until + 24 * HOUR)
    steps = grid_steps(grid_strips([(first, until)], segments), minutes * 60, FOREVER)
    return [f"{from_epoch(each):%H:%M}" for each in steps]


def test_the_grid_is_anchored_at_the_start_of_the_window() -> None:
    assert starts("UTC", ("2026-05-05T09:10", "2026-05-05T11:00"), 50) == ["09:10", "10:00", "10:50"]


def test_the_grid_runs_on_over_midnight() -> None:
    window = ("2026-05-05T22:30", "2026-05-06T02:00")
    assert starts("UTC", window, 50) == ["22:30", "23:20", "00:10", "01:00", "01:50"]


def test_a_window_of_a_whole_day_is_anchored_at_each_midnight() -> None:
    window = ("2026-05-05T15:00", "2026-05-06T15:00")
    assert starts("UTC", window, 7 * 60) == ["21:00", "00:00", "07:00", "14:00"]


def test_a_window_of_almost_a_day_keeps_its_own_anchor() -> None:
    window = ("2026-05-05T15:00", "2026-05-06T14:59")
    assert starts("UTC", window, 7 * 60) == ["15:00", "22:00", "05:00", "12:00"]


def test_the_grid_is_that_of_the_counselors_zone() -> None:
    window = ("2026-05-05T09:00", "2026-05-05T11:00")
    assert starts("Asia/Kathmandu", window, 60) == ["03:15", "04:15"]


def test_readings_that_clocks_skip_give_no_start_and_keep_the_beat() -> None:
    window = ("2026-03-08T01:15", "2026-03-08T04:00")
    assert starts("America/New_York", window, 45) == ["06:15", "07:30"]


def test_readings_that_clocks_show_twice_give_two_starts() -> None:
    window = ("2026-11-01T00:30", "2026-11-01T02:30")
    assert starts("America/New_York", window, 40) == ["04:30", "05:10", "05:50", "06:10", "06:50"]


def test_a_half_hour_change_keeps_the_beat_of_the_clock() -> None:
    window = ("2026-04-05T01:00", "2026-04-05T03:00")
    assert starts("Australia/Lord_Howe", window, 60) == ["14:00", "15:30"]


def test_only_free_steps_are_given() -> None:
    strips = [(0, 10 * HOUR, 0), (20 * HOUR, 24 * HOUR, 20 * HOUR)]
    free = [(1, HOUR), (2 * HOUR, 3 * HOUR + 1), (9 * HOUR, 22 * HOUR)]
    assert grid_steps(strips, HOUR, free) == [each * HOUR for each in (2, 3, 9, 20, 21)]
