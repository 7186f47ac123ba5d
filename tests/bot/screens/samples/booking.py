"""Samples of the wizard's screens."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from bot.callbacks import Book, DayPart, QuickChoice, ShowCounselors, ShowTypes
from bot.screens.booking_confirm import ConfirmState, confirm
from bot.screens.booking_conflict import ConflictState, booking_failed, conflict, hold_expired
from bot.screens.booking_counselor import (
    Card,
    CounselorsState,
    ProfileState,
    counselors,
    no_counselors,
    profile,
)
from bot.screens.booking_date import MonthState, WeekState, month, no_free_days, week
from bot.screens.booking_details import AskState, Held, ask_note, ask_topic, details
from bot.screens.booking_done import DoneState, done
from bot.screens.booking_header import Chosen
from bot.screens.booking_time import TimesState, times
from bot.screens.booking_type import DurationsState, TypesState, durations, types
from bot.screens.cancellation import TermsState
from bot.screens.screen import Screen
from core.domain.booking import Status
from core.domain.cancellation import terms
from core.domain.counselor import Confirmation
from core.domain.money import Money
from core.domain.policy import Policy
from core.domain.session_type import Location
from core.kit.i18n import Texts
from tests.bot.screens.samples.people import (
    ANN,
    COUNSELORS,
    EXTREME_COUNSELORS,
    EXTREME_NAMES,
    FOLLOW_UP,
    HOUR,
    INTRO,
    LONG_NAME,
    LONG_NOTE,
    LONG_TOPIC,
    NOW,
    START,
    booking,
)

CHOSEN = Chosen(counselor=ANN.name, session_type=INTRO.title, minutes=60)
EXTREME = Chosen(program=EXTREME_NAMES[2], counselor=LONG_NAME, session_type=EXTREME_NAMES[1], minutes=90)
TUESDAY = date(2026, 11, 3)
HALF_HOUR = timedelta(minutes=30)
FREE = frozenset(date(2026, 11, day) for day in (3, 4, 6, 10, 11, 13, 17, 18, 20, 24, 25, 27))
MONTH = MonthState(
    draft=5,
    chosen=CHOSEN,
    month=TUESDAY,
    free=FREE,
    first=date(2026, 11, 2),
    last=date(2027, 1, 1),
    back=ShowTypes(5),
)
DAY = TimesState(
    draft=5, chosen=CHOSEN, day=TUESDAY, slots=tuple(START + step * HALF_HOUR for step in range(14))
)
HELD = Held(
    draft=5,
    chosen=CHOSEN,
    starts_at=START,
    ends_at=START + HOUR,
    held_until=NOW + timedelta(minutes=9, seconds=30),
    now=NOW,
    location=Location.VIDEO,
    locations=INTRO.locations,
    address=INTRO.address,
)
FULL = replace(
    HELD, chosen=EXTREME, topic=LONG_TOPIC, note=LONG_NOTE, location=Location.IN_PERSON, reminders=False
)
TERMS = TermsState(terms=terms(START, Policy()), price=INTRO.price, now=NOW)
LOST = ConflictState(
    draft=5,
    chosen=CHOSEN,
    code="slot_taken",
    start=START,
    nearest=(START - HALF_HOUR, START + HOUR, START + 25 * HOUR),
)


FOLDS = {"America/New_York": date(2026, 11, 1), "Europe/Berlin": date(2026, 10, 25)}


def midnight_of(t: Texts, day: date) -> datetime:
    """The instant with which a day begins for the reader."""
    return datetime.combine(day, time(), t.zone).astimezone(UTC)


def fold_day(t: Texts) -> TimesState:
    """The day on which the reader's clocks show some times twice."""
    day = FOLDS[t.zone.key]
    slots = tuple(midnight_of(t, day) + step * HALF_HOUR for step in range(10))
    return TimesState(draft=5, chosen=CHOSEN, day=day, slots=slots)


