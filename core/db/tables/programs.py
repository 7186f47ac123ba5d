"""Programs, who holds their sessions, and who is admitted."""

import sqlalchemy as sa

from core.db.metadata import metadata
from core.db.tables.counselors import counselors
from core.db.tables.people import people
from core.db.typed_text import TypedText
from core.db.types import BigId, UtcDateTime

programs = sa.Table(
    "programs",
    metadata,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("slug", sa.String(64), nullable=False, unique=True),
    sa.Column("title", TypedText, nullable=False),
    sa.Column("sessions", sa.Integer, nullable=False),
    sa.Column("enrollment_code", sa.String(64)),
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Column("file_digest", sa.String(64)),  # of what a practice file last loaded here
)
program_counselors = sa.Table(
    "program_counselors",
    metadata,
    sa.Column("program_id", sa.ForeignKey(programs.c.id, ondelete="CASCADE"), primary_key=True),
    sa.Column("counselor_id", sa.ForeignKey(counselors.c.id, ondelete="CASCADE"), primary_key=True),
    sa.Column("position", sa.SmallInteger, nullable=False),
)
enrollments = sa.Table(
    "enrollments",
    metadata,
    sa.Column("program_id", sa.ForeignKey(programs.c.id), primary_key=True),
    sa.Column("client_id", sa.ForeignKey(people.c.id), primary_key=True),
    sa.Column("enrolled_at", UtcDateTime, nullable=False),
    sa.Column("later_since", UtcDateTime),
    sa.Column("nudges", sa.Boolean, nullable=False),
)
sa.Index("ix_enrollments_client_id", enrollments.c.client_id)
sa.Index(
    "ix_enrollments_later_since",
    enrollments.c.later_since,
    sqlite_where=sa.text("nudges"),
    postgresql_where=sa.text("nudges"),
)
