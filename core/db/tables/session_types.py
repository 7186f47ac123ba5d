"""Session types and who offers them."""

import sqlalchemy as sa

from core.db.metadata import metadata
from core.db.tables.counselors import counselors
from core.db.tables.programs import programs
from core.db.typed_text import TypedText
from core.db.types import BigId, Json

session_types = sa.Table(
    "session_types",
    metadata,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("slug", sa.String(64), nullable=False, unique=True),
    sa.Column("title", TypedText, nullable=False),
    sa.Column("durations", Json, nullable=False),  # [minutes, ...]
    sa.Column("locations", Json, nullable=False),  # [location, ...]
    sa.Column("price_minor", sa.BigInteger, nullable=False),
    sa.Column("price_currency", sa.String(3), nullable=False),
    sa.Column("address", TypedText, nullable=False),
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Column("program_id", sa.ForeignKey(programs.c.id), index=True),
    sa.Column("confirmation", sa.String(16)),  # this and the rest: NULL as the counselor has it
    sa.Column("buffer_minutes", sa.Integer),
    sa.Column("notice_hours", sa.Integer),
    sa.Column("slot_interval_minutes", sa.Integer),
    sa.Column("file_digest", sa.String(64)),  # of what a practice file last loaded here
)
session_type_counselors = sa.Table(
    "session_type_counselors",
    metadata,
    sa.Column("session_type_id", sa.ForeignKey(session_types.c.id, ondelete="CASCADE"), primary_key=True),
    sa.Column("counselor_id", sa.ForeignKey(counselors.c.id, ondelete="CASCADE"), primary_key=True),
    sa.Column("position", sa.SmallInteger, nullable=False),
)
