"""A counselor's schedule: a day, the week as a list, and the week as a picture."""

import asyncio
from collections.abc import Sequence
from datetime import date, timedelta

from bot.callbacks import ShowBookingOfDay, ShowDay, ShowWeek, ShowWeekPicture
from bot.handlers.bookings import card_reply
from bot.screens.schedule import DayState
from bot.screens.schedule import day as day_screen
from bot.screens.session_list import Session
from bot.screens.week import WeekState, picture
from bot.screens.week import week as week_screen
from bot.screens.week_font import initials
from bot.screens.week_picture import WeekPicture, week_picture
from bot.screens.week_sheet import Block
from bot.turn import Photo, Reply, Turn
from core.domain.counselor import Counselor
from core.domain.errors import Forbidden
from core.domain.timespan import Timespan
from core.domain.zones import wall_time, zone
from core.kit.i18n import Texts
from core.services.listing import BookingLine
from core.services.schedule import DaySchedule, SessionLine, Week

FURTHEST = timedelta(days=3660)
"""Nothing is planned farther from today than this, and the calendar ends somewhere."""
ONE_DAY = timedelta(days=1)


async def show_day(turn: Turn, tap: ShowDay) -> Reply:
    """A date, today unless another is asked for."""
    counselor, today = own_wall(turn)
    found = await turn.core.schedule.day(turn.actor, _near(tap.day or today, today))
    state = DayState(
        day=found.day.date,
        today=today,
        now=turn.now,
        sessions=sessions(found.day.sessions),
        requests=sessions(found.requests),
        next=_session(found.next) if found.next else None,
        free_minutes=found.day.free_seconds // 60,
        open=found.day.open_seconds > 0,
        away=found.day.away,
    )
    return Reply(screen=day_screen(on_wall(turn, counselor), state))


async def show_booking_of_day(turn: Turn, tap: ShowBookingOfDay) -> Reply:
    """The card of a booking, opened from a day."""
    return await card_reply(turn, tap.booking_id, back=ShowDay(tap.day))


async def show_week(turn: Turn, tap: ShowWeek) -> Reply:
    """The week of a date, as a list."""
    counselor, today = own_wall(turn)
    found = await _week(turn, tap.day or today, today)
    return Reply(screen=week_screen(on_wall(turn, counselor), _state(turn, found, today)))


async def show_week_picture(turn: Turn, tap: ShowWeekPicture) -> Reply:
    """The week of a date, as a picture; drawn beside the loop, which has others to serve."""
    counselor, today = own_wall(turn)
    found = await _week(turn, tap.day or today, today)
    t = on_wall(turn, counselor)
    drawn = await asyncio.to_thread(week_picture, t, _drawing(turn, found), dark=tap.dark)
    caption = picture(t, _state(turn, found, today), dark=tap.dark)
    return Reply(screen=caption, photo=Photo(content=drawn))


def own_wall(turn: Turn) -> tuple[Counselor, date]:
    """The counselor who acts, and the date on their wall; Forbidden `not_yours` for everybody else."""
    counselor = turn.practice.counselor_of_person(turn.person.id)
    if counselor is None:
        raise Forbidden("not_yours")
    return counselor, wall_time(turn.now, counselor.zone).date()


def on_wall(turn: Turn, counselor: Counselor) -> Texts:
    """The counselor's words on the clock their hours are kept in, wherever they are at the moment."""
    return turn.texts.in_zone(zone(counselor.zone))


def sessions(lines: Sequence[SessionLine] | Sequence[BookingLine]) -> tuple[Session, ...]:
    """Lines of the core as a counselor's screens show them."""
    return tuple(_session(each) for each in lines)


def _session(line: SessionLine | BookingLine) -> Session:
    return Session(
        booking_id=line.booking.id,
        client=line.client_name,
        session_type=line.session_type_title,
        status=line.booking.status,
        starts_at=line.booking.starts_at,
        ends_at=line.booking.ends_at,
        proposed_at=line.proposed_at,
        sessions=line.sessions if isinstance(line, BookingLine) else 1,
        in_series=line.booking.series_id is not None,
    )


async def _week(turn: Turn, day: date, today: date) -> Week:
    day = _near(day, today)
    first = day - ONE_DAY * ((day.weekday() - turn.texts.first_weekday) % 7)
    return await turn.core.schedule.week(turn.actor, first)


def _near(day: date, today: date) -> date:
    return min(max(day, today - FURTHEST), today + FURTHEST)


def _state(turn: Turn, found: Week, today: date) -> WeekState:
    return WeekState(days=tuple(_day(turn, each, today) for each in found.days))


def _day(turn: Turn, found: DaySchedule, today: date) -> DayState:
    return DayState(
        day=found.date,
        today=today,
        now=turn.now,
        sessions=sessions(found.sessions),
        free_minutes=found.free_seconds // 60,
        open=found.open_seconds > 0,
        away=found.away,
    )


def _drawing(turn: Turn, found: Week) -> WeekPicture:
    lines = [line for day in found.days for line in day.sessions]
    return WeekPicture(
        zone=found.counselor.zone,
        first=found.days[0].date,
        blocks=[
            Block(
                start=each.booking.starts_at,
                end=each.booking.ends_at,
                status=each.booking.status,
                initials=initials(each.client_name),
            )
            for each in lines
        ],
        open=[Timespan.of_seconds(*each) for each in found.open],
        away=frozenset(each.date for each in found.days if each.away),
        now=turn.now,
    )
