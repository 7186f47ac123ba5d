"""Single-use links, of which only a hash is stored."""

import sqlalchemy as sa

from core.db.metadata import metadata
from core.db.types import BigId, UtcDateTime

tokens = sa.Table(
    "tokens",
    metadata,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("sha256", sa.LargeBinary, nullable=False, unique=True),
    sa.Column("expires_at", UtcDateTime, nullable=False),
    sa.Column("used_at", UtcDateTime),
)
