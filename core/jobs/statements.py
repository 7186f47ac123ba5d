"""The SQL by which runners take jobs and give them back, the same on both databases."""

from collections.abc import Collection

import sqlalchemy as sa

from core.db.database_time import DatabaseTime
from core.jobs.queue import NORMAL, URGENT
from core.jobs.table import DEAD, DONE, jobs

# A literal: with a bound value the databases would not see that the partial indexes fit.
LITERAL_DEAD: sa.ColumnClause[str] = sa.literal_column(f"'{DEAD}'")


def _due(priority: int) -> sa.Select[tuple[int]]:
    """Jobs of a priority whose time has come, that nobody has, first in their lane."""
    ahead = jobs.alias("ahead")
    held_up = sa.exists().where(
        ahead.c.lane == jobs.c.lane,
        ahead.c.state != LITERAL_DEAD,
        sa.tuple_(ahead.c.due, ahead.c.id) < sa.tuple_(jobs.c.due, jobs.c.id),
    )
    return (
        sa.select(jobs.c.id)
        .where(jobs.c.state != LITERAL_DEAD, jobs.c.priority == sa.literal_column(str(priority)))
        .where(jobs.c.run_at <= sa.bindparam("now"))
        .where(sa.or_(jobs.c.leased_until.is_(None), jobs.c.leased_until < DatabaseTime()))
        .where(sa.or_(jobs.c.lane.is_(None), ~held_up))
        .order_by(jobs.c.run_at)
        .limit(sa.bindparam("room"))
        .with_for_update(skip_locked=True)
    )


# Subqueries of a CTE run once; as a plain subquery PostgreSQL may run one per row and take too many.
_urgent, _normal = _due(URGENT).cte("urgent"), _due(NORMAL).cte("normal")
_taken = sa.union_all(sa.select(_urgent.c.id), sa.select(_normal.c.id)).limit(sa.bindparam("room"))
CLAIM = (
    sa.update(jobs)
    .where(jobs.c.id.in_(_taken))
    .values(
        lease=sa.bindparam("runner"),
        leased_until=DatabaseTime(sa.bindparam("span", type_=sa.Float)),
        attempts=jobs.c.attempts + 1,
    )
    .returning(*jobs.c)
)
"""Parameters: now, room, runner, span (seconds)."""

_mine = (jobs.c.lease == sa.bindparam("runner"), jobs.c.id.in_(sa.bindparam("ids", expanding=True)))
HELD = sa.select(jobs.c.id, jobs.c.state).where(*_mine).order_by(jobs.c.id).with_for_update(skip_locked=True)
"""Those of `ids` that the runner has and nobody else has locked; from here they are locked for it."""
STILL_LEASED = sa.select(jobs.c.id).where(*_mine)

REMOVE = sa.delete(jobs).where(jobs.c.id == sa.bindparam("job"))
CHANGE = (
    sa.update(jobs)
    .where(jobs.c.id == sa.bindparam("job"))
    .values(
        state=sa.bindparam("to_state"),
        run_at=sa.bindparam("at"),
        attempts=sa.bindparam("made"),
        last_error=sa.bindparam("error"),
        lease=None,
        leased_until=None,
    )
)
KEEP = (
    sa.update(jobs)
    .where(jobs.c.id == sa.bindparam("job"))
    .values(
        state=DONE,
        run_at=sa.bindparam("until"),
        payload={},
        group_name=None,
        lane=None,
        lease=None,
        leased_until=None,
    )
)


def _next(priority: int) -> sa.ScalarSelect[object]:
    return (
        sa.select(sa.func.min(jobs.c.run_at))
        .where(jobs.c.state != LITERAL_DEAD, jobs.c.priority == sa.literal_column(str(priority)))
        .where(jobs.c.run_at > sa.bindparam("now"))
        .scalar_subquery()
    )


NEXT = sa.select(_next(URGENT), _next(NORMAL))
"""When the next job of each priority will be due that is not yet."""


def padded(ids: Collection[int]) -> list[int]:
    """The ids, some more than once, to a power of two: few lengths mean few statements to prepare."""
    listed = list(ids)
    return listed + listed[-1:] * ((1 << (len(listed) - 1).bit_length()) - len(listed))
