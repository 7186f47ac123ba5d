"""Series: what repeated bookings have in common."""

import sqlalchemy as sa

from core.db.metadata import metadata
from core.db.types import BigId, UtcDateTime

series = sa.Table(
    "series",
    metadata,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("rhythm", sa.Integer, nullable=False),  # weeks between two occurrences
    sa.Column("created_at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,  # buttons name series by id: an id is never given twice
)
