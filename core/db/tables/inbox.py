"""Facts received from outside, each known by its sender's own id."""

import sqlalchemy as sa

from core.db.metadata import metadata
from core.db.types import UtcDateTime

inbox = sa.Table(
    "inbox",
    metadata,
    sa.Column("source", sa.String(64), primary_key=True),
    sa.Column("external_id", sa.String(255), primary_key=True),
    sa.Column("received_at", UtcDateTime, nullable=False),
    sa.Column("finished_at", UtcDateTime),
)
