"""Meetings at their provider, and what it told of them."""

import sqlalchemy as sa

from core.db.metadata import metadata
from core.db.tables.bookings import one_of
from core.db.types import BigId, UtcDateTime
from core.domain.meeting import Happening
from core.domain.side import Side

meetings = sa.Table(
    "meetings",
    metadata,
    # No foreign key: the row outlives its booking until the meeting has been removed at the provider.
    sa.Column("booking_id", BigId, primary_key=True, autoincrement=False),
    sa.Column("name", sa.String(64), nullable=False, unique=True),
    sa.Column("provider", sa.String(16), nullable=False),
    sa.Column("ref", sa.String(255)),
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("starts_at", UtcDateTime),
    sa.Column("ends_at", UtcDateTime),
    sa.Column("client_generation", sa.Integer, nullable=False),
    sa.Column("counselor_generation", sa.Integer, nullable=False),
)
sa.Index("ix_meetings_ref", meetings.c.ref)

meeting_facts = sa.Table(
    "meeting_facts",
    metadata,
    sa.Column("booking_id", sa.ForeignKey(meetings.c.booking_id, ondelete="CASCADE"), primary_key=True),
    sa.Column("happening", sa.String(8), primary_key=True),
    sa.Column("visit", sa.String(255), primary_key=True),
    sa.Column("at", UtcDateTime, primary_key=True),
    sa.Column("side", sa.String(16)),
    sa.CheckConstraint(one_of("happening", Happening), name="happening"),
    sa.CheckConstraint(one_of("side", Side), name="side"),
)
