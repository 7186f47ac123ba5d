"""The screens of the waitlist."""

from dataclasses import replace

from bot.callbacks import (
    Book,
    Home,
    JoinWait,
    Leave,
    LeaveWait,
    RefuseOffer,
    ShowMonth,
    TakeOffer,
    WaitChoice,
    Waits,
)
from bot.screens.booking_date import month
from bot.screens.notification import notification_screen
from bot.screens.waitlist import JoinedState, joined, lapsed, offer_ended, refused, wait_choice, waits
from tests.bot.screens.reading import NEW_YORK, buttons, said
from tests.bot.screens.samples import booking as wizard
from tests.bot.screens.samples.people import NOW
from tests.bot.screens.samples.waiting import (
    BUTTON,
    CHOICE,
    LAPSED,
    MONDAY,
    OPENING,
    SUNDAY,
    TUESDAY,
    UNTIL,
    WAIT,
    WEEK,
)

NEXT = (
    "When a time becomes free, those who wait are asked one after the other. "
    "I keep it for you for 15 minutes and write to you here."
)
TELL_ME = "🔔 Tell me when something is free"


def test_only_an_empty_month_leads_to_the_waitlist() -> None:
    full = replace(wizard.MONTH, wait=BUTTON)
    assert TELL_ME not in buttons(month(NEW_YORK, full))
    empty = month(NEW_YORK, replace(full, free=frozenset()))
    assert buttons(empty)[TELL_ME] == WaitChoice(5, MONDAY, SUNDAY)
    assert TELL_ME not in buttons(month(NEW_YORK, replace(full, free=frozenset(), wait=None)))


def test_a_day_or_its_week_may_be_waited_for() -> None:
    assert buttons(wait_choice(NEW_YORK, CHOICE)) == {
        "Tue 3 Nov": JoinWait(5, TUESDAY, TUESDAY),
        "Mon 2 Nov to Sun 8 Nov": JoinWait(5, MONDAY, SUNDAY),
        "‹ Back": ShowMonth(5, TUESDAY.replace(day=1)),
        "✕ Leave": Leave(5),
    }


def test_whoever_joins_reads_what_happens_next() -> None:
    screen = joined(NEW_YORK, JoinedState(draft=5, wait=WEEK))
    assert said(screen) == [
        "🔔 You are on the waitlist",
        "Introductory session · 1 h · Ann Example",
        "🗓 Mon 2 Nov to Sun 8 Nov",
        NEXT,
    ]
    assert list(buttons(screen).values()) == [Waits(), ShowMonth(5), Home()]


def test_every_wait_can_be_left() -> None:
    screen = waits(NEW_YORK, (WAIT, replace(WEEK, offered_until=UNTIL)))
    assert said(screen)[1:] == [
        "1. Introductory session · 1 h · Ann Example",
        "🗓 Tue 3 Nov",
        "2. Introductory session · 1 h · Ann Example",
        "🗓 Mon 2 Nov to Sun 8 Nov",
        "⏳ A time is kept for you until 9:17 AM.",
    ]
    assert buttons(screen) == {"✕ Leave 1": LeaveWait(9), "✕ Leave 2": LeaveWait(10), "🏠 Home": Home()}


def test_who_waits_for_nothing_may_book() -> None:
    screen = waits(NEW_YORK, ())
    assert said(screen)[1:] == ["You are not waiting for anything."]
    assert buttons(screen) == {"📅 Book a session": Book(), "🏠 Home": Home()}


def test_an_offer_says_until_when_it_stands() -> None:
    screen = notification_screen(OPENING, NEW_YORK, NOW)
    assert said(screen) == [
        "🔔 A time has become free",
        "🗓 Tue 3 Nov, 10:00–11:00 AM (New York time)",
        "On your device: Tue 3 Nov, 10:00 AM (New York time)",
        "Introductory session · 1 h · Ann Example",
        "$60.00, pay the counselor",
        "⏳ Kept for you until 9:17 AM (15 min left)",
    ]
    assert buttons(screen) == {"✅ Book it": TakeOffer(42), "No, thanks": RefuseOffer(42)}


def test_who_refuses_or_does_not_answer_waits_on_unless_they_leave() -> None:
    for screen in (refused(NEW_YORK, replace(WEEK, entry_id=9)), lapsed(NEW_YORK, LAPSED)):
        assert said(screen)[-2:] == [
            "Introductory session · 1 h · Ann Example",
            "🗓 Mon 2 Nov to Sun 8 Nov",
        ]
        assert buttons(screen) == {"✕ Leave the waitlist": LeaveWait(9), "🏠 Home": Home()}


def test_an_offer_that_is_over_says_so() -> None:
    waiting = offer_ended(NEW_YORK, waiting=True)
    assert said(waiting) == ["This time is no longer kept for you.", "You are still on the waitlist."]
    assert Waits() in buttons(waiting).values()
    done = offer_ended(NEW_YORK, waiting=False)
    assert said(done) == ["This time is no longer kept for you."]
    assert buttons(done) == {"📅 Book a session": Book(), "🏠 Home": Home()}