def busy_day(t: Texts, minutes: int, part: DayPart | None = None, page: int = 0) -> TimesState:
    """A day with a time every few minutes, around the clock."""
    midnight = midnight_of(t, TUESDAY)
    step = timedelta(minutes=minutes)
    slots = tuple(midnight + each * step for each in range(24 * 60 // minutes))
    return TimesState(draft=5, chosen=CHOSEN, day=TUESDAY, slots=slots, part=part, page=page)


def cards(t: Texts) -> Screen:
    """Two counselors who are free and one who is not."""
    free = (START, START + HOUR, None)
    shown = tuple(Card(counselor=each, next_free=at) for each, at in zip(COUNSELORS, free, strict=True))
    return counselors(t, CounselorsState(draft=5, cards=shown))


def extreme_cards(t: Texts) -> Screen:
    """Names that try to break the screen, in a program."""
    shown = tuple(Card(counselor=each, next_free=START) for each in EXTREME_COUNSELORS)
    state = CounselorsState(draft=2**63 - 1, cards=shown, page=3, pages=9, program=LONG_NAME, later=True)
    return counselors(t, state)


SAMPLES: Mapping[str, Callable[[Texts], Screen]] = {
    "1 counselor": cards,
    "1 counselor: extreme": extreme_cards,
    "1 counselor: none": lambda t: no_counselors(t, Book()),
    "1 profile": lambda t: profile(
        t,
        ProfileState(
            draft=5, card=Card(counselor=ANN, next_free=START), session_types=(INTRO, FOLLOW_UP), now=NOW
        ),
    ),
    "1 profile: extreme": lambda t: profile(
        t,
        ProfileState(
            draft=5,
            card=Card(counselor=replace(EXTREME_COUNSELORS[2], bio=LONG_NOTE * 9), next_free=None),
            session_types=(INTRO, FOLLOW_UP) * 6,
            now=NOW,
        ),
    ),
    "2 type": lambda t: types(
        t,
        TypesState(
            draft=5,
            chosen=Chosen(counselor=ANN.name),
            session_types=(INTRO, FOLLOW_UP),
            back=ShowCounselors(5),
        ),
    ),
    "2 type: extreme": lambda t: types(
        t,
        TypesState(
            draft=5,
            chosen=EXTREME,
            session_types=tuple(replace(INTRO, title=name, durations=(15, 480)) for name in EXTREME_NAMES),
        ),
    ),
    "2 duration": lambda t: durations(
        t, DurationsState(draft=5, chosen=CHOSEN, durations=(45, 60, 90), back=ShowTypes(5))
    ),
    "3 month": lambda t: month(t, MONTH),
    "3 month: last": lambda t: month(
        t, replace(MONTH, month=date(2027, 1, 1), free=frozenset({date(2027, 1, 1)}), back=None)
    ),
    "3 month: empty": lambda t: month(
        t,
        replace(MONTH, free=frozenset(), next_free=date(2026, 12, 2), quick=(QuickChoice.EARLIEST,)),
    ),
    "3 month: extreme": lambda t: month(t, replace(MONTH, chosen=EXTREME, draft=2**63 - 1)),
    "3 week": lambda t: week(t, WeekState(draft=5, chosen=CHOSEN, free={TUESDAY: 14, date(2026, 11, 6): 1})),
    "3 week: empty": lambda t: week(
        t, WeekState(draft=5, chosen=CHOSEN, free={}, next_free=date(2026, 12, 2))
    ),
    "3 date: nothing free": lambda t: no_free_days(t, 5, CHOSEN, ShowCounselors(5)),
    "4 time": lambda t: times(t, DAY),
    "4 time: clocks go back": lambda t: times(t, fold_day(t)),
    "4 time: many": lambda t: times(t, busy_day(t, 30)),
    "4 time: very many": lambda t: times(t, busy_day(t, 5, DayPart.AFTERNOON, 1)),
    "4 time: none": lambda t: times(t, replace(DAY, slots=(), next_free=date(2026, 11, 6))),
    "4 time: none at all": lambda t: times(t, replace(DAY, slots=())),
    "5 details": lambda t: details(t, HELD),
    "5 details: filled": lambda t: details(t, replace(HELD, topic="Exam nerves", note="First time for me.")),
    "5 details: extreme": lambda t: details(t, FULL),
    "5 details: one location": lambda t: details(t, replace(HELD, locations=(Location.VIDEO,))),
    "5 topic": lambda t: ask_topic(t, AskState(draft=5, current="", most=200)),
    "5 topic: written": lambda t: ask_topic(t, AskState(draft=5, current=LONG_TOPIC, most=200)),
    "5 note": lambda t: ask_note(t, AskState(draft=5, current=LONG_NOTE, most=1000)),
    "6 confirm": lambda t: confirm(
        t, ConfirmState(held=HELD, terms=TERMS, confirmation=Confirmation.INSTANT)
    ),
    "6 confirm: request, free of charge": lambda t: confirm(
        t,
        ConfirmState(
            held=replace(HELD, topic="Exam nerves"),
            terms=replace(TERMS, price=Money(minor=0, currency="USD")),
            confirmation=Confirmation.REQUEST,
        ),
    ),
    "6 confirm: extreme": lambda t: confirm(
        t, ConfirmState(held=FULL, terms=replace(TERMS, now=START - HOUR), confirmation=Confirmation.REQUEST)
    ),
    "7 booked": lambda t: done(t, DoneState(booking=booking(), counselor=ANN.name, session_type=INTRO.title)),
    "7 request sent": lambda t: done(
        t, DoneState(booking=booking(Status.PENDING), counselor=ANN.name, session_type=INTRO.title)
    ),
    "7 booked: extreme": lambda t: done(
        t,
        DoneState(
            booking=booking(topic=LONG_TOPIC, note=LONG_NOTE, location=Location.IN_PERSON),
            counselor=LONG_NAME,
            session_type=EXTREME_NAMES[1],
        ),
    ),
    "refused: time taken": lambda t: conflict(t, LOST),
    "refused: busy yourself": lambda t: conflict(t, replace(LOST, code="client_busy", nearest=())),
    "refused: not offered": lambda t: conflict(t, replace(LOST, code="not_offered", chosen=EXTREME)),
    "refused: hold expired": lambda t: hold_expired(t, replace(LOST, code="hold_expired")),
    "refused: failed": lambda t: booking_failed(t, 5),
}
