"""Planning a series: what each date says, and when it can be booked."""

from dataclasses import replace

from bot.callbacks import BookSeries, RepeatMenu, RepeatTimes, RepeatUntil, SkipDate, TakeInstead
from bot.screens.series import SeriesDoneState, plan, repeat_menu, repeat_until, series_done
from core.domain.booking import Status
from core.domain.counselor import Confirmation
from core.domain.money import Money
from core.domain.series import NO_SUCH_TIME
from tests.bot.screens.reading import BERLIN, NEW_YORK, buttons, said
from tests.bot.screens.samples.people import ANN, HOUR, INTRO, START
from tests.bot.screens.samples.repeats import PLAN, REPEAT, WEEK, dates, sessions


def test_the_numbers_on_offer_end_with_the_most_that_is_possible() -> None:
    screen = repeat_menu(NEW_YORK, REPEAT)
    numbers = [each.times for each in list(buttons(screen).values()) if isinstance(each, RepeatTimes)]
    assert numbers == [2, 4, 6, 8, 9]
    assert RepeatUntil(5, fortnightly=False) in list(buttons(screen).values())
    assert RepeatMenu(5, fortnightly=True) in list(buttons(screen).values())


def test_where_no_other_date_is_possible_that_is_said() -> None:
    screen = repeat_menu(NEW_YORK, replace(REPEAT, most=1, dates=()))
    assert "No further session can be booked so far ahead." in said(screen)
    assert [
        each for each in list(buttons(screen).values()) if isinstance(each, RepeatTimes | RepeatUntil)
    ] == []


def test_each_last_date_means_so_many_sessions() -> None:
    screen = repeat_until(NEW_YORK, replace(REPEAT, dates=REPEAT.dates[:2], fortnightly=True))
    found = {label: tap for label, tap in buttons(screen).items() if isinstance(tap, RepeatTimes)}
    assert found == {
        "Tue 10 Nov": RepeatTimes(5, 2, fortnightly=True),
        "Tue 17 Nov": RepeatTimes(5, 3, fortnightly=True),
    }


def test_a_plan_without_a_clash_can_be_booked() -> None:
    screen = plan(NEW_YORK, PLAN)
    assert "1. ✅ Tue 3 Nov, 10:00–11:00 AM" in said(screen)
    assert "4 sessions of $60.00: $240.00, pay the counselor" in said(screen)
    assert buttons(screen)["✅ Book all 4 sessions"] == BookSeries(5)
    asked = plan(BERLIN, replace(PLAN, confirmation=Confirmation.REQUEST))
    assert buttons(asked)["📨 Alle 4 Sitzungen anfragen"] == BookSeries(5)


def test_a_clash_is_decided_before_anything_can_be_booked() -> None:
    screen = plan(NEW_YORK, replace(PLAN, dates=dates("booking", "client_busy")))
    text = said(screen)
    assert "2. ⚠️ Tue 10 Nov, 10:00–11:00 AM: it is taken" in text
    assert "3. ⚠️ Tue 17 Nov, 10:00–11:00 AM: you have another session" in text
    second = START + WEEK
    assert [
        each
        for each in list(buttons(screen).values())
        if isinstance(each, TakeInstead | SkipDate | BookSeries)
    ] == [
        TakeInstead(5, 1, second - HOUR),
        TakeInstead(5, 1, second + 25 * HOUR),
        SkipDate(5, 1),
    ]


def test_a_time_that_clocks_skip_is_named_by_its_date() -> None:
    screen = plan(NEW_YORK, replace(PLAN, dates=dates(NO_SUCH_TIME)))
    assert "2. ⚠️ Tue 10 Nov: clocks change then, and skip this time" in said(screen)


def test_a_single_session_is_no_series() -> None:
    alone = (*dates(), replace(dates(None)[1], start=None, skipped=True))
    screen = plan(NEW_YORK, replace(PLAN, dates=alone))
    assert "2. ➖ Tue 10 Nov: left out" in said(screen)
    assert "A series needs two sessions at least. Choose again, or book the one." in said(screen)
    assert BookSeries(5) not in list(buttons(screen).values())


def test_what_costs_nothing_is_free_however_often() -> None:
    assert "Free of charge" in said(plan(NEW_YORK, replace(PLAN, price=Money(minor=0, currency="USD"))))


def test_the_end_lists_all_sessions_and_until_when_they_are_answered() -> None:
    booked = SeriesDoneState(bookings=sessions(), counselor=ANN.name, session_type=INTRO.title)
    assert "✅ All 4 sessions booked!" in said(series_done(NEW_YORK, booked))
    assert "4. Tue 24 Nov, 10:00–11:00 AM" in said(series_done(NEW_YORK, booked))
    asked = replace(booked, bookings=sessions(Status.PENDING))
    answers = [each for each in said(series_done(NEW_YORK, asked)) if " answers by " in each]
    assert len(answers) == 1
