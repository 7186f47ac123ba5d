"""The waitlist."""

import sqlalchemy as sa

from core.db.metadata import metadata
from core.db.tables.bookings import one_of
from core.db.tables.counselors import counselors
from core.db.tables.people import people
from core.db.tables.session_types import session_types
from core.db.types import BigId, Json, UtcDateTime
from core.domain.waitlist import WaitStatus

IS_WAITING = sa.text("status IN ('waiting', 'offered')")

waitlist = sa.Table(
    "waitlist",
    metadata,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("counselor_id", sa.ForeignKey(counselors.c.id), nullable=False),
    sa.Column("session_type_id", sa.ForeignKey(session_types.c.id), nullable=False),
    sa.Column("minutes", sa.Integer, nullable=False),
    sa.Column("client_id", sa.ForeignKey(people.c.id), nullable=False),
    sa.Column("first", sa.Date, nullable=False),
    sa.Column("last", sa.Date, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("hold_id", BigId),
    sa.Column("offered_until", UtcDateTime),
    sa.Column("asked", Json, nullable=False),
    sa.CheckConstraint(one_of("status", WaitStatus), name="status"),
    sa.CheckConstraint('"last" >= "first"', name="last_after_first"),
    sqlite_autoincrement=True,  # buttons name entries by id: an id is never given twice
)
sa.Index(
    "ix_waitlist_counselor_id",
    waitlist.c.counselor_id,
    waitlist.c.created_at,
    sqlite_where=IS_WAITING,
    postgresql_where=IS_WAITING,
)
sa.Index("ix_waitlist_client_id", waitlist.c.client_id)
