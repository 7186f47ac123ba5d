"""Where things stand in the week picture, also when clocks change."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.screens.week_layout import HEAD, HOUR, LEFT, RIGHT, WIDTH, Layout, lay_out
from core.domain.timespan import Timespan
from core.domain.wall import Piece, pieces, wall_day

BERLIN = "Europe/Berlin"
MONDAY = date(2026, 10, 19)
SUNDAY = date(2026, 10, 25)


def layout(*shown: Piece, first: date = MONDAY) -> Layout:
    return lay_out([wall_day(BERLIN, first + timedelta(days=n)) for n in range(7)], shown)


def piece(day: date, start: float, end: float) -> Piece:
    return Piece(day=day, start=int(start * HOUR), end=int(end * HOUR))


def cut(start: datetime, minutes: int) -> list[Piece]:
    return pieces(BERLIN, Timespan(start=start, end=start + timedelta(minutes=minutes)))


def test_whole_hours_around_everything_are_shown() -> None:
    found = layout(piece(MONDAY, 7.5, 9), piece(SUNDAY, 16, 18.25))
    assert (found.first, found.last) == (7, 19)


def test_what_is_in_another_week_does_not_count() -> None:
    found = layout(piece(MONDAY, 9, 17), piece(MONDAY - timedelta(days=1), 0, 24))
    assert (found.first, found.last) == (9, 17)


def test_a_week_with_little_in_it_still_has_some_hours() -> None:
    assert [
        (each.first, each.last)
        for each in (layout(), layout(piece(MONDAY, 0, 1)), layout(piece(MONDAY, 23, 24)))
    ] == [
        (9, 17),
        (0, 8),
        (16, 24),
    ]


def test_a_session_stands_in_its_column_at_its_time() -> None:
    found = layout(piece(MONDAY, 8, 18))
    box = found.box(piece(MONDAY + timedelta(days=2), 9, 9.75))
    column = (WIDTH - LEFT - RIGHT) / 7
    assert box == (
        LEFT + 2 * column,
        HEAD + found.hour,
        LEFT + 3 * column,
        HEAD + found.hour * 1.75,
    )


def test_the_first_round_of_a_repeated_hour_is_on_the_left_and_the_second_on_the_right() -> None:
    [first] = cut(datetime(2026, 10, 25, 0, tzinfo=UTC), 45)
    [second] = cut(datetime(2026, 10, 25, 1, tzinfo=UTC), 45)
    [after] = cut(datetime(2026, 10, 25, 2, tzinfo=UTC), 45)
    found = layout(piece(SUNDAY, 0, 8))
    left, right = found.x(6), found.x(7)
    top, bottom = found.y(2 * HOUR), found.y(2 * HOUR + 45 * 60)
    assert found.box(first) == (left, top, (left + right) / 2, bottom)
    assert found.box(second) == ((left + right) / 2, top, right, bottom)
    assert found.box(after) == (left, found.y(3 * HOUR), right, found.y(3 * HOUR + 45 * 60))


def test_a_session_over_the_skipped_hour_leaves_its_place_empty() -> None:
    boxes = [
        layout(piece(date(2027, 3, 28), 0, 8), first=date(2027, 3, 22)).box(each)
        for each in cut(datetime(2027, 3, 28, 0, 30, tzinfo=UTC), 60)
    ]
    found = layout(piece(date(2027, 3, 28), 0, 8), first=date(2027, 3, 22))
    assert [box and (box[1], box[3]) for box in boxes] == [
        (found.y(HOUR * 3 // 2), found.y(2 * HOUR)),
        (found.y(3 * HOUR), found.y(HOUR * 7 // 2)),
    ]


def test_what_is_not_in_the_picture_has_no_place() -> None:
    found = layout(piece(MONDAY, 9, 17))
    assert found.box(piece(MONDAY, 7, 9)) is None
    assert found.box(piece(MONDAY - timedelta(days=1), 10, 11)) is None
    assert found.box(piece(SUNDAY + timedelta(days=1), 10, 11)) is None


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 23), st.integers(1, 24)), max_size=9))
def test_everything_of_the_week_is_inside_the_picture(drawn: list[tuple[int, int, int]]) -> None:
    shown = [
        piece(MONDAY + timedelta(days=day), start, min(24, start + length)) for day, start, length in drawn
    ]
    found = layout(*shown)
    assert 0 <= found.first < found.last <= 24
    assert found.last - found.first >= 8
    assert found.bottom <= HEAD + 24 * 40 or found.last - found.first < 24
    for each in shown:
        box = found.box(each)
        assert box is not None
        left, top, right, bottom = box
        assert LEFT <= left < right <= WIDTH - RIGHT + 1e-6
        assert HEAD <= top < bottom <= found.bottom
        assert bottom - top == (each.end - each.start) / HOUR * found.hour
