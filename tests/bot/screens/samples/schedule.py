"""Samples of the counselor's side: schedule, week, clients, statistics and days off."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from bot.screens.clients import Client, ClientsState, HistoryState, clients, history
from bot.screens.new_times import NewTimesState, Outcome, new_times
from bot.screens.out_of_office import AbsenceState, DaysOffState, absence, days_off
from bot.screens.out_of_office_grid import GridState, choose
from bot.screens.schedule import DayState, day
from bot.screens.screen import Screen
from bot.screens.session_list import Session
from bot.screens.statistics import StatisticsState, statistics
from bot.screens.week import WeekState, picture, week
from core.domain.availability import OutOfOffice
from core.domain.booking import Status
from core.domain.review import Rating
from core.kit.i18n import Texts
from tests.bot.screens.samples.people import EXTREME_NAMES, HOUR, INTRO, LONG_NAME, NOW, START

TODAY = date(2026, 11, 2)
MOST_ID = 2**63 - 1
DAY = timedelta(days=1)


def session(number: int, status: Status = Status.CONFIRMED, name: str = "Dora Client") -> Session:
    """A session of an hour, as many hours after the sample start as its number."""
    return Session(
        booking_id=number,
        client=name,
        session_type=INTRO.title,
        status=status,
        starts_at=START + number * HOUR,
        ends_at=START + (number + 1) * HOUR,
        proposed_at=START + 7 * DAY if status is Status.PENDING else None,
    )


def extreme(number: int) -> Session:
    """A session with a name that tries to break the screen."""
    name = EXTREME_NAMES[number % len(EXTREME_NAMES)]
    return replace(
        session(number, Status.IN_PROGRESS, name), booking_id=MOST_ID - number, session_type=LONG_NAME
    )


SESSIONS = (session(0, Status.COMPLETED), session(1, Status.IN_PROGRESS), session(3))
RUSH = tuple(extreme(number) for number in range(60))
FULL = DayState(
    day=TODAY + DAY,
    today=TODAY + DAY,
    now=START + HOUR,
    sessions=(*SESSIONS, session(5, Status.PENDING)),
    requests=(session(5, Status.PENDING), session(30, Status.PENDING, "Emil Sample")),
    next=session(3),
    free_minutes=270,
)
QUIET = DayState(day=TODAY, today=TODAY, now=NOW, sessions=(), free_minutes=450)
CROWDED = replace(FULL, sessions=RUSH, requests=RUSH[:50], next=RUSH[0])
WEEK = WeekState(
    days=(
        replace(QUIET, day=TODAY - DAY, open=False),
        QUIET,
        FULL,
        replace(QUIET, day=TODAY + 2 * DAY, away=True),
        replace(QUIET, day=TODAY + 3 * DAY, away=True, sessions=SESSIONS[:1]),
        replace(QUIET, day=TODAY + 4 * DAY, free_minutes=0, sessions=SESSIONS[2:]),
        replace(QUIET, day=TODAY + 5 * DAY, open=False, sessions=SESSIONS[2:]),
    )
)
BUSIEST = WeekState(days=tuple(replace(CROWDED, day=TODAY + n * DAY) for n in range(7)))
DORA = Client(
    client_id=7,
    name="Dora Client",
    sessions=5,
    completed=3,
    no_shows=1,
    cancelled=2,
    last=START,
    next=START + 7 * DAY,
)
NEW_CLIENT = Client(client_id=8, name="Emil Sample", sessions=0)
STRANGERS = tuple(
    replace(DORA, client_id=MOST_ID - number, name=name, sessions=1234, no_shows=123)
    for number, name in enumerate(EXTREME_NAMES * 2)
)
HOLIDAYS = OutOfOffice(first=date(2026, 12, 24), last=date(2027, 1, 6))
ONE_DAY_OFF = OutOfOffice(first=TODAY + DAY, last=TODAY + DAY)
GRID = GridState(month=date(2026, 12, 1), today=TODAY, absences=(HOLIDAYS,))


def offered(each: Session) -> Outcome:
    """A session with another time a week later."""
    return Outcome(session=each, start=each.starts_at + 7 * DAY)


SAMPLES: Mapping[str, Callable[[Texts], Screen]] = {
    "day": lambda t: day(t, FULL),
    "day: before the next": lambda t: day(t, replace(FULL, now=START - HOUR / 2, next=session(0))),
    "day: quiet": lambda t: day(t, QUIET),
    "day: another": lambda t: day(t, replace(FULL, day=TODAY, requests=())),
    "day: away": lambda t: day(t, replace(QUIET, away=True)),
    "day: closed": lambda t: day(t, replace(QUIET, open=False)),
    "day: extreme": lambda t: day(t, CROWDED),
    "week": lambda t: week(t, WEEK),
    "week: extreme": lambda t: week(t, BUSIEST),
    "week: picture": lambda t: picture(t, WEEK, dark=False),
    "week: dark picture": lambda t: picture(t, BUSIEST, dark=True),
    "statistics": lambda t: statistics(
        t,
        StatisticsState(
            clients=12,
            sessions=48,
            upcoming=5,
            completed=40,
            no_shows=3,
            rating=Rating(count=17, average=4.7647),
        ),
    ),
    "statistics: new": lambda t: statistics(
        t, StatisticsState(clients=0, sessions=0, upcoming=0, completed=0, no_shows=0)
    ),
    "clients": lambda t: clients(t, ClientsState(clients=(DORA, NEW_CLIENT))),
    "clients: none": lambda t: clients(t, ClientsState(clients=())),
    "clients: extreme": lambda t: clients(t, ClientsState(clients=STRANGERS, page=98, pages=99)),
    "client": lambda t: history(t, HistoryState(client=DORA, bookings=SESSIONS, noted=frozenset({3}))),
    "client: extreme": lambda t: history(
        t, HistoryState(client=STRANGERS[1], bookings=RUSH[:10], page=98, pages=99, back=2**31)
    ),
    "days off": lambda t: days_off(t, DaysOffState(absences=(ONE_DAY_OFF, HOLIDAYS))),
    "days off: none": lambda t: days_off(t, DaysOffState(absences=())),
    "days off: pages": lambda t: days_off(t, DaysOffState(absences=(HOLIDAYS,) * 100, page=12)),
    "days off: first day": lambda t: choose(t, GRID),
    "days off: last day": lambda t: choose(t, replace(GRID, first=date(2026, 12, 20))),
    "days off: this month": lambda t: choose(t, replace(GRID, month=TODAY)),
    "days off: misread": lambda t: choose(t, replace(GRID, misread=True)),
    "absence: no clash": lambda t: absence(t, AbsenceState(days=HOLIDAYS, clashes=())),
    "absence: clashes": lambda t: absence(t, AbsenceState(days=ONE_DAY_OFF, clashes=SESSIONS)),
    "absence: saved": lambda t: absence(t, AbsenceState(days=HOLIDAYS, clashes=(), saved=True)),
    "absence: saved with clashes": lambda t: absence(
        t, AbsenceState(days=ONE_DAY_OFF, clashes=SESSIONS, saved=True)
    ),
    "absence: extreme": lambda t: absence(t, AbsenceState(days=HOLIDAYS, clashes=RUSH, saved=True)),
    "new times": lambda t: new_times(
        t, NewTimesState(days=ONE_DAY_OFF, outcomes=tuple(offered(each) for each in SESSIONS))
    ),
    "new times: some": lambda t: new_times(
        t,
        NewTimesState(
            days=ONE_DAY_OFF,
            outcomes=(
                offered(SESSIONS[1]),
                Outcome(session=SESSIONS[2], refusal="slot_taken"),
                Outcome(session=session(9)),
            ),
        ),
    ),
    "new times: none": lambda t: new_times(
        t, NewTimesState(days=ONE_DAY_OFF, outcomes=(Outcome(session=session(9)),))
    ),
    "new times: extreme": lambda t: new_times(
        t,
        NewTimesState(
            days=ONE_DAY_OFF,
            outcomes=tuple(Outcome(session=each, refusal="slot_taken") for each in RUSH[:10]),
            left=1234,
        ),
    ),
}
