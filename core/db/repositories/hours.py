"""A counselor's schedule as the rows of three tables, in the order in which it lists them."""

from collections import defaultdict
from typing import Any, TypeAlias

import sqlalchemy as sa

from core.db.engine import Connection
from core.db.tables.counselors import availability_rules, date_overrides, out_of_office
from core.domain.availability import AvailabilityRule, DateOverride, OutOfOffice, Schedule, Window

TABLES = (availability_rules, date_overrides, out_of_office)
ALL = [sa.select(table).order_by(table.c.id) for table in TABLES]
CLEAR = [sa.delete(table).where(table.c.counselor_id == sa.bindparam("counselor")) for table in TABLES]
INSERT = [sa.insert(table) for table in TABLES]

Hours: TypeAlias = tuple[list[sa.Row[Any]], ...]
"""One counselor's rows of each of the tables."""


async def replace_hours(conn: Connection, counselor_id: int, schedule: Schedule) -> None:
    """Make these the counselor's hours."""
    for clear, insert, rows in zip(CLEAR, INSERT, _rows(schedule), strict=True):
        await conn.execute(clear, {"counselor": counselor_id})
        if rows:
            await conn.execute(insert, [{"counselor_id": counselor_id, **row} for row in rows])


async def load_hours(conn: Connection) -> defaultdict[int, Hours]:
    """The hours of every counselor by id; of one without any they are empty."""
    found: defaultdict[int, Hours] = defaultdict(lambda: ([], [], []))
    for number, statement in enumerate(ALL):
        for row in await conn.execute(statement):
            found[row.counselor_id][number].append(row)
    return found


def schedule_of(zone: str, hours: Hours) -> Schedule:
    """The schedule in a zone that these rows make up."""
    rules, overrides, absences = hours
    return Schedule(
        zone=zone,
        weekly=tuple(
            AvailabilityRule(weekday=each.weekday, window=_window(each.start_minute, each.end_minute))
            for each in rules
        ),
        overrides=tuple(
            DateOverride(date=each.date, windows=tuple(_window(*minutes) for minutes in each.windows))
            for each in overrides
        ),
        out_of_office=tuple(OutOfOffice(first=each.first, last=each.last) for each in absences),
    )


def _rows(schedule: Schedule) -> tuple[list[dict[str, Any]], ...]:
    return (
        [
            {
                "weekday": each.weekday,
                "start_minute": each.window.start_minute,
                "end_minute": each.window.end_minute,
            }
            for each in schedule.weekly
        ],
        [
            {"date": each.date, "windows": [[one.start_minute, one.end_minute] for one in each.windows]}
            for each in schedule.overrides
        ],
        [{"first": each.first, "last": each.last} for each in schedule.out_of_office],
    )


def _window(start: int, end: int) -> Window:
    return Window(start_minute=start, end_minute=end)
