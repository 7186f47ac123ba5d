"""Windows are written the way people write hours, and read back as the same window."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.window import Window, parse_window

WINDOWS = st.tuples(st.integers(0, 1439), st.integers(1, 1440)).map(
    lambda each: Window(start_minute=each[0], end_minute=sum(each))
)


@given(WINDOWS)
def test_a_written_window_reads_back(window: Window) -> None:
    assert parse_window(str(window)) == window


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("09:00-17:30", 540, 1050),
        ("22:00-02:00", 1320, 1560),
        ("00:00-24:00", 0, 1440),
        ("00:00-00:00", 0, 1440),
        ("18:00-00:00", 1080, 1440),
        ("09:00-09:00", 540, 1980),
        ("23:59-00:01", 1439, 1441),
    ],
)
def test_a_window_is_minutes_from_midnight(text: str, start: int, end: int) -> None:
    assert parse_window(text) == Window(start_minute=start, end_minute=end)


@pytest.mark.parametrize(
    "text", ["", "9:00-17:00", "09:00", "09:00–17:00", "09:00-17:00\n", "0٩:00-17:00", "am"]
)
def test_other_writing_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(ValueError, match="expected hours like 09:00-17:00") as refused:
        parse_window(text)
    assert str(refused.value) == f"expected hours like 09:00-17:00, not {text!r}"


@pytest.mark.parametrize("text", ["24:00-25:00", "09:60-10:00", "09:00-24:01", "09:00-10:99", "99:99-99:99"])
def test_a_time_no_clock_shows_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no such time of day") as refused:
        parse_window(text)
    assert str(refused.value) == f"no such time of day in {text!r}"


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (1440, 1500), (60, 60), (60, 59), (60, 1501)])
def test_an_impossible_window_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=r"a window (starts|lasts)"):
        Window(start_minute=start, end_minute=end)
