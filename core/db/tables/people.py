"""People, with one column for each role they may play."""

import sqlalchemy as sa

from core.db.metadata import metadata
from core.db.typed_text import TypedText
from core.db.types import BigId, UtcDateTime

people = sa.Table(
    "people",
    metadata,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("name", TypedText, nullable=False),
    sa.Column("telegram_id", sa.BigInteger, unique=True),
    sa.Column("email", sa.Text, unique=True),
    sa.Column("locale", sa.String(16), nullable=False),
    sa.Column("zone", sa.String(64)),
    sa.Column("is_client", sa.Boolean, nullable=False),
    sa.Column("is_counselor", sa.Boolean, nullable=False),
    sa.Column("is_admin", sa.Boolean, nullable=False),
    sa.Column("reminders", sa.Boolean, nullable=False),
    sa.Column("chat_blocked", sa.Boolean, nullable=False),
    sa.Column("mail_refused", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("consented_at", UtcDateTime),
    sqlite_autoincrement=True,  # buttons and jobs name people by id: an id is never given twice
)
for role in ("is_counselor", "is_admin"):  # clients are nearly all there are
    sa.Index(f"ix_people_{role}", people.c.id, sqlite_where=sa.text(role), postgresql_where=sa.text(role))
