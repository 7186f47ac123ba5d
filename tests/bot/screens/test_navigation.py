"""Leafing, and the ways out."""

from bot.callbacks import Bookings, Leave, Noop, ShowTypes, Tab
from bot.screens.navigation import pager, wizard_end
from tests.bot.screens.reading import NEW_YORK


def to(page: int) -> Bookings:
    """A page of past bookings."""
    return Bookings(Tab.PAST, page)


def test_one_page_needs_no_leafing() -> None:
    assert pager(NEW_YORK, 0, 1, to) == ()
    assert pager(NEW_YORK, 0, 0, to) == ()


def test_leafing_ends_at_the_first_and_last_page() -> None:
    found = [[each.callback for each in pager(NEW_YORK, page, 3, to)] for page in range(3)]
    assert found == [[Noop(), Noop(), to(1)], [to(0), Noop(), to(2)], [to(1), Noop(), Noop()]]
    assert [each.label for each in pager(NEW_YORK, 1, 3, to)] == ["‹", "2 of 3", "›"]


def test_the_first_step_can_only_be_left() -> None:
    assert [each.callback for each in wizard_end(NEW_YORK, 5, None)] == [Leave(5)]
    assert [each.callback for each in wizard_end(NEW_YORK, 5, ShowTypes(5))] == [ShowTypes(5), Leave(5)]
