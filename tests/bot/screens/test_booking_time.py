"""Step 4: the times of a day."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.callbacks import DayPart, PickDate, PickTime, ShowMonth, ShowTimes, ZoneMenu
from bot.screens.booking_time import PAGE_SIZE, times
from tests.bot.screens.reading import BERLIN, NEW_YORK, buttons, labels, said
from tests.bot.screens.samples.booking import DAY, busy_day, fold_day
from tests.bot.screens.samples.people import START


def test_times_stand_under_their_part_of_the_client_s_day() -> None:
    screen = times(NEW_YORK, replace(DAY, slots=(START, START.replace(hour=17), START.replace(hour=22))))
    assert labels(screen)[:-2] == [
        ["🌅 Morning"],
        ["10:00 AM"],
        ["☀️ Afternoon"],
        ["12:00 PM"],
        ["🌙 Evening"],
        ["5:00 PM"],
    ]
    assert said(screen)[2:] == [
        "Tuesday 3 November 2026",
        "Which time suits you? All times are in New York time.",
    ]


def test_the_same_instant_is_in_another_part_of_another_client_s_day() -> None:
    screen = times(BERLIN, replace(DAY, slots=(START,)))
    assert labels(screen)[:2] == [["Nachmittag"], ["16:00"]]
    assert buttons(screen)["16:00"] == PickTime(5, START)


def test_times_that_clocks_show_twice_are_told_apart() -> None:
    screen = times(NEW_YORK, fold_day(NEW_YORK))
    twice = {label: each for label, each in buttons(screen).items() if label.startswith("1:30")}
    assert twice == {
        "1:30 AM (UTC−4)": PickTime(5, datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),
        "1:30 AM (UTC−5)": PickTime(5, datetime(2026, 11, 1, 6, 30, tzinfo=UTC)),
    }


def test_many_times_are_shown_part_by_part() -> None:
    screen = times(NEW_YORK, busy_day(NEW_YORK, 30, DayPart.EVENING))
    found = buttons(screen)
    assert labels(screen)[0] == ["🌅 Morning", "☀️ Afternoon", "🌙 Evening"]
    assert found["🌅 Morning"] == ShowTimes(5, DayPart.MORNING)
    assert next(label for label, each in found.items() if isinstance(each, PickTime)) == "5:00 PM"


def test_without_a_choice_the_first_part_with_times_is_shown() -> None:
    screen = times(NEW_YORK, busy_day(NEW_YORK, 30))
    assert labels(screen)[1][0] == "12:00 AM"


def test_very_many_times_come_in_pages() -> None:
    first = times(NEW_YORK, busy_day(NEW_YORK, 5, DayPart.AFTERNOON))
    last = times(NEW_YORK, busy_day(NEW_YORK, 5, DayPart.AFTERNOON, 99))
    assert sum(isinstance(each, PickTime) for each in buttons(first).values()) == PAGE_SIZE
    assert buttons(first)["›"] == ShowTimes(5, DayPart.AFTERNOON, 1)
    assert buttons(last)["‹"] == ShowTimes(5, DayPart.AFTERNOON, 0)
    assert "4:55 PM" in buttons(last)


def test_a_day_without_times_offers_the_next_that_has_some() -> None:
    screen = times(NEW_YORK, replace(DAY, slots=(), next_free=date(2026, 11, 6)))
    assert said(screen)[-1] == "There is no free time on this day."
    assert buttons(screen)["Next free day: Fri 6 Nov"] == PickDate(5, date(2026, 11, 6))


def test_back_leads_to_the_month_of_the_day() -> None:
    found = buttons(times(NEW_YORK, DAY))
    assert found["‹ Back"] == ShowMonth(5, date(2026, 11, 1))
    assert found["🌐 Change time zone"] == ZoneMenu(5)
