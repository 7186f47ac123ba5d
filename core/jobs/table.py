"""The table of jobs, with the indexes that keep it fast beside a million future rows."""

import sqlalchemy as sa

from core.db.metadata import metadata
from core.db.types import BigId, Json, UtcDateTime

READY = "ready"
"""Waiting for its time, or running while it has a lease."""
CANCELLED = "cancelled"
"""Called off while it ran: it holds its lane until that run ends, then the row goes."""
DONE = "done"
"""Only for jobs whose key stays taken for a while after they are done; then the row goes."""
DEAD = "dead"
"""Given up on; a person may retry it."""

ALIVE = sa.text("state <> 'dead'")

jobs = sa.Table(
    "jobs",
    metadata,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("payload", Json, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("priority", sa.SmallInteger, nullable=False),  # 0 urgent, 1 normal
    sa.Column("due", UtcDateTime, nullable=False),  # as planned; orders its lane
    sa.Column("run_at", UtcDateTime, nullable=False),  # due, or the next attempt
    sa.Column("group_name", sa.Text),  # jobs that are cancelled together
    sa.Column("lane", sa.Text),  # jobs that run one after the other
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("max_attempts", sa.Integer, nullable=False),
    sa.Column("keep_seconds", sa.Integer, nullable=False),  # key stays taken when done
    sa.Column("lease", sa.Text),  # the runner that has it
    sa.Column("leased_until", UtcDateTime),  # by the database's clock
    sa.Column("last_error", sa.Text),
    sa.CheckConstraint("state IN ('ready', 'cancelled', 'done', 'dead')", name="state"),
)
sa.Index("ix_jobs_run_at", jobs.c.priority, jobs.c.run_at, postgresql_where=ALIVE, sqlite_where=ALIVE)
sa.Index(
    "ix_jobs_lane",
    jobs.c.lane,
    jobs.c.due,
    jobs.c.id,
    postgresql_where=sa.text("lane IS NOT NULL AND state <> 'dead'"),
    sqlite_where=sa.text("lane IS NOT NULL AND state <> 'dead'"),
)
sa.Index(
    "ix_jobs_group_name",
    jobs.c.group_name,
    postgresql_where=sa.text("group_name IS NOT NULL"),
    sqlite_where=sa.text("group_name IS NOT NULL"),
)
sa.Index(
    "ix_jobs_dead",
    jobs.c.id,
    postgresql_where=sa.text("state = 'dead'"),
    sqlite_where=sa.text("state = 'dead'"),
)
