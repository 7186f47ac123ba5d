"""What became of proposing new times to everybody."""

import pytest

from bot.callbacks import Home, ProposeMoreTimes, ShowBookingInDaysOff, ShowDaysOff
from bot.screens.new_times import NewTimesState, Outcome, new_times
from tests.bot.screens.reading import NEW_YORK, buttons, said
from tests.bot.screens.samples.schedule import ONE_DAY_OFF, SESSIONS, offered


def test_who_is_asked_comes_first_then_who_could_not_be_and_why() -> None:
    outcomes = (
        Outcome(session=SESSIONS[0], refusal="slot_taken"),
        offered(SESSIONS[1]),
        Outcome(session=SESSIONS[2]),
    )
    screen = new_times(NEW_YORK, NewTimesState(days=ONE_DAY_OFF, outcomes=outcomes))
    assert said(screen) == [
        "📅 New times proposed: 1 of 3",
        "1. Dora Client · Tue 3 Nov, 11:00 AM",
        "→ Tue 10 Nov, 11:00 AM – 12:00 PM",
        "Each client is asked now. Until they agree, the old time stays.",
        "Not proposed",
        "2. Dora Client · Tue 3 Nov, 10:00 AM",
        "This time is no longer available. Select another.",
        "3. Dora Client · Tue 3 Nov, 1:00 PM",
        "No free time was found.",
        "Times are in New York time.",
    ]
    assert buttons(screen) == {
        "1": ShowBookingInDaysOff(1, ONE_DAY_OFF.first, ONE_DAY_OFF.last),
        "2": ShowBookingInDaysOff(0, ONE_DAY_OFF.first, ONE_DAY_OFF.last),
        "3": ShowBookingInDaysOff(3, ONE_DAY_OFF.first, ONE_DAY_OFF.last),
        "🏝 All days off": ShowDaysOff(),
        "🏠 Home": Home(),
    }


@pytest.mark.parametrize(("left", "words"), [(1, "One session is left."), (27, "27 sessions are left.")])
def test_one_goes_on_with_those_after_the_last_one_here(left: int, words: str) -> None:
    outcomes = (Outcome(session=SESSIONS[2]), offered(SESSIONS[1]))
    screen = new_times(NEW_YORK, NewTimesState(days=ONE_DAY_OFF, outcomes=outcomes, left=left))
    assert words in said(screen)
    more = ProposeMoreTimes(ONE_DAY_OFF.first, ONE_DAY_OFF.last, SESSIONS[2].starts_at)
    assert buttons(screen)["▶️ Go on with the next"] == more
