"""Shapes and words on the canvas of the week picture."""

import io

from PIL import Image, ImageColor

from bot.screens.week_canvas import Canvas, text_width

WHITE, RED = "#ffffff", "#ff0000"


def finished(canvas: Canvas) -> Image.Image:
    return Image.open(io.BytesIO(canvas.png()))


def reddish(picture: Image.Image) -> set[tuple[int, int]]:
    """The places that are not white any more."""
    white = ImageColor.getrgb(WHITE)
    return {
        (x, y)
        for x in range(picture.width)
        for y in range(picture.height)
        if picture.getpixel((x, y)) != white
    }


def test_a_surface_covers_exactly_its_box() -> None:
    canvas = Canvas(40, 30, WHITE)
    canvas.fill((10, 5, 30, 20), RED)
    assert reddish(finished(canvas)) == {(x, y) for x in range(10, 30) for y in range(5, 20)}


def test_a_frame_is_inside_of_its_box() -> None:
    canvas = Canvas(40, 30, WHITE)
    canvas.frame((10, 5, 30, 20), RED, width=2)
    box = {(x, y) for x in range(10, 30) for y in range(5, 20)}
    assert reddish(finished(canvas)) == box - {(x, y) for x in range(12, 28) for y in range(7, 18)}


def test_dashes_reach_all_corners_and_leave_gaps() -> None:
    canvas = Canvas(120, 60, WHITE)
    canvas.dashes((10, 10, 110, 50), RED, width=2)
    found = reddish(finished(canvas))
    assert {(10, 10), (109, 10), (10, 49), (109, 49)} <= found
    top = {x for x, y in found if y == 10}
    assert 40 < len(top) < 90


def test_hatching_stays_inside_and_goes_on_in_the_neighbour() -> None:
    canvas = Canvas(80, 60, WHITE)
    canvas.hatch((10, 10, 40, 50), RED)
    canvas.hatch((40, 10, 70, 50), RED)
    apart = reddish(finished(canvas))
    whole = Canvas(80, 60, WHITE)
    whole.hatch((10, 10, 70, 50), RED)
    together = reddish(finished(whole))
    assert apart
    assert all(10 <= x < 70 and 10 <= y < 50 for x, y in apart)
    assert len(apart ^ together) < len(together) / 10


def test_words_stand_at_their_anchor() -> None:
    canvas = Canvas(200, 60, WHITE)
    canvas.text((100, 30), "Maya", 20, RED, bold=True, anchor="mm")
    columns = sorted({x for x, _ in reddish(finished(canvas))})
    assert abs((columns[0] + columns[-1]) / 2 - 100) < 3
    assert abs(columns[-1] - columns[0] - text_width("Maya", 20, bold=True)) < 6
