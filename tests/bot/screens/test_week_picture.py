"""The week picture, looked at pixel by pixel: what is where, in which colour."""

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from PIL import Image, ImageColor

from bot.screens.week_layout import HEAD, WIDTH
from bot.screens.week_picture import WeekPicture, week_picture, week_title
from bot.screens.week_sheet import Block
from bot.screens.week_theme import DARK, LIGHT, Palette
from core.domain.booking import Status
from core.domain.timespan import Timespan
from core.domain.zones import zone
from core.kit.i18n import texts
from tests.bot.screens.reading import BERLIN, NEW_YORK

MONDAY = date(2026, 11, 2)
NOON = datetime(2026, 11, 3, 11, tzinfo=UTC)
"""Noon on Tuesday in Berlin."""
HOUR = timedelta(hours=1)
THEMES = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])


def block(start: datetime, status: Status = Status.CONFIRMED, length: timedelta = HOUR) -> Block:
    return Block(start=start, end=start + length, status=status, initials="MO")


def state(
    *blocks: Block, first: date = MONDAY, now: datetime = NOON - 30 * 24 * HOUR, **more: object
) -> WeekPicture:
    given = {"open": (), "away": frozenset(), **more}
    return WeekPicture(zone="Europe/Berlin", first=first, blocks=blocks, now=now, **given)  # type: ignore[arg-type]


def opened(hours: Sequence[tuple[int, int]], day: datetime) -> tuple[Timespan, ...]:
    return tuple(Timespan(start=day + a * HOUR, end=day + b * HOUR) for a, b in hours)


def drawn(wanted: WeekPicture, palette: Palette = LIGHT) -> Image.Image:
    content = week_picture(BERLIN, wanted, dark=palette is DARK)
    assert content.startswith(b"\x89PNG")
    return Image.open(io.BytesIO(content)).convert("RGB")


def at(picture: Image.Image, day: float, hour: float, first_hour: int, hours: int) -> tuple[int, ...]:
    """The colour at a place: columns from 0, with a fraction inside; hours on the clock."""
    grid = min(max(820 // hours, 40), 84)
    x = 74 + (WIDTH - 84) / 7 * day
    found = picture.getpixel((round(x), round(HEAD + (hour - first_hour) * grid)))
    assert isinstance(found, tuple)
    return found


def rgb(colour: str) -> tuple[int, ...]:
    return ImageColor.getrgb(colour)


@THEMES
def test_it_is_twice_as_wide_as_a_phone_and_small_to_send(palette: Palette) -> None:
    wanted = state(block(NOON))
    picture = drawn(wanted, palette)
    assert picture.width == 780
    assert 700 <= picture.height <= 1400
    assert picture.getpixel((1, 1)) == rgb(palette.page)
    assert len(week_picture(BERLIN, wanted, dark=palette is DARK)) < 200_000


@THEMES
@pytest.mark.parametrize("status", list(LIGHT.looks))
def test_a_session_has_the_colour_of_its_status_at_its_time(palette: Palette, status: Status) -> None:
    picture = drawn(state(block(NOON, status)), palette)  # from 12 to 13 o'clock; 8 to 16 is shown
    look = palette.looks[status]
    assert at(picture, 1.1, 12.85, 9, 8) == rgb(look.fill)
    assert at(picture, 1.1, 13.5, 9, 8) == rgb(palette.closed)
    assert at(picture, 2.1, 12.85, 9, 8) == rgb(palette.closed)


@THEMES
def test_open_hours_are_lighter_and_days_off_are_hatched(palette: Palette) -> None:
    hours = opened([(9, 12), (13, 17)], datetime(2026, 11, 1, 23, tzinfo=UTC))
    away = frozenset({MONDAY + timedelta(days=3)})
    picture = drawn(state(open=hours, away=away), palette)
    assert at(picture, 0.5, 10.5, 9, 8) == rgb(palette.open)
    assert at(picture, 0.5, 12.5, 9, 8) == rgb(palette.closed)
    assert at(picture, 1.5, 10.5, 9, 8) == rgb(palette.closed)
    colours = {at(picture, 3.1 + step / 100, 10.5, 9, 8) for step in range(80)}
    assert {rgb(palette.hatch), rgb(palette.closed)} <= colours


def test_the_time_it_is_is_marked_today_and_only_then() -> None:
    hours = opened([(9, 17)], datetime(2026, 11, 2, 23, tzinfo=UTC))
    today = drawn(state(open=hours, now=NOON + HOUR / 2))
    assert at(today, 1.5, 12.5, 9, 8) == rgb(LIGHT.now)
    assert at(today, 0.5, 12.5, 9, 8) != rgb(LIGHT.now)
    other = drawn(state(open=hours, now=NOON + 7 * 24 * HOUR))
    assert rgb(LIGHT.now) not in {other.getpixel((x, y)) for x in range(74, 780) for y in range(HEAD, 700, 2)}


@THEMES
def test_on_a_day_of_25_hours_each_round_has_its_half(palette: Palette) -> None:
    night = opened([(0, 8)], datetime(2026, 10, 23, 22, tzinfo=UTC))  # so that 0 to 8 o'clock is shown
    first, second = (datetime(2026, 10, 25, hour, tzinfo=UTC) for hour in (0, 1))
    for start, here, there in ((first, 6.1, 6.9), (second, 6.9, 6.1)):
        picture = drawn(state(block(start, Status.CONFIRMED), first=date(2026, 10, 19), open=night), palette)
        assert at(picture, here, 2.1, 0, 8) == rgb(palette.looks[Status.CONFIRMED].fill)
        assert at(picture, there, 2.1, 0, 8) == rgb(palette.closed)
        assert at(picture, 6.5, 2.5, 0, 8) == rgb(palette.change)


@THEMES
def test_on_a_day_of_23_hours_the_skipped_one_is_marked_and_a_session_over_it_holds_together(
    palette: Palette,
) -> None:
    start = datetime(2027, 3, 28, 0, 30, tzinfo=UTC)
    night = opened([(0, 8)], datetime(2027, 3, 26, 23, tzinfo=UTC))
    picture = drawn(state(block(start), first=date(2027, 3, 22), open=night), palette)
    fill = rgb(palette.looks[Status.CONFIRMED].fill)
    assert [at(picture, 6.1, hour, 0, 8) for hour in (1.75, 2.5, 3.25)] == [fill, rgb(palette.gap), fill]
    assert at(picture, 6.5, 2.5, 0, 8) == fill
    assert at(picture, 5.1, 2.5, 0, 8) == rgb(palette.open)


def test_a_session_over_midnight_stands_in_both_columns() -> None:
    start = datetime(2026, 11, 2, 22, tzinfo=UTC)
    picture = drawn(state(block(start, length=2 * HOUR)))
    fill = rgb(LIGHT.looks[Status.CONFIRMED].fill)
    assert at(picture, 0.1, 23.5, 0, 24) == fill
    assert at(picture, 1.1, 0.5, 0, 24) == fill


def test_the_same_week_is_drawn_the_same_and_each_language_and_zone_differently() -> None:
    wanted = state(block(NOON))
    once = week_picture(BERLIN, wanted, dark=False)
    assert week_picture(BERLIN, wanted, dark=False) == once
    assert week_picture(texts("en", zone("Europe/Berlin")), wanted, dark=False) != once


def test_the_title_names_both_ends() -> None:
    assert week_title(NEW_YORK, date(2026, 12, 28)) == "Mon 28 Dec – Sun 3 Jan 2027"
    assert week_title(BERLIN, MONDAY) == "Mo, 2. Nov. – So, 8. Nov. 2026"
