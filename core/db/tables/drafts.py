"""What a person is in the middle of, between two taps."""

import sqlalchemy as sa

from core.db.metadata import metadata
from core.db.tables.people import people
from core.db.types import BigId, Json, UtcDateTime

drafts = sa.Table(
    "drafts",
    metadata,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("person_id", sa.ForeignKey(people.c.id, ondelete="CASCADE"), nullable=False),
    sa.Column("chat_message_id", sa.BigInteger),
    sa.Column("payload", Json, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("updated_at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,  # buttons name drafts by id: an id is never given twice
)
sa.Index("ix_drafts_person_id", drafts.c.person_id, drafts.c.id)
