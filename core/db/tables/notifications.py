"""What people want to hear of where, and what became of the messages to them."""

import sqlalchemy as sa

from core.db.metadata import metadata
from core.db.tables.people import people
from core.db.types import BigId, Json, UtcDateTime

notification_choices = sa.Table(
    "notification_choices",
    metadata,
    sa.Column("person_id", sa.ForeignKey(people.c.id, ondelete="CASCADE"), primary_key=True),
    sa.Column("muted", Json, nullable=False),
    sa.Column("quiet_from", sa.Integer),  # minutes after midnight
    sa.Column("quiet_to", sa.Integer),
)

deliveries = sa.Table(
    "deliveries",
    metadata,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("person_id", sa.ForeignKey(people.c.id, ondelete="CASCADE"), nullable=False),
    sa.Column("channel", sa.String(8), nullable=False),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("result", sa.String(16), nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("booking_id", BigId),  # no foreign key: kept for as long as the log is
)
sa.Index("ix_deliveries_person_id", deliveries.c.person_id, deliveries.c.id)
sa.Index("ix_deliveries_at", deliveries.c.at)
