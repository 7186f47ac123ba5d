"""Step 2: session types and lengths."""

from bot.callbacks import (
    PickDuration,
    PickType,
)
from bot.screens.booking_header import Chosen
from bot.screens.booking_type import DurationsState, TypesState, durations, types
from tests.bot.screens.reading import NEW_YORK, buttons, labels, said
from tests.bot.screens.samples.booking import CHOSEN
from tests.bot.screens.samples.people import FOLLOW_UP, INTRO


def test_session_types_tell_length_and_price() -> None:
    state = TypesState(draft=5, chosen=Chosen(counselor="Ann"), session_types=(INTRO, FOLLOW_UP))
    screen = types(NEW_YORK, state)
    assert said(screen)[3:] == [
        "Introductory session",
        "45 min, 1 h, 1 h 30 min · $60.00, pay the counselor",
        "Follow-up",
        "30 min · Free of charge",
    ]
    assert buttons(screen)["Follow-up"] == PickType(5, 2)


def test_each_length_is_a_button() -> None:
    screen = durations(NEW_YORK, DurationsState(draft=5, chosen=CHOSEN, durations=(45, 90)))
    assert labels(screen) == [["45 min", "1 h 30 min"], ["✕ Leave"]]
    assert buttons(screen)["1 h 30 min"] == PickDuration(5, 90)
