"""Counselors and what makes up their hours; times of day are minutes on the clock of the counselor's zone."""

import sqlalchemy as sa

from core.db.metadata import metadata
from core.db.tables.people import people
from core.db.typed_text import TypedText
from core.db.types import BigId, Json

counselors = sa.Table(
    "counselors",
    metadata,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("slug", sa.String(64), nullable=False, unique=True),
    sa.Column("person_id", sa.ForeignKey(people.c.id), nullable=False, unique=True),
    sa.Column("name", TypedText, nullable=False),
    sa.Column("bio", TypedText, nullable=False),
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Column("zone", sa.String(64), nullable=False),
    sa.Column("confirmation", sa.String(16), nullable=False),
    sa.Column("buffer_minutes", sa.Integer, nullable=False),
    sa.Column("notice_hours", sa.Integer, nullable=False),
    sa.Column("window_days", sa.Integer, nullable=False),
    sa.Column("slot_interval_minutes", sa.Integer, nullable=False),
    sa.Column("daily_limit", sa.Integer),
    sa.Column("file_digest", sa.String(64)),  # of what a practice file last loaded here
)


def _part(name: str, *columns: sa.schema.SchemaItem) -> sa.Table:
    """A child table of which a counselor's rows are in the order of their ids."""
    owner = sa.ForeignKey(counselors.c.id, ondelete="CASCADE")
    return sa.Table(
        name,
        metadata,
        sa.Column("id", BigId, primary_key=True),
        sa.Column("counselor_id", owner, nullable=False, index=True),
        *columns,
    )


availability_rules = _part(
    "availability_rules",
    sa.Column("weekday", sa.SmallInteger, nullable=False),  # 0 is Monday
    sa.Column("start_minute", sa.SmallInteger, nullable=False),
    sa.Column("end_minute", sa.SmallInteger, nullable=False),  # past 1440 on the next date
    sa.CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
    sa.CheckConstraint("end_minute > start_minute", name="ends_after_start"),
)
date_overrides = _part(
    "date_overrides",
    sa.Column("date", sa.Date, nullable=False),
    sa.Column("windows", Json, nullable=False),  # [[start minute, end minute], ...]
)
out_of_office = _part(
    "out_of_office",
    sa.Column("first", sa.Date, nullable=False),
    sa.Column("last", sa.Date, nullable=False),
    sa.CheckConstraint("last >= first", name="ends_after_start"),
)
