"""The legend of the week picture explains what is in it, and nothing else."""

from datetime import date, timedelta

import pytest

from bot.screens.week_layout import HOUR, LEFT, RIGHT, WIDTH, Layout, lay_out
from bot.screens.week_legend import APART, legend, legend_height
from bot.screens.week_theme import LIGHT
from core.domain.booking import Status
from core.domain.wall import Piece, wall_day
from core.kit.i18n import Texts
from tests.bot.screens.reading import BERLIN, NEW_YORK

EVERY = frozenset(LIGHT.looks)


def week(sunday: date, first_hour: int = 0) -> Layout:
    days = [wall_day("Europe/Berlin", sunday - timedelta(days=n)) for n in range(6, -1, -1)]
    return lay_out(days, [Piece(day=sunday, start=first_hour * HOUR, end=(first_hour + 8) * HOUR)])


def words(layout: Layout, used: frozenset[Status] = frozenset(), *, away: bool = False) -> list[str]:
    return [entry.words for line in legend(NEW_YORK, layout, used, away=away) for entry in line]


def test_only_what_is_in_the_picture_is_explained() -> None:
    plain = week(date(2026, 11, 8))
    assert words(plain) == []
    assert words(plain, frozenset({Status.CONFIRMED, Status.PENDING})) == ["Pending", "Confirmed"]
    assert words(plain, away=True) == ["Out of office"]


def test_hours_that_clocks_skip_or_repeat_are_explained_where_they_are_shown() -> None:
    spring, fall = date(2027, 3, 28), date(2026, 10, 25)
    assert words(week(spring)) == ["Clocks skip this hour"]
    assert words(week(fall)) == ["This hour comes twice: first left, then right"]
    assert words(week(spring, 9)) == words(week(fall, 9)) == []


@pytest.mark.parametrize("t", [NEW_YORK, BERLIN], ids=["en", "de"])
def test_no_line_is_wider_than_the_picture(t: Texts) -> None:
    lines = legend(t, week(date(2026, 10, 25)), EVERY, away=True)
    for line in lines:
        assert sum(entry.width for entry in line) + APART * (len(line) - 1) <= WIDTH - LEFT - RIGHT
    assert sum(map(len, lines)) == len(EVERY) + 2
    assert legend_height(lines) > legend_height(lines[:1]) > legend_height([])
