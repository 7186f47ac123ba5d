"""What became of proposing new times to everybody."""

from bot.callbacks import Home, ShowBooking, ShowDaysOff
from bot.screens.new_times import MOST, NewTimesState, Outcome, new_times
from tests.bot.screens.reading import NEW_YORK, buttons, said
from tests.bot.screens.samples.schedule import RUSH, SESSIONS, offered


def test_who_is_asked_comes_first_then_who_could_not_be_and_why() -> None:
    outcomes = (
        Outcome(session=SESSIONS[0], refusal="slot_taken"),
        offered(SESSIONS[1]),
        Outcome(session=SESSIONS[2]),
    )
    screen = new_times(NEW_YORK, NewTimesState(outcomes=outcomes))
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
        "1": ShowBooking(1),
        "2": ShowBooking(0),
        "3": ShowBooking(3),
        "🏝 All days off": ShowDaysOff(),
        "🏠 Home": Home(),
    }


def test_of_very_many_the_first_are_named_and_the_rest_is_counted() -> None:
    shown = said(new_times(NEW_YORK, NewTimesState(outcomes=tuple(offered(each) for each in RUSH))))
    assert shown[0] == f"📅 New times proposed: {len(RUSH)} of {len(RUSH)}"
    assert f"… and {len(RUSH) - MOST} more" in shown
