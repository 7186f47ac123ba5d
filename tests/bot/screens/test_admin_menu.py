"""The admin's lists."""

from bot.callbacks import Disputes, Reviews
from bot.screens.admin_menu import AdminState, admin_menu
from tests.bot.screens.reading import NEW_YORK, buttons, said


def test_the_lists_say_how_much_is_on_them() -> None:
    screen = admin_menu(NEW_YORK, AdminState(practice="Riverside", disputes=2, reviews=31))
    assert said(screen)[-1] == "2 no-show reports wait for your decision."
    assert buttons(screen)["⚖️ No-show reports (2)"] == Disputes()
    assert buttons(screen)["⭐ Reviews (31)"] == Reviews()


def test_that_nothing_waits_is_said_as_well() -> None:
    screen = admin_menu(NEW_YORK, AdminState(practice="Riverside", disputes=0, reviews=0))
    assert said(screen)[-1] == "Nothing waits for your decision."
