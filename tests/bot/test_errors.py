"""When something breaks on our side: what is said, and how to try again."""

from datetime import UTC, datetime

import pytest

from bot.callbacks import Bookings, Callback, ConfirmBooking, ShowBooking, Tab
from bot.errors import unexpected
from bot.turn import Turn
from calendar_sync.ical import calendar_file
from core.db.engine import Database
from core.db.uow import Store
from core.domain.person import Person
from core.domain.practice import Practice
from core.domain.side import Side
from core.ports.clock import SystemClock
from core.services.subscribers import publish
from core.services.use_cases import use_cases
from tests.bot.screens.reading import NEW_YORK, buttons, said


def turn(sqlite_url: str, text: str = "") -> Turn:
    """Somebody's update, on a practice that nothing has been read of yet."""
    store = Store(Database(sqlite_url), publish)
    return Turn(
        core=use_cases(store, SystemClock()),
        person=Person(id=1, name="Dora"),
        practice=Practice(),
        texts=NEW_YORK,
        now=datetime(2026, 11, 2, 9, tzinfo=UTC),
        bot_name="confer_bot",
        calendar_file=calendar_file,
        text=text,
    )


THEIRS = Bookings(Tab.PAST, 2, Side.COUNSELOR)


@pytest.mark.parametrize(
    ("text", "tapped", "words", "again"),
    [
        ("", THEIRS, "The list could not be loaded. Please try again.", THEIRS),
        ("/bookings", None, "The list could not be loaded. Please try again.", Bookings()),
        ("", ConfirmBooking(5), "Unable to book. Please try again.", ConfirmBooking(5)),
        (
            "",
            ShowBooking(42),
            "Something went wrong on our side. Nothing has changed. Please try again.",
            ShowBooking(42),
        ),
    ],
    ids=["list", "command", "booking", "card"],
)
def test_what_broke_can_be_tried_again(
    sqlite_url: str, text: str, tapped: Callback | None, words: str, again: Callback
) -> None:
    screen = unexpected(turn(sqlite_url, text), tapped).screen
    assert screen is not None
    assert said(screen)[-1] == words
    assert buttons(screen)["↻ Try again"] == again


def test_a_text_is_not_sent_again_for_anybody(sqlite_url: str) -> None:
    screen = unexpected(turn(sqlite_url, "tomorrow 3pm"), None).screen
    assert screen is not None
    assert list(buttons(screen)) == ["🏠 Home"]
