"""What was done: audit entries, and the steps of the funnel."""

import sqlalchemy as sa

from core.db.metadata import metadata
from core.db.tables.bookings import bookings
from core.db.tables.people import people
from core.db.types import BigId, Json, UtcDateTime

audit_entries = sa.Table(
    "audit_entries",
    metadata,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("booking_id", sa.ForeignKey(bookings.c.id, ondelete="SET NULL")),
    sa.Column("actor_id", sa.ForeignKey(people.c.id, ondelete="SET NULL")),  # NULL: the system
    sa.Column("action", sa.String(64), nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("details", Json, nullable=False),
)
sa.Index("ix_audit_entries_booking_id", audit_entries.c.booking_id, audit_entries.c.id)

funnel_events = sa.Table(
    "funnel_events",
    metadata,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("name", sa.String(32), nullable=False),
    sa.Column("person_id", sa.ForeignKey(people.c.id, ondelete="SET NULL")),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("data", Json, nullable=False),
)
sa.Index("ix_funnel_events_at", funnel_events.c.at, funnel_events.c.name)
