"""Slots by looking at the clock every five minutes: slow, and too simple to share a mistake with the engine.

Everything it is asked about must be a multiple of five minutes, the zone's offsets included.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.domain.availability import Schedule, Window
from core.domain.slots import SlotQuery, Taken, TakenKind

STEP = timedelta(minutes=5)
DAY = timedelta(days=1)
SESSIONS = {TakenKind.BOOKING, TakenKind.HOLD}


def is_open(schedule: Schedule, instant: datetime) -> bool:
    """The definition itself: the wall clock lies inside a window of its date, or of the date before."""
    return is_open_wall(schedule, wall_of(schedule, instant))


def is_open_wall(schedule: Schedule, wall: datetime) -> bool:
    """Whether this reading of the clock is open, if clocks show it at all."""
    if any(each.first <= wall.date() <= each.last for each in schedule.out_of_office):
        return False
    for day in (wall.date(), wall.date() - DAY):
        minute = (wall - datetime.combine(day, datetime.min.time())) / timedelta(minutes=1)
        if any(each.start_minute <= minute < each.end_minute for each in windows_of(schedule, day)):
            return True
    return False


def windows_of(schedule: Schedule, day: date) -> list[Window]:
    """The windows that start on a date."""
    special = [each for each in schedule.overrides if each.date == day]
    if special:
        return [window for each in special for window in each.windows]
    return [rule.window for rule in schedule.weekly if rule.weekday == day.weekday()]


def wall_of(schedule: Schedule, instant: datetime) -> datetime:
    """What the counselor's clock shows."""
    return instant.astimezone(ZoneInfo(schedule.zone)).replace(tzinfo=None, fold=0)


def steps(first: datetime, until: datetime) -> Iterator[datetime]:
    """Every five minutes of [first, until)."""
    for index in range((until - first) // STEP):
        yield first + index * STEP


def slots(query: SlotQuery) -> list[datetime]:
    """What `find_slots` must answer."""
    anchors = grid_anchors(query)
    return [each for each in steps(query.first, query.until) if _offered(query, each, anchors)]


def grid_anchors(query: SlotQuery) -> dict[datetime, datetime]:
    """For each open reading of the clock around the range the reading its grid starts from."""
    first = wall_of(query.schedule, query.first) - 3 * DAY
    last = wall_of(query.schedule, query.until) + 3 * DAY
    anchors: dict[datetime, datetime] = {}
    run: list[datetime] = []
    for wall in [*steps(first, last), last]:
        if wall < last and is_open_wall(query.schedule, wall):
            run.append(wall)
            continue
        whole_day = len(run) * STEP >= DAY
        for each in run:
            anchors[each] = datetime.combine(each.date(), datetime.min.time()) if whole_day else run[0]
        run = []
    return anchors


def _offered(query: SlotQuery, start: datetime, anchors: dict[datetime, datetime]) -> bool:
    wall, rules = wall_of(query.schedule, start), query.rules
    today = wall_of(query.schedule, query.now).date()
    return (
        start >= query.now + rules.notice
        and wall.date() <= today + timedelta(days=rules.window_days)
        and wall in anchors
        and (wall - anchors[wall]) % rules.interval == timedelta(0)
        and all(is_open(query.schedule, each) for each in steps(start, start + rules.duration))
        and not any(_meets(query, start, each) for each in query.taken)
        and (rules.daily_limit is None or _sessions_on(query, wall.date()) < rules.daily_limit)
    )


def _meets(query: SlotQuery, start: datetime, taken: Taken) -> bool:
    session = taken.kind in SESSIONS
    length = query.rules.duration + (query.rules.buffer if session else timedelta(0))
    until = taken.busy_until if session else taken.end
    return any(taken.start <= each.timestamp() < until for each in steps(start, start + length))


def _sessions_on(query: SlotQuery, day: date) -> int:
    starts = [datetime.fromtimestamp(each.start, UTC) for each in query.taken if each.kind in SESSIONS]
    return sum(wall_of(query.schedule, each).date() == day for each in starts)
