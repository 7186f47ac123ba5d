"""Samples of the waitlist."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from bot.callbacks import ShowMonth, WaitAnyway, WaitChoice
from bot.screens import waitlist
from bot.screens.booking_counselor import no_counselors
from bot.screens.booking_date import WeekState, month, no_free_days, week
from bot.screens.booking_header import Chosen
from bot.screens.booking_time import times
from bot.screens.home import HomeState, menu
from bot.screens.screen import Screen
from core.domain.booking import Status
from core.domain.notification import Kind, Notification, OfferLapsed
from core.domain.side import Side
from core.domain.waitlist import Asked, WaitlistEntry
from core.kit.i18n import Texts
from tests.bot.screens.samples import booking as wizard
from tests.bot.screens.samples.people import (
    ANN,
    EXTREME_NAMES,
    INTRO,
    LONG_NAME,
    NOW,
    START,
    booking,
    person,
)

TUESDAY, MONDAY, SUNDAY = date(2026, 11, 3), date(2026, 11, 2), date(2026, 11, 8)
UNTIL = NOW + timedelta(minutes=15)
CHOSEN = Chosen(counselor=ANN.name, session_type=INTRO.title, minutes=60)
WAIT = waitlist.Wait(
    entry_id=9,
    counselor=ANN.name,
    session_type=INTRO.title,
    minutes=60,
    first=TUESDAY,
    last=TUESDAY,
)
WEEK = replace(WAIT, entry_id=10, first=MONDAY, last=SUNDAY)
STRANGE = tuple(
    replace(WEEK, entry_id=2**63 - 1, counselor=name, session_type=LONG_NAME, offered_until=UNTIL)
    for name in EXTREME_NAMES
)
CHOICE = waitlist.ChoiceState(
    draft=5,
    chosen=CHOSEN,
    spans=((TUESDAY, TUESDAY), (MONDAY, SUNDAY)),
    back=ShowMonth(5, TUESDAY.replace(day=1)),
)
BUTTON = WaitChoice(5, MONDAY, SUNDAY)
HOLD = replace(booking(Status.HELD, topic=""), expires_at=UNTIL)
OPENING = Notification(
    kind=Kind.WAITLIST_OPENING,
    to=person(),
    side=Side.CLIENT,
    booking=HOLD,
    counselor=ANN,
    client=person(),
    session_type=INTRO,
)
LAPSED = OfferLapsed(
    to=person(),
    entry=WaitlistEntry(
        id=9,
        counselor_id=1,
        session_type_id=1,
        minutes=60,
        client_id=7,
        first=MONDAY,
        last=SUNDAY,
        created_at=NOW,
        asked=(Asked(round="42:3", start=START),),
    ),
    start=START,
    counselor=ANN,
    session_type=INTRO,
)
NOTIFICATIONS = {Kind.WAITLIST_OPENING: OPENING}

SAMPLES: Mapping[str, Callable[[Texts], Screen]] = {
    "wait: no counselors": lambda t: no_counselors(t, WaitAnyway(5), WaitAnyway(5)),
    "wait: empty month": lambda t: month(t, replace(wizard.MONTH, free=frozenset(), wait=BUTTON)),
    "wait: empty week": lambda t: week(
        t, WeekState(draft=5, chosen=CHOSEN, free={}, next_free=SUNDAY, wait=BUTTON)
    ),
    "wait: empty day": lambda t: times(t, replace(wizard.DAY, slots=(), wait=BUTTON)),
    "wait: nothing at all": lambda t: no_free_days(t, 5, CHOSEN, None, BUTTON),
    "wait: choice": lambda t: waitlist.wait_choice(t, CHOICE),
    "wait: choice, extreme": lambda t: waitlist.wait_choice(
        t,
        waitlist.ChoiceState(
            draft=2**63 - 1, chosen=replace(CHOSEN, counselor=LONG_NAME), spans=((MONDAY, SUNDAY),) * 6
        ),
    ),
    "wait: joined": lambda t: waitlist.joined(t, waitlist.JoinedState(draft=5, wait=WEEK)),
    "wait: joined, nobody there": lambda t: waitlist.joined(
        t, waitlist.JoinedState(draft=5, wait=STRANGE[2], back=False)
    ),
    "wait: list": lambda t: waitlist.waits(t, (WAIT, replace(WEEK, offered_until=UNTIL))),
    "wait: list, extreme": lambda t: waitlist.waits(t, STRANGE),
    "wait: list, empty": lambda t: waitlist.waits(t, ()),
    "wait: refused": lambda t: waitlist.refused(t, WEEK),
    "wait: offer ended": lambda t: waitlist.offer_ended(t, waiting=True),
    "wait: offer ended, waiting no longer": lambda t: waitlist.offer_ended(t, waiting=False),
    "wait: lapsed": lambda t: waitlist.lapsed(t, LAPSED),
    "home: waiting": lambda t: menu(t, HomeState(practice="Riverside Counseling", name="Dora", waits=2)),
}
